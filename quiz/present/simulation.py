"""The simulation's two charts, as geometry: figures by the number of questions, and stated against actual accuracy.

Both are drawn in a box of `WIDTH` by `HEIGHT`, with room for titles above and below, and for ticks on the left and
below. `templates/charts/` draws them; the table of the same figures stands beside each.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from typing import Any

WIDTH, HEIGHT = 320, 262
LEFT, RIGHT, TOP, BOTTOM = 30.0, 312.0, 42.0, 228.0
"""The edges of the plot within the box."""
Place = tuple[float, float]
"""Where something lies in the box: x and y."""

FIGURES = ("accuracy", "called", "accuracy_when_called")
_TICKS = 5  # on the axis of the questions, at most
_STEPS = (1, 2, 4, 5, 8, 10, 15, 20, 25, 50, 100)
_NAME, _CAPITALS, _GAP = 90.0, 7.0, 4.0  # a name's width and height, and its distance from the line
_SAMPLES = 19
_SMALLEST, _LARGEST = 2.0, 8.0  # radius of a bin of hardly anybody, and of everybody


@dataclass(frozen=True, slots=True)
class Tick:
    """Where a mark of an axis lies, in the box, and the whole number beside it."""

    at: float
    number: int


@dataclass(frozen=True, slots=True)
class Line:
    """One figure by the number of questions: its SVG path and where it ends, and how high its name stands there."""

    figure: str
    path: str
    x: float
    y: float
    name_y: float


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

    drawn: dict[str, list[Place]] = {}
    for figure in FIGURES:
        known = [row for row in lengths if row.get(figure) is not None and not math.isnan(row[figure])]
        if known:
            drawn[figure] = [(across(row["questions"]), _height(row[figure])) for row in known]
    lines = [
        Line(figure, "M" + "L".join(f"{x} {y}" for x, y in places), *places[-1], name_y)
        for (figure, places), name_y in zip(drawn.items(), _names(list(drawn.values())), strict=True)
    ]
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


def _names(lines: Sequence[Sequence[Place]]) -> tuple[float, ...]:
    """How high the name of each line stands, to the left of its end: above or below it, where the fewest lines pass.

    The baseline of each name, of those choices that let names and lines run through each other least.
    """
    passing = [[height for height in _sampled(line) if height is not None] for line in lines]
    choices = [(min(heights) - _GAP, max(heights) + _GAP + _CAPITALS) for heights in passing]

    def clutter(names: tuple[float, ...]) -> float:
        crossed = sum(
            name - _CAPITALS - 1 <= height <= name + 3 for name in names for line in passing for height in line
        )
        close = sum(abs(one - other) < _CAPITALS + 4 for one, other in combinations(names, 2))
        outside = sum(not name - _CAPITALS >= TOP - _GAP or name > BOTTOM for name in names)
        return crossed + _SAMPLES * (close + outside)

    return tuple(round(name, 1) for name in min(product(*choices), key=clutter))


def _sampled(line: Sequence[Place]) -> Iterator[float | None]:
    """The height of a line at some places under its name; None where it has not begun."""
    xs, ys = zip(*line, strict=True)
    for place in range(_SAMPLES):
        x = xs[-1] - _NAME * place / (_SAMPLES - 1)
        if x < xs[0]:
            yield None
            continue
        after = next(at for at, other in enumerate(xs) if other >= x)
        before = max(after - 1, 0)
        share = (x - xs[before]) / (xs[after] - xs[before]) if after > before else 0.0
        yield ys[before] + (ys[after] - ys[before]) * share


def _height(share: float) -> float:
    return _between(BOTTOM, TOP, share)


def _between(start: float, end: float, share: float) -> float:
    return round(start + (end - start) * share, 1)
