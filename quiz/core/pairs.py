"""Who leads whom among more than two roles, by the probability of each pair's first role being better.

`pairs` are the places of two roles each, as (first, second).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from quiz.core.outcome import Array

Pairs = Sequence[tuple[int, int]]


def hardest(pairs: Pairs, chances: Sequence[float], leader: int) -> int:
    """The place of the role over which `leader` is least sure to be better; equal ones keep the pack's order.

    P(best) would not tell: with a strong leader all others have none.
    """
    over = {
        j if i == leader else i: chance if i == leader else 1 - chance
        for (i, j), chance in zip(pairs, chances, strict=True)
        if leader in (i, j)
    }
    return min(sorted(over), key=over.__getitem__)


def leading(pairs: Pairs, best: Array, each: Array) -> Array:
    """By how much each row's likeliest role leads (n,): P(best) or, if lower, its chance over another role.

    `best` (n, r) is each role's P(best), `each` (n, pairs) each pair's probability.
    """
    leader = best.argmax(axis=1)[:, None]
    first, second = np.array(pairs).T
    own = np.where(first == leader, each, np.where(second == leader, 1 - each, 1.0))
    lead: Array = np.minimum(best.max(axis=1), own.min(axis=1))
    return lead
