"""The edge of what is possible, where the likelihood ends though it still climbs, and which figures lie there."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from quiz.core.calibrate.structure import LARGEST_LOADING, SMALLEST_EIGENVALUE, Structure
from quiz.core.outcome import Array

FLAT = 1e-3
"""Below this share of the information that it would have by itself, a combination of figures is undetermined. At an
edge it is held where it is (docs/decisions/0025-errors-at-the-edge.md)."""
_EDGE = 0.005


def at_edges(structure: Structure, free: Array) -> NDArray[np.bool_]:
    """Which of the model's figures (size,) lie at the edge of what is possible, with these free parameters (size,)."""
    parts, n = structure.parts(free), structure.n
    found = np.zeros(structure.size, dtype=np.bool_)
    found[2 * n : 3 * n] = np.abs(parts.loading) > LARGEST_LOADING - _EDGE
    crowded = np.linalg.eigvalsh(parts.phi)[0] < SMALLEST_EIGENVALUE + _EDGE
    found[3 * n : 3 * n + len(structure.below[0])] = crowded
    if structure.acquiescent:
        found[-1] = abs(free[-1]) < _EDGE
    return found
