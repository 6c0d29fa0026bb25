"""The cohort report as pictures: how many were still there, question by question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 100, 40
"""Of the drawing, which is stretched to the space that it gets."""


@dataclass(frozen=True, slots=True)
class Falling:
    """A line of steps that falls, and the area under it: both as the `d` of a path."""

    line: str
    area: str


def falling(shares: Sequence[float]) -> Falling:
    """Steps of equal width whose heights are shares from 0 to 1."""
    parts: list[str] = []
    for place, share in enumerate(shares):
        end, top = round(WIDTH * (place + 1) / len(shares), 2), round(HEIGHT * (1 - share), 2)
        parts.append(f"{'V' if parts else 'M0 '}{top:g}H{end:g}")
    line = "".join(parts)
    return Falling(line, f"{line}V{HEIGHT}H0Z" if line else "")
