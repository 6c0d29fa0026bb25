"""How well estimated figures fit the answers, against a model that restricts nothing."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from quiz.core.calibrate.likelihood import Table
from quiz.core.calibrate.structure import Structure
from quiz.core.outcome import Array


@dataclass(frozen=True, slots=True)
class Fit:
    """The figures of fit. `assumed` is the log-likelihood of the pack's figures as they were.

    `chi_square` is twice what the unrestricted model gains over this one, on `freedom` degrees of freedom. `rmsea`
    is the misfit for each of them (Steiger 1990; 0 at best), `srmr` the root mean square of what is left of the
    correlations and spreads (Bentler 1995; 0 at best).
    """

    loglik: float
    assumed: float
    saturated: float
    parameters: int
    freedom: int
    chi_square: float
    rmsea: float
    srmr: float


def fit_of(structure: Structure, table: Table, free: Array) -> Fit:
    """The fit of free parameters (size,); LinAlgError where there are too few people to tell."""
    mean, covariance = structure.moments(free)
    _, observed, saturated = table.saturated()
    loglik = table.expected(mean, covariance).loglik
    assumed = table.expected(*structure.moments(structure.assumed())).loglik
    freedom = structure.n * (structure.n + 3) // 2 - structure.size
    chi_square = max(0.0, 2 * (saturated - loglik))
    excess = max(0.0, chi_square - freedom)
    scale = np.sqrt(observed.diagonal())
    left = ((observed - covariance) / np.outer(scale, scale))[np.tril_indices(structure.n)]
    return Fit(
        loglik=loglik,
        assumed=assumed,
        saturated=saturated,
        parameters=structure.size,
        freedom=freedom,
        chi_square=chi_square,
        rmsea=math.sqrt(excess / (freedom * table.people)) if freedom > 0 else 0.0,
        srmr=math.sqrt(float(np.mean(left**2))),
    )
