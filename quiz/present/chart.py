"""The geometry of the charts: frozen ranges in the units of the drawing. `templates/charts/` draws them."""

from __future__ import annotations

from dataclasses import dataclass

WIDTH = 100
"""A strip is this wide; the drawing is stretched to the space that it gets."""
LOWEST, HIGHEST = 15, 85
"""Points at the strip's ends: three and a half standard deviations to each side of the middle, so that hardly any
interval reaches them."""
THICK = 6
"""How thick to draw an interval that has no weight, of the strip's 12."""
REACH = 400
"""Hundredths of a standard deviation of the contrast at each end of the balance."""


@dataclass(frozen=True, slots=True)
class Range:
    """An estimate with its interval: the figures to say, and where to draw them on the strip."""

    middle: int
    low: int
    high: int
    x: float
    x_low: float
    width: float


def strip(points: int, low: int, high: int) -> Range:
    """An estimate with its interval in points; what lies beyond the strip's ends is drawn at its end."""
    return _range(points, low, high, LOWEST, HIGHEST)


def balance(mean: int, low: int, high: int) -> Range:
    """The contrast with its interval, in hundredths of its standard deviation.

    What speaks for the first role lies on the left, under its name.
    """
    return _range(-mean, -high, -low, -REACH, REACH)


def thickness(weight: float) -> float:
    """How thick to draw a dimension's interval, of the strip's 12: the more it weighs in its role, the thicker."""
    return round(min(3 + 24 * weight, 11), 1)


def _range(middle: int, low: int, high: int, start: int, end: int) -> Range:
    def place(value: int) -> float:
        return round(WIDTH * (min(max(value, start), end) - start) / (end - start), 1)

    return Range(middle, low, high, place(middle), place(low), round(place(high) - place(low), 1))
