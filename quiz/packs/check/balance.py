"""Checks that a pack asks fairly: both keys, both sides, every dimension, not too much."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from quiz.packs.draft import Draft
from quiz.packs.problem import Problem, counted
from quiz.packs.schema import StatementTable, TradeOffTable
from quiz.packs.toml import TomlFile

MOST_ITEMS = 60
"""Some ten minutes at ten seconds an item. A questionnaire with five scales or five roles may need so many; two roles
need about half."""
ITEMS_A_DIMENSION = 2
LEAST_SHARE_OF_A_KEY = 1 / 3
LARGEST_LEAN = 0.2
"""By what share of its trade-offs a role may stand more often on one side; by one it always may."""


def balance(draft: Draft) -> Iterator[Problem]:
    """Yield every way in which the items favour an answer, or leave something out."""
    if draft.pack is None:
        return
    yield from amount(draft, draft.pack)
    yield from idle_labels(draft)
    if _countable(draft, draft.pack):
        for check in (keys, sides, coverage):
            yield from check(draft, draft.pack)


def _countable(draft: Draft, pack: TomlFile) -> bool:
    """Say whether every item and its dimensions are in order: counting the others would mislead."""
    known = {dimension.id for dimension in draft.dimensions.values()}
    asked = {dimension for item in draft.items.values() for dimension in item.dimensions}
    complete = len(draft.items) == len(pack.tables("items"))
    return complete and len(draft.dimensions) == len(pack.tables("dimensions")) and asked <= known


def keys(draft: Draft, pack: TomlFile) -> Iterator[Problem]:
    """Too few statements keyed one way, in the pack or for one role: yes-saying would count."""
    home = {dimension.id: dimension.role for dimension in draft.dimensions.values()}
    statements = [item for item in draft.items.values() if isinstance(item, StatementTable)]
    groups = {"the pack": [item.key for item in statements]}
    for role in draft.ids("roles"):
        groups[f"'{role}'"] = [item.key for item in statements if home.get(item.dimension) == role]
    for group, found in groups.items():
        for key in (1, -1):
            if found and found.count(key) < LEAST_SHARE_OF_A_KEY * len(found):
                share = f"{found.count(key)} of {len(found)} statements of {group}"
                yield pack.problem(f"only {share} have the key {key}; a third is the least", "items")


def sides(draft: Draft, pack: TomlFile) -> Iterator[Problem]:
    """A role that stands mostly on one side of the trade-offs: always taking that side would favour it."""
    home = {dimension.id: dimension.role for dimension in draft.dimensions.values()}
    left: Counter[str | None] = Counter()
    right: Counter[str | None] = Counter()
    for item in draft.items.values():
        if isinstance(item, TradeOffTable) and home.get(item.a) != home.get(item.b):
            left[home.get(item.a)] += 1
            right[home.get(item.b)] += 1
    for role in draft.ids("roles"):
        a, b = left[role], right[role]
        if abs(a - b) > max(1, LARGEST_LEAN * (a + b)):
            message = f"'{role}' stands on side A {counted(a, 'time')} and on side B {counted(b, 'time')}"
            yield pack.problem(message, "items")


def coverage(draft: Draft, pack: TomlFile) -> Iterator[Problem]:
    """Dimensions that too few items measure."""
    measured: Counter[str] = Counter()
    for item in draft.items.values():
        measured.update(item.dimensions)
    for place, dimension in draft.dimensions.items():
        items = measured[dimension.id]
        if items < ITEMS_A_DIMENSION:
            message = f"'{dimension.id}' has {counted(items, 'item')}, {ITEMS_A_DIMENSION} are the least"
            yield pack.problem(message, "dimensions", place)


def amount(draft: Draft, pack: TomlFile) -> Iterator[Problem]:
    """More questions than people answer with care."""
    count = len(pack.tables("items"))
    if count > MOST_ITEMS:
        yield pack.problem(f"{count} items; {MOST_ITEMS} are the most", "items", MOST_ITEMS)


def idle_labels(draft: Draft) -> Iterator[Problem]:
    """ESCO labels of addresses that pack.toml does not use."""
    for file in draft.languages.values():
        for address in file.table("esco") if draft.form else ():
            if address not in draft.esco:
                yield file.problem(f"esco: pack.toml does not use {address}", "esco", address)
