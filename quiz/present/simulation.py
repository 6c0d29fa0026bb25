"""The simulation's two charts, as geometry: figures by the number of questions, and stated against actual accuracy.

Both are drawn in a box of `WIDTH` by `HEIGHT`, with room for the ticks on the left and below. `templates/charts/`
draws them; the table of the same figures stands beside each.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

WIDTH, HEIGHT = 320, 220
LEFT, RIGHT, TOP, BOTTOM = 30.0, 312.0, 10.0, 196.0
"""The edges of the plot within the box."""
FIGURES = ("accuracy", "called", "accuracy_when_called")
_TICKS = 5  # on the axis of the questions, at most
_STEPS = (1, 2, 4, 5, 8, 10, 15, 20, 25, 50, 100)
_SMALLEST, _LARGEST = 2.0, 8.0  # radius of a bin of hardly anybody, and of everybody


@dataclass(frozen=True, slots=True)
class Tick:
    """Where a mark of an axis lies, in the box, and the whole number beside it."""

    at: float
    number: int


@dataclass(frozen=True, slots=True)
class Line:
    """One figure by the number of questions: its SVG path and where it ends."""

    figure: str
    path: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Lengths:
    """Accuracy, called and accuracy when called by the number of questions; `minimum` is the earliest finish's x."""

    lines: tuple[Line, ...]
    ticks_x: tuple[Tick, ...]
    ticks_y: tuple[Tick, ...]
    minimum: float | None
    questions: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """A bin of people: where it is drawn, how large, and its figures (shares, and a count)."""

    x: float
    y: float
    radius: float
    stated: float
    right: float
    people: int


@dataclass(frozen=True, slots=True)
class Calibration:
    """Stated probability (x) against how often it was right (y); on the diagonal the two agree."""

    points: tuple[Point, ...]
    diagonal: str
    ticks_x: tuple[Tick, ...]
    ticks_y: tuple[Tick, ...]


def lengths_chart(simulated: Mapping[str, Any], minimum: int | None = None) -> Lengths | None:
    """The chart of simulated.json's lengths; None without any. `minimum` is how many answers allow finishing early."""
    lengths: Sequence[Mapping[str, Any]] = simulated.get("lengths", ())
    if not lengths:
        return None
    most: int = max(length["questions"] for length in lengths)

    def across(questions: float) -> float:
        return _between(LEFT, RIGHT, questions / most)

    lines = []
    for figure in FIGURES:
        places = [(across(row["questions"]), _height(row[figure])) for row in lengths if row.get(figure) is not None]
        if places:
            path = "M" + "L".join(f"{x} {y}" for x, y in places)
            lines.append(Line(figure, path, *places[-1]))
    step = next((step for step in _STEPS if most / step <= _TICKS), most)
    return Lengths(
        lines=tuple(lines),
        ticks_x=tuple(Tick(across(questions), questions) for questions in range(step, most + 1, step)),
        ticks_y=tuple(Tick(_height(number / 100), number) for number in range(0, 101, 20)),
        minimum=None if minimum is None or minimum > most else across(minimum),
        questions=tuple(length["questions"] for length in lengths),
    )


def calibration_chart(simulated: Mapping[str, Any]) -> Calibration | None:
    """The chart of a mapping with `calibration`, as simulated.json and its scenario "doubtful" are; None without."""
    bins: Sequence[Mapping[str, Any]] = simulated.get("calibration", ())
    if not bins:
        return None
    lowest: float = min(0.5, math.floor(10 * min(min(part["stated"], part["right"]) for part in bins)) / 10)
    everybody = sum(part["people"] for part in bins)

    def across(share: float) -> float:
        return _between(LEFT, RIGHT, (share - lowest) / (1 - lowest))

    def up(share: float) -> float:
        return _between(BOTTOM, TOP, (share - lowest) / (1 - lowest))

    def radius(people: int) -> float:
        return round(_SMALLEST + (_LARGEST - _SMALLEST) * math.sqrt(people / everybody), 1)

    numbers = range(round(100 * lowest), 101, 10)
    return Calibration(
        points=tuple(
            Point(
                across(part["stated"]),
                up(part["right"]),
                radius(part["people"]),
                part["stated"],
                part["right"],
                part["people"],
            )
            for part in bins
        ),
        diagonal=f"M{LEFT} {BOTTOM}L{RIGHT} {TOP}",
        ticks_x=tuple(Tick(across(number / 100), number) for number in numbers),
        ticks_y=tuple(Tick(up(number / 100), number) for number in numbers),
    )


def _height(share: float) -> float:
    return _between(BOTTOM, TOP, share)


def _between(start: float, end: float, share: float) -> float:
    return round(start + (end - start) * share, 1)
