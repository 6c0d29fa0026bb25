"""The people of the estimation commands' tests: a small pack, what they are like in truth, and their answers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from quiz.packs.loader import load

PEOPLE = 800


def other_figures(tiny: Path):
    """What people are like in truth: the first item says little, the second is agreed to, dimensions hang together."""
    content = load(tiny).pack
    items = [replace(item, loading=0.7) for item in content.items]
    items[0], items[1] = replace(items[0], loading=0.35), replace(items[1], mean=3.6)
    phi = tuple(map(tuple, np.full((4, 4), 0.5) + 0.5 * np.eye(4)))
    return replace(content, items=tuple(items), parameters=replace(content.parameters, correlations=phi))
