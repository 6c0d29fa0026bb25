"""How sure a result is, as a range that people can picture: never a bare number."""

from __future__ import annotations

from bisect import bisect_right

from quiz.core.outcome import CLEAR, LEANING

_EDGES = (0.01, 0.05, 0.10, 0.20, 0.35, 0.50, 0.65, LEANING, 0.90, CLEAR, 0.99)
_RANGES = (
    *((0, 1), (1, 5), (5, 10), (10, 20), (20, 35), (35, 50)),
    *((50, 65), (65, 80), (80, 90), (90, 95), (95, 99), (99, 100)),
)


def certainty(probability: float) -> tuple[int, int]:
    """The range, in people of 100, that holds the probability (0 to 1) of a role being the better fit, or the best.

    The edges are those of the outcome rules, so that a range never reaches into another outcome, and their mirror
    images: of two roles the ranges always make up 100.
    """
    return _RANGES[bisect_right(_EDGES, probability)]
