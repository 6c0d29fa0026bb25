"""The cast of the measurement's tests: packs made in code, and people who answer them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from quiz.core.measure import Measure
from quiz.core.pack import Dimension, Item, Pack, Parameters, Role, Statement, TradeOff

AE = ("acquisition", "negotiation", "persuasion", "results_orientation", "resilience", "proactivity")
AM = (
    "account_growth",
    "relationships",
    "strategic_thinking",
    "problem_solving",
    "client_insight",
    "coordination",
)
PAIRS = (
    ("acquisition", "account_growth"),
    ("account_growth", "acquisition"),
    ("relationships", "acquisition"),
    ("acquisition", "strategic_thinking"),
    ("problem_solving", "acquisition"),
    ("acquisition", "client_insight"),
    ("coordination", "acquisition"),
    ("negotiation", "account_growth"),
    ("account_growth", "persuasion"),
    ("results_orientation", "account_growth"),
    ("account_growth", "resilience"),
    ("proactivity", "account_growth"),
    ("results_orientation", "relationships"),
    ("relationships", "results_orientation"),
    ("proactivity", "strategic_thinking"),
    ("strategic_thinking", "proactivity"),
    ("problem_solving", "negotiation"),
    ("persuasion", "client_insight"),
    ("coordination", "resilience"),
    ("resilience", "problem_solving"),
)
MIRRORS = {1: 2, 2: 1, 13: 14, 14: 13, 15: 16, 16: 15}
SCALE = {"loading": 0.57, "mean": 3.0, "sd": 1.01}


def correlations(sides: Iterable[object]) -> tuple[tuple[float, ...], ...]:
    """1 on the diagonal, .4 for two dimensions of one side and .25 otherwise."""
    sides = list(sides)
    return tuple(
        tuple(1.0 if i == j else 0.4 if one == other else 0.25 for j, other in enumerate(sides))
        for i, one in enumerate(sides)
    )


def default_shaped() -> Pack:
    """Twelve dimensions, two roles, twelve statements of alternating key, twenty trade-offs, interleaved."""
    dimensions = [Dimension(id, "account-executive", "skill") for id in AE]
    dimensions += [Dimension(id, "account-manager", "skill") for id in AM]
    statements = [Statement(f"s-{id}", id, 1 if place % 2 == 0 else -1, **SCALE) for place, id in enumerate(AE + AM)]
    trade_offs = [
        TradeOff(f"t{n}", a, b, **SCALE, mirror=f"t{MIRRORS[n]}" if n in MIRRORS else None)
        for n, (a, b) in enumerate(PAIRS, start=1)
    ]
    return Pack(
        id="default-shaped",
        version="1.0.0",
        dimensions=tuple(dimensions),
        roles=(Role("account-executive", _profile(AE)), Role("account-manager", _profile(AM))),
        items=_interleaved(trade_offs, statements),
        parameters=Parameters("expert", correlations(d.role for d in dimensions), 0.3, (0.1,) * 12),
        minimum=14,
    )


def _profile(dimensions: tuple[str, ...]) -> dict[str, float]:
    return {id: 0.30 if place == 0 else 0.14 for place, id in enumerate(dimensions)}


def _interleaved(trade_offs: list[TradeOff], statements: list[Statement]) -> tuple[Item, ...]:
    """Two trade-offs, one statement, and so on; what is left over follows."""
    items: list[Item] = []
    for place, statement in enumerate(statements):
        items += [*trade_offs[2 * place : 2 * place + 2], statement]
    return tuple(items)


def five_roles() -> Pack:
    """Five roles over five dimensions, three items each way; no two roles alike."""
    ids = ("opening", "closing", "caring", "teaching", "planning")
    profiles = {f"role-{n}": {ids[n]: 0.6, ids[(n + 1) % 5]: 0.3, ids[(n + 2) % 5]: 0.1} for n in range(len(ids))}
    items: list[Item] = [Statement(f"s{n}", ids[n % 5], 1 if n % 2 == 0 else -1, **SCALE) for n in range(10)]
    items += [
        TradeOff(f"t{i}{j}", ids[i], ids[j], **SCALE) for i in range(5) for j in range(5) if (j - i) % 5 in (1, 2)
    ]
    return Pack(
        id="five-roles",
        version="1.0.0",
        dimensions=tuple(Dimension(id, f"role-{n}", "skill") for n, id in enumerate(ids)),
        roles=tuple(Role(id, weights) for id, weights in profiles.items()),
        items=tuple(items),
        parameters=Parameters("expert", correlations(ids), 0.3, (0.1,) * 5),
        minimum=10,
    )


def example_pack(data: Mapping[str, Any]) -> Pack:
    """The pack of the published worked example; "towards" and "away" become options a and b by the key."""
    ids, roles = data["dimensions"], data["roles"]
    return Pack(
        id="example",
        version="1.0.0",
        dimensions=tuple(Dimension(id, "account-executive", "skill") for id in ids),
        roles=tuple(Role(role, dict(zip(ids, weights, strict=True))) for role, weights in roles.items()),
        items=tuple(_example_item(entry, data["default_loading"]) for entry in data["items"]),
        parameters=Parameters(
            "expert", tuple(map(tuple, data["phi"])), data["acquiescence_sd"], (data["tau"],) * len(ids)
        ),
        minimum=3,
    )


def _example_item(entry: Mapping[str, Any], loading: float) -> Item:
    scale = {key: entry.get(key, usual) for key, usual in (("loading", loading), ("mean", 3.0), ("sd", 1.01))}
    if entry["kind"] == "statement":
        return Statement(entry["id"], entry["dimension"], entry["key"], **scale)
    away, towards = entry["away"], entry["towards"]
    a, b = (away, towards) if entry["key"] == 1 else (towards, away)
    return TradeOff(entry["id"], a, b, **scale)


DEFAULT, FIVE = default_shaped(), five_roles()
DEFAULT_MEASURE, FIVE_MEASURE = Measure(DEFAULT), Measure(FIVE)


def leaning_to(pack: Pack, side: Iterable[str], strength: int = 2) -> dict[str, int]:
    """Answers of a person who favours the dimensions of `side` on every item, by `strength` points."""
    favoured, answers = set(side), {}
    for item in pack.items:
        if isinstance(item, Statement):
            lean = item.key * (1 if item.dimension in favoured else -1)
        else:
            lean = (item.b in favoured) - (item.a in favoured)
        answers[item.id] = 3 + strength * lean
    return answers


def swapped(pack: Pack) -> Pack:
    """The pack with its roles in the opposite order."""
    return replace(pack, roles=pack.roles[::-1])


def crowded() -> Pack:
    """Two kinds of people: the dimensions of a role are nearly the same thing."""
    roles = np.array([dimension.role for dimension in DEFAULT.dimensions])
    phi = np.where(roles[:, None] == roles, 0.9, 0.1) + 0.1 * np.eye(len(roles))
    return replace(DEFAULT, parameters=replace(DEFAULT.parameters, correlations=tuple(map(tuple, phi))))
