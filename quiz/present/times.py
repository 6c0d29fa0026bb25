"""How long somebody took for each question: the figures to say, and the geometry of the chart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

HEIGHT = 40
"""Of the drawing; its width is one for each question."""
LEAST_TOP = 10.0
"""Seconds that the chart shows at least."""
MEDIANS = 4
"""It shows so many times the median at most; whoever went for a coffee would flatten all else."""
_GAP = 0.2


@dataclass(frozen=True, slots=True)
class Bar:
    """A question and its time: where its bar begins and ends, and whether it goes beyond the drawing."""

    item: str
    seconds: float
    x: float
    y: float
    width: float
    height: float
    beyond: bool


@dataclass(frozen=True, slots=True)
class Times:
    """All bars in the order of the questions, with room for those that have no time; the figures; where the median's
    line lies; what the top stands for, in seconds; the width of the drawing, one for each question."""

    bars: tuple[Bar, ...]
    median: float
    fastest: float
    slowest: float
    line: float
    top: float
    width: int


def times(seconds: Mapping[str, float], order: Sequence[str]) -> Times | None:
    """The chart of the times of those questions of `order` that have one; None if none has."""
    known = [(place, item, seconds[item]) for place, item in enumerate(order) if item in seconds]
    if not known:
        return None
    values = [value for _, _, value in known]
    middle = median(values)
    top = min(max(*values, LEAST_TOP), max(LEAST_TOP, MEDIANS * middle))

    def height(value: float) -> float:
        return round(HEIGHT * min(value, top) / top, 2)

    bars = tuple(
        Bar(item, value, place + _GAP / 2, HEIGHT - height(value), 1 - _GAP, height(value), value > top)
        for place, item, value in known
    )
    return Times(bars, middle, min(values), max(values), HEIGHT - height(middle), top, len(order))
