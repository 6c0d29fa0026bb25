"""A form halved: how well both halves of the answers agree about each pair of roles, and how well the model expects."""

from __future__ import annotations

import math
from itertools import combinations

import numpy as np

from quiz.core.given import Given
from quiz.core.measure import Array, Measure

SPLITS = 30
"""So many ways of halving the form are averaged; the same ones every time."""


def by_halves(measure: Measure, given: Given | None) -> list[tuple[float | None, float]]:
    """For each pair of roles the reliability by halves, as it is seen and as the model expects it of these answers.

    Each half gives everybody a contrast, from what they answered of it; the correlation of the two is stepped up to the
    whole. Without `given` nothing is seen, and what is expected is that of whole forms.
    """
    pairs = list(combinations(range(len(measure.pack.roles)), 2))
    whole = measure.pattern(measure.pack.item_ids)
    s: Array = np.linalg.inv(whole.precision).astype(np.float64, copy=False)
    towards = np.array([whole.pairs[pair][0] for pair in pairs]) @ s
    people = given or Given.whole(len(s))
    seen, expected = np.zeros((SPLITS, len(pairs))), np.zeros((SPLITS, len(pairs)))
    for split, places in enumerate(_halves(measure)):
        together, apart = np.zeros(len(pairs)), np.zeros((2, len(pairs)))
        scores = np.zeros((2, len(people.z), len(pairs)))
        for block in people.blocks():
            halves = [block.of(half) for half in places]
            rows = [half.rows(s[np.ix_(at, at)], towards[:, at]) for half, at in zip(halves, places, strict=True)]
            together += np.einsum("pqi,ij,pqj->q", rows[0], s[np.ix_(*places)], rows[1], optimize=True)
            for end, (half, at) in enumerate(zip(halves, places, strict=True)):
                apart[end] += np.einsum("pqi,ij,pqj->q", rows[end], s[np.ix_(at, at)], rows[end], optimize=True)
                scores[end, block.place] = np.einsum("pqi,pi->pq", rows[end], half.z)
        expected[split] = _stepped_up(together / np.sqrt(apart[0] * apart[1]))
        if given is not None:
            seen[split] = _stepped_up(_correlations(*scores))
    found = seen.mean(axis=0).tolist() if given is not None else [None] * len(pairs)
    return list(zip(found, expected.mean(axis=0).tolist(), strict=True))


def _halves(measure: Measure) -> list[tuple[list[int], list[int]]]:
    """Ways of halving the form in which every dimension is measured about as well by both halves."""
    random, amounts = np.random.default_rng(1), np.abs(measure.h)
    found = []
    for _ in range(SPLITS):
        halves: tuple[list[int], list[int]] = ([], [])
        held = np.zeros((2, len(measure.phi)))
        for place in random.permutation(len(amounts)).tolist():
            poorer = int(np.argmin(held @ amounts[place]))
            halves[poorer].append(place)
            held[poorer] += amounts[place]
        found.append(halves)
    return found


def _correlations(one: Array, other: Array) -> Array:
    """Of each column (q,); 0 where all are alike."""
    one, other = one - one.mean(axis=0), other - other.mean(axis=0)
    scale = np.sqrt((one**2).sum(axis=0) * (other**2).sum(axis=0))
    together = (one * other).sum(axis=0)
    correlations: Array = np.divide(together, scale, out=np.zeros(len(scale)), where=scale > 0)
    return correlations


def _stepped_up(correlations: Array) -> Array:
    """The reliability of the whole from the correlation of its halves (Spearman 1910, Brown 1910)."""
    whole: Array = 2 * correlations / (1 + np.maximum(correlations, math.nextafter(-1, 0)))
    return whole
