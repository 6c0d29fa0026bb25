"""Checks that the kept simulation is of this pack: the method page and the manual tell its figures."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from quiz.core.measure import Measure
from quiz.core.reliability import contrast_reliability
from quiz.packs.problem import Problem

FILE = "simulated.json"
_EXACT = 1e-6  # of a reliability, which depends on nothing but the pack


def simulated(folder: Path, measure: Measure) -> Iterator[Problem]:
    """Yield what is wrong with simulated.json. A pack without one has not been simulated yet, which is no problem."""
    try:
        kept = json.loads((folder / FILE).read_text(encoding="utf-8"))
        problem = _other_versions(measure, kept) or _other_figures(measure, kept)
    except FileNotFoundError:
        return
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        problem = "cannot be read"
    if problem:
        yield Problem(FILE, 0, f"{problem}; run `flask pack simulate {folder.name} --save`")


def _other_versions(measure: Measure, kept: dict[str, Any]) -> str:
    pack = measure.pack
    made = kept["pack"]["id"], kept["pack"]["version"], kept["pack"]["parameters"]
    if made == (pack.id, pack.version, pack.parameters.version):
        return ""
    return f"is of '{made[0]}' {made[1]} with parameters {made[2]}"


def _other_figures(measure: Measure, kept: dict[str, Any]) -> str:
    """Items, their order or parameters that were changed without a new version."""
    ids = measure.pack.item_ids
    for length in kept["lengths"]:
        now = contrast_reliability(measure, ids[: length["questions"]])
        if not math.isclose(now, length["reliability"], abs_tol=_EXACT):
            reached = f"{now:.3f}, not {length['reliability']:.3f}"
            return (
                f"is of other items or parameters: the reliability after {length['questions']} questions is {reached}"
            )
    return ""
