"""Numbers as people read them: rounded to the nearest, and adding up as shown."""

from __future__ import annotations

import math
from collections.abc import Mapping

POINT = {"es": ","}
"""Decimal marks other than a full stop, by language."""


def percent(share: float) -> str:
    """A share from 0 to 1 in whole hundredths, to the nearest: 0.679 is "68". Only all are "100", and only none "0"."""
    nearest = round(share * 100)
    return str(min(max(nearest, 1), 99) if 0 < share < 1 else nearest)


def decimal(number: float, language: str, places: int = 2) -> str:
    """A number with so many decimals, the language's decimal mark and a real minus sign: "−0,31"."""
    # "z" writes "0.00" for what rounds to "-0.00".
    return f"{number:z.{places}f}".replace(".", POINT.get(language, ".")).replace("-", "−")


def signed(number: float, language: str, places: int = 2) -> str:
    """As `decimal`, with a plus sign before what is above zero."""
    text = decimal(number, language, places)
    return f"+{text}" if round(number, places) > 0 else text


def adding_up(parts: Mapping[str, float], places: int = 2) -> dict[str, float]:
    """Round parts so that, as shown, they sum to their rounded sum (largest remainder method, Hamilton 1792).

    Each figure is at most one unit of the last place from its own value.
    """
    unit = 10.0**-places
    down = {name: math.floor(value / unit) for name, value in parts.items()}
    left_over = round(sum(parts.values()) / unit) - sum(down.values())
    by_remainder = sorted(parts, key=lambda name: down[name] - parts[name] / unit)
    raised = set(by_remainder[:left_over])
    return {name: round((down[name] + (name in raised)) * unit, places) for name in parts}
