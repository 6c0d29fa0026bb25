"""The adverse-impact report as pictures and short words: a rate with its interval, line numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from quiz.core.fairness import Line, Name

FOUR_FIFTHS = 0.8


@dataclass(frozen=True, slots=True)
class Rate:
    """A rate with its interval, and four fifths of the base's rate, on a strip from 0 to 100."""

    x: float
    x_low: float
    width: float
    x_limit: float | None


def rate(line: Line[Name], base: Line[Name] | None) -> Rate | None:
    """Where to draw a line's rate; None where it is not shown."""
    if line.tally is None or line.rate_interval is None:
        return None
    low, high = line.rate_interval
    limit = round(100 * FOUR_FIFTHS * base.tally.rate, 1) if base and base.tally and base.tally.selected else None
    return Rate(round(100 * line.tally.rate, 1), round(100 * low, 1), round(100 * (high - low), 1), limit)


def spans(lines: Sequence[int], most: int = 30) -> tuple[str, int]:
    """Line numbers as people read them ("2–5, 9"), at most so many spans, and how many lines are left out."""
    found: list[list[int]] = []
    for line in sorted(lines):
        if found and line == found[-1][1] + 1:
            found[-1][1] = line
        else:
            found.append([line, line])
    told = ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in found[:most])
    return told, sum(last - first + 1 for first, last in found[most:])
