"""Calibration, measured: what it takes to estimate a pack's figures from 5,000 and 20,000 people's answers."""

from __future__ import annotations

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")  # one core; numpy reads these when it is loaded
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import time
from collections.abc import Callable

import numpy as np

from quiz.core.calibrate import calibrate
from quiz.core.calibrate.groups import compare
from quiz.core.outcome import Array
from quiz.core.simulate import respondents
from quiz.services.library import open_library


def main() -> None:
    pack = open_library("ae-am").main.pack

    def people(count: int, missing: float) -> Array:
        """Simulated people's answers; some are missing at random."""
        answers = respondents(pack, count, seed=1).answers.astype(float)
        answers[np.random.default_rng(1).random(answers.shape) < missing] = np.nan
        return answers

    whole, gaps = people(5_000, 0), people(5_000, 0.1)
    languages = ["es", "es", "es", "en", "en"] * 1_000
    many = people(20_000, 0.1)
    print(f"{len(pack.items)} items, {len(pack.dimensions)} dimensions, one core:")
    _told("5,000 people, no gaps", lambda: calibrate(pack, whole))
    _told("5,000 people, one answer in ten missing", lambda: calibrate(pack, gaps))
    _told("… and two languages compared", lambda: compare(pack, gaps, languages))
    _told("… and 10 samples of the bootstrap", lambda: calibrate(pack, gaps, bootstrap=10))
    _told("20,000 people, one answer in ten missing", lambda: calibrate(pack, many))


def _told(what: str, step: Callable[[], object]) -> None:
    wall, processor = time.perf_counter(), time.process_time()
    step()
    print(f"  {what:42} {time.process_time() - processor:6.1f} s of processor, {time.perf_counter() - wall:6.1f} s")


if __name__ == "__main__":
    main()
