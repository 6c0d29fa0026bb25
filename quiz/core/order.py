"""The order of questions: what tells most about the contrasts of roles first, with the content in balance.

Greedy: each next item is the one that lowers c'Vc most, on average over all pairs of roles, among those that keep the
balance. A rule of balance that no item left can keep gives way, the last one first:

1. a mirrored pair stands at least `MIRRORS_APART` apart;
2. no dimension stands in two questions running;
3. every dimension is met within the pack's minimum;
4. no more than `TRADE_OFFS_RUNNING` trade-offs and `STATEMENTS_RUNNING` statements running;
5. each role stands about equally often on either side, and statements are about as often keyed one way as the other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations, takewhile

import numpy as np

from quiz.core.measure import Array, Measure
from quiz.core.pack import Item, Pack, Statement, TradeOff

MIRRORS_APART = 8
"""So many places lie between the two items of a mirrored pair, so that the first answer is not remembered."""
TRADE_OFFS_RUNNING = 4
STATEMENTS_RUNNING = 2


def greedy(measure: Measure) -> tuple[str, ...]:
    """The ids of the pack's items in the order to ask them."""
    pack = measure.pack
    contrasts, covariance = _contrasts(measure), measure.phi
    # Yes-saying is one more unknown, so that a statement counts only for what it tells beside it.
    width = len(covariance)
    known = np.zeros((width + 1, width + 1))
    known[:width, :width], known[width, width] = covariance, pack.parameters.acquiescence_sd**2
    rows = np.column_stack([measure.h, measure.gamma])
    wanted = np.column_stack([contrasts, np.zeros(len(contrasts))])
    noise = measure.psi.tolist()
    asked: list[Item] = []
    left = list(range(len(pack.items)))
    while left:
        open_ = _balanced(pack, asked, left)
        place = max(open_, key=lambda at: (round(_gain(known, rows[at], noise[at], wanted), 12), -at))
        seen = known @ rows[place]
        known = known - np.outer(seen, seen) / (rows[place] @ seen + noise[place])
        asked.append(pack.items[place])
        left.remove(place)
    return tuple(item.id for item in asked)


def reliabilities(measure: Measure, ids: Sequence[str]) -> tuple[float, ...]:
    """After each question of this order, 1 - c'Vc: the mean over all pairs of roles."""
    pairs = list(combinations(range(len(measure.pack.roles)), 2))
    patterns = (measure.pattern(ids[:count]) for count in range(1, len(ids) + 1))
    return tuple(1 - float(np.mean([pattern.pairs[pair][1] for pair in pairs])) for pattern in patterns)


def _contrasts(measure: Measure) -> Array:
    """c of every pair of roles (pairs, d)."""
    weights = measure.weights
    rows = [weights[i] - weights[j] for i, j in combinations(range(len(weights)), 2)]
    return np.array([row / np.sqrt(row @ measure.phi @ row) for row in rows])


def _gain(known: Array, row: Array, noise: float, wanted: Array) -> float:
    """By how much an answer lowers the variance of the contrasts, on average: (c'Vh)² / (h'Vh + ψ)."""
    seen = known @ row
    return float(np.mean((wanted @ seen) ** 2) / (row @ seen + noise))


@dataclass(frozen=True, slots=True)
class _So:
    """What has been asked so far, for the rules of balance."""

    pack: Pack
    asked: Sequence[Item]

    def apart(self, item: Item) -> bool:
        """Whether its mirror image was asked long enough ago, or not yet."""
        return item.mirror not in {before.id for before in self.asked[-MIRRORS_APART:]}

    def fresh(self, item: Item) -> bool:
        """Whether the question before was about other dimensions."""
        return not self.asked or not _dimensions(item) & _dimensions(self.asked[-1])

    def meets(self, item: Item) -> bool:
        """Whether it meets a new dimension, or leaves within the minimum a question for each one that is missing."""
        met = frozenset[str]().union(*map(_dimensions, self.asked))
        later = self.pack.minimum - len(self.asked) - 1
        missing = len(self.pack.dimensions) - len(met | _dimensions(item))
        return later < 0 or not _dimensions(item) <= met or missing <= later

    def varied(self, item: Item) -> bool:
        """Whether its kind has not been running for long enough."""
        running = len(list(takewhile(lambda before: before.kind == item.kind, reversed(self.asked))))
        return running < (STATEMENTS_RUNNING if isinstance(item, Statement) else TRADE_OFFS_RUNNING)

    def even(self, item: Item) -> bool:
        """Whether sides, or keys, stay in balance."""
        if isinstance(item, Statement):
            keys = [before.key for before in self.asked if isinstance(before, Statement)]
            return abs(sum(keys) + item.key) <= 1
        home = {dimension.id: dimension.role for dimension in self.pack.dimensions}
        sides: dict[str, int] = {}
        for trade_off in (*self.asked, item):
            if isinstance(trade_off, TradeOff) and home[trade_off.a] != home[trade_off.b]:
                sides[home[trade_off.a]] = sides.get(home[trade_off.a], 0) + 1
                sides[home[trade_off.b]] = sides.get(home[trade_off.b], 0) - 1
        return all(abs(sides.get(home[id], 0)) <= 1 for id in (item.a, item.b))


def _balanced(pack: Pack, asked: Sequence[Item], left: Iterable[int]) -> list[int]:
    """The places of the items that keep every rule, or as many of the first rules as can be kept."""
    so = _So(pack, asked)
    open_ = list(left)
    rules: tuple[Callable[[Item], bool], ...] = (so.apart, so.fresh, so.meets, so.varied, so.even)
    for rule in rules:
        open_ = [place for place in open_ if rule(pack.items[place])] or open_
    return open_


def _dimensions(item: Item) -> frozenset[str]:
    return frozenset({item.dimension} if isinstance(item, Statement) else {item.a, item.b})
