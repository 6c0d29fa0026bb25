"""The geometry of the charts: frozen bars in the units of the drawing. Templates in `templates/charts/` draw them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

WIDTH = 100.0
"""A range is drawn on a strip this wide; the drawing is stretched to the space that it gets."""
LOWEST, HIGHEST = 20.0, 80.0
"""Points at the strip's ends: three standard deviations to each side of the middle."""
REACH = 3.0
"""Standard deviations of the contrast at the ends of the balance."""


@dataclass(frozen=True, slots=True)
class Range:
    """An estimate with its interval: where to draw it and what to say (whole points)."""

    x: float
    x_low: float
    width: float
    points: int
    low: int
    high: int


def estimate_range(estimate: Mapping[str, float]) -> Range:
    """An estimate of the stored result (`points`, `low`, `high`) on the strip."""
    x_low, x_high = _place(estimate["low"]), _place(estimate["high"])
    return Range(
        _place(estimate["points"]),
        x_low,
        round(x_high - x_low, 1),
        round(estimate["points"]),
        round(estimate["low"]),
        round(estimate["high"]),
    )


def balance(contrast: Mapping[str, Any]) -> Range:
    """The contrast between the two roles with its 90 % interval; the first role's side is on the left.

    `points`, `low` and `high` are hundredths of a standard deviation of the contrast.
    """
    mean, reach = contrast["mean"], 1.6449 * contrast["sd"]
    x_low, x_high = _side(mean + reach), _side(mean - reach)
    return Range(
        _side(mean),
        x_low,
        round(x_high - x_low, 1),
        round(100 * mean),
        round(100 * (mean - reach)),
        round(100 * (mean + reach)),
    )


def _place(points: float) -> float:
    share = (min(max(points, LOWEST), HIGHEST) - LOWEST) / (HIGHEST - LOWEST)
    return round(WIDTH * share, 1)


def _side(contrast: float) -> float:
    share = (REACH - min(max(contrast, -REACH), REACH)) / (2 * REACH)
    return round(WIDTH * share, 1)
