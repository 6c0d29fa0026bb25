"""How sure a result is, as a range that people can picture: never a bare number."""

from __future__ import annotations

from bisect import bisect_right

from quiz.core.outcome import CLEAR, LEANING

_EDGES = (0.65, LEANING, 0.90, CLEAR, 0.99)
_RANGES = ((50, 65), (65, 80), (80, 90), (90, 95), (95, 99), (99, 100))


def certainty(probability: float) -> tuple[int, int]:
    """The range, in people of 100, that holds the probability of the leading role being the better fit.

    `probability` is at least one half, being that of the leading role. The edges are those of the outcome rules,
    so that a range never reaches into another outcome. With many roles the leader may have less than one half;
    the range then is from 0 to 50.
    """
    if probability < 0.5:
        return (0, 50)
    return _RANGES[bisect_right(_EDGES, probability)]
