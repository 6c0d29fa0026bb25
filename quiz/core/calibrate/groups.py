"""Whether items work alike in groups of people, such as two languages: differential item functioning.

The largest group is the reference. Each other group may differ from it in the means and spreads of its traits and
in how readily it agrees; items are held equal. So traits may differ between groups without any item being called
unequal. The item that speaks most clearly against being equal is then let free, mean and loading, and so on while
one is found: else the others would look unequal because of it. At the end, how far every other item would move if
it were let free is estimated by one step, with the standard errors of that step (the expected parameter change:
Saris, Satorra and Sörbom 1987). What lies at the edge of what is possible is held there for both.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from quiz.core import normal
from quiz.core.calibrate.climb import Likelihood, climb, inverted
from quiz.core.calibrate.edges import FLAT, at_edges
from quiz.core.calibrate.likelihood import Places, Table
from quiz.core.calibrate.structure import Numbers, Structure
from quiz.core.outcome import Array
from quiz.core.pack import Pack

LEAST_PEOPLE = 200
"""A group of fewer people is not compared: its figures would say little."""
FALSE_ALARMS = 0.05
"""The share of false ones among the differences that may count as found (Benjamini and Hochberg 1995)."""
NOTABLE_POINTS = 0.25
"""A difference of fewer points between people of equal traits is too small to matter, however sure it is."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One item in one group, less the reference.

    `mean` (points) and `loading` with their standard errors; `points`, how far the answers of two people with equal
    traits lie apart on average; `chance`, of so large a difference or a larger one if there were none; `flagged`,
    sure enough among all that were looked at, and large enough.
    """

    group: str
    item: str
    mean: float
    mean_error: float
    loading: float
    loading_error: float
    points: float
    chance: float
    flagged: bool


@dataclass(frozen=True, slots=True)
class LeftOut:
    """How many groups were too small to be compared, and how many people are in them. Their names could tell who."""

    groups: int
    people: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """The items in groups. `people` by group, the reference first; `left_out` says of the others only how many.

    `traits` are each group's means by dimension, in standard deviations of the reference.
    """

    reference: str
    people: Mapping[str, int]
    left_out: LeftOut
    traits: Mapping[str, Mapping[str, float]]
    differences: tuple[Difference, ...]


class _Compared:
    """The structure with groups: after its own parameters, for each group but the reference, the means of its
    traits (d), of agreeing (1 or 0) and the logarithms of its spreads (d); after all these, for each of them, the
    moves of the items' means (n) and loadings (n), which stay 0 until one looks at them.
    """

    def __init__(self, structure: Structure, others: int) -> None:
        self.structure = structure
        self.others = others
        self.own = 2 * structure.d + structure.acquiescent
        self.open = structure.size + others * self.own
        self.most_free = others * (structure.n // 3)
        self.size = self.open + others * 2 * structure.n

    def moves(self, group: int) -> slice:
        """Where the moves of a group's items stand."""
        start = self.open + group * 2 * self.structure.n
        return slice(start, start + 2 * self.structure.n)

    def traits(self, free: Numbers, group: int) -> Numbers:
        """The means of a group's traits (..., d)."""
        start = self.structure.size + group * self.own
        return free[..., start : start + self.structure.d]

    def moments(self, free: Numbers) -> Sequence[tuple[Numbers, Numbers]]:
        """Mean and covariance for each group, the reference first."""
        structure, d, n = self.structure, self.structure.d, self.structure.n
        parts = structure.parts(free)
        u = structure.directions(parts.phi)
        h = parts.loading[..., None] * u
        found = [(parts.mean, structure.covariance(parts, h, parts.phi))]
        for group in range(self.others):
            own = free[..., structure.size + group * self.own :][..., : self.own]
            moved = free[..., self.moves(group)]
            spread = np.exp(own[..., self.own - d :])
            phi = parts.phi * spread[..., :, None] * spread[..., None, :]
            turned = (parts.loading + moved[..., n:])[..., None] * u
            z = (turned @ own[..., :d, None])[..., 0]
            if structure.acquiescent:
                z = z + structure.gamma * own[..., d : d + 1]
            mean = parts.mean + moved[..., :n] + parts.sd * structure.key * z
            found.append((mean, structure.covariance(parts, turned, phi)))
        return found


def compare(pack: Pack, answers: Array, groups: Sequence[str]) -> Comparison:
    """Compare the groups of people, by each one's word in `groups` (people,); "" belongs to none.

    ValueError (NotConverged) where no figures fit all groups, or fewer than two groups are large enough.
    """
    labels = np.array(groups)
    counts = {str(name): int((labels == name).sum()) for name in np.unique(labels) if name}
    kept = sorted((name for name in counts if counts[name] >= LEAST_PEOPLE), key=lambda name: (-counts[name], name))
    if len(kept) < 2:
        largest = sorted(counts.items(), key=lambda group: -group[1])[:3]
        told = ", ".join(f"'{name}' has {count}" for name, count in largest) or "nobody is in one"
        raise ValueError(f"two groups of {LEAST_PEOPLE} people or more are needed; {told}")
    small = [count for name, count in counts.items() if name not in kept]
    structure = Structure(pack)
    model = _Compared(structure, len(kept) - 1)
    likelihood = Likelihood([Table(answers[labels == name]) for name in kept], model.moments)
    at, opened = _settled(model, likelihood, answers)
    steps = np.full(model.size, 1e-5)
    found = _moves(model, likelihood.curvature(at, steps), likelihood.slope(at), at, opened)
    bound = _bound([move.chance for move in found])
    return Comparison(
        reference=kept[0],
        people={name: counts[name] for name in kept},
        left_out=LeftOut(len(small), sum(small)),
        traits={
            name: dict(zip(pack.dimension_ids, model.traits(at, group).tolist(), strict=True))
            for group, name in enumerate(kept[1:])
        },
        differences=tuple(
            Difference(
                kept[1 + move.group],
                pack.item_ids[move.item],
                move.by[0],
                move.errors[0],
                move.by[1],
                move.errors[1],
                move.points,
                move.chance,
                flagged=move.chance <= bound and move.points >= NOTABLE_POINTS,
            )
            for move in found
        ),
    )


def _settled(model: _Compared, likelihood: Likelihood, answers: Array) -> tuple[Array, Places]:
    """The most likely figures with the unequal items let free, and the places of all that is free."""
    at = np.zeros(model.size)
    at[: model.structure.size] = model.structure.start(answers)
    opened = np.arange(model.open)
    while True:
        at = climb(likelihood, at, opened).at
        moves = _moves(model, likelihood.information(at), likelihood.slope(at), at, opened)
        bound = _bound([move.chance for move in moves])
        closed = [move for move in moves if move.places[0] not in opened and move.points >= NOTABLE_POINTS]
        worst = max(closed, key=lambda move: move.clearness, default=None)
        if worst is None or worst.chance > bound or len(opened) - model.open >= 2 * model.most_free:
            return at, opened
        opened = np.concatenate([opened, worst.places])


@dataclass(frozen=True, slots=True, eq=False)
class _Move:
    """How far an item's mean and loading lie, or would move, from those of the reference; `clearness` is chi-square."""

    group: int
    item: int
    places: Places
    by: tuple[float, float]
    errors: tuple[float, float]
    points: float
    clearness: float

    @property
    def chance(self) -> float:
        """Of so large a clearness or a larger one: chi-square with 2 degrees of freedom."""
        return math.exp(-0.5 * self.clearness)


def _moves(model: _Compared, information: Array, slope: Array, at: Array, opened: Places) -> list[_Move]:
    """Every item of every group but the reference, in the order of groups and items."""
    sd, n = model.structure.parts(at).sd, model.structure.n
    # At an edge the curvature says nothing of the way beyond it: taken at its word, errors became billions of points.
    edge = bool(at_edges(model.structure, at[: model.structure.size]).any())
    inside = inverted(information[np.ix_(opened, opened)], held=FLAT if edge else None)
    found = []
    for group in range(model.others):
        for item in range(n):
            pair = model.moves(group).start + np.array([item, n + item])
            if pair[0] in opened:
                seat = np.flatnonzero(np.isin(opened, pair))
                spread, by = inside[np.ix_(seat, seat)], at[pair]
            else:
                across = information[np.ix_(pair, opened)]
                spread = inverted(information[np.ix_(pair, pair)] - across @ inside @ across.T)
                by = spread @ slope[pair]
            mean, loading = by.tolist()
            errors = np.sqrt(spread.diagonal()).tolist()
            clearness = float(by @ np.linalg.inv(spread) @ by)
            points = _apart(mean, float(sd[item]) * loading)
            found.append(_Move(group, item, pair, (mean, loading), (errors[0], errors[1]), points, clearness))
    return found


def _apart(mean: float, slope: float) -> float:
    """The mean of |mean + slope u| for a standard normal u."""
    if slope == 0:
        return abs(mean)
    ratio = mean / abs(slope)
    return abs(slope) * math.sqrt(2 / math.pi) * math.exp(-0.5 * ratio**2) + mean * (1 - 2 * normal.cdf(-ratio))


def _bound(chances: Sequence[float]) -> float:
    """The largest chance that still counts as found; below 0 if none does."""
    ranked = sorted(chances)
    return max(
        (chance for rank, chance in enumerate(ranked, 1) if chance <= FALSE_ALARMS * rank / len(ranked)), default=-1.0
    )
