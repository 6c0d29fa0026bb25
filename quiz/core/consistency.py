"""Reliability in a cohort: how consistently its own people answered, beside what the model expects of anybody.

Cronbach's alpha (1951) of the answers that a figure is made of. It leans on nothing but real answers, so it can
contradict the model, and it is the same kind of figure as the model's expectation of it:

    alpha      k/(k-1) (1 - sum of the parts' variances / variance of their sum)
    interval   of ln(1 - alpha): ± z sqrt(2k / ((k-1)(n-2)))      (Bonett 2002)
    expected   alpha of the parts' covariance under the model, D S D with S = H Φ H' + sd_a² γ γ' + Ψ

The parts of a dimension are the items that load on it, standardised and turned so that more speaks for it; those of
the contrast are the answers' contributions. A trade-off also measures its other side, which lowers a dimension's alpha.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from statistics import NormalDist

import numpy as np

from quiz.core.measure import Answers, Array, Measure
from quiz.core.reliability import cronbach_alpha

FEWEST = 30
"""With fewer people an alpha says more about chance than about the questions."""
LEVEL = 0.95
"""Of the intervals."""


@dataclass(frozen=True, slots=True)
class Consistency:
    """Alpha of so many parts (answers), its interval, and what the model expects. None where everybody is alike."""

    parts: int
    alpha: float | None
    interval: tuple[float, float] | None
    expected: float


def complete(table: Answers) -> Answers:
    """The people of a table (people, items) who answered every item."""
    kept: Answers = table[(table > 0).all(axis=1)]
    return kept


def of_dimensions(measure: Measure, table: Answers, told: int | None = None) -> Mapping[str, Consistency]:
    """Each dimension's consistency, from complete answers (people, items); those with one item only are left out.

    Intervals are those of `told` people, if given: from its width one can calculate how many an interval is of.
    """
    z, s = _standardised(measure, table)
    found = {}
    for place, dimension in enumerate(measure.pack.dimension_ids):
        loads = measure.h[:, place] != 0
        if loads.sum() > 1:
            found[dimension] = _consistency(
                z[:, loads], s[np.ix_(loads, loads)], np.sign(measure.h[loads, place]), told
            )
    return found


def of_contrasts(measure: Measure, table: Answers, told: int | None = None) -> Mapping[tuple[str, str], Consistency]:
    """The consistency of every two roles' contrast, in the pack's order, from complete answers (people, items).

    Intervals are those of `told` people, if given.
    """
    z, s = _standardised(measure, table)
    pairs = measure.pattern(measure.pack.item_ids).pairs
    return {
        (one, other): _consistency(z, s, pairs[first, second][0], told)
        for (first, one), (second, other) in combinations(enumerate(measure.pack.role_ids), 2)
    }


def alpha_interval(alpha: float, parts: int, people: int, level: float = LEVEL) -> tuple[float, float]:
    """Bonett's interval (2002); ValueError with fewer than two parts or three people."""
    if parts < 2 or people < 3:
        raise ValueError(f"no interval of an alpha of {parts} parts and {people} people")
    if alpha >= 1:
        return alpha, alpha
    reach = NormalDist().inv_cdf((1 + level) / 2) * math.sqrt(2 * parts / ((parts - 1) * (people - 2)))
    return 1 - (1 - alpha) * math.exp(reach), 1 - (1 - alpha) * math.exp(-reach)


def _standardised(measure: Measure, table: Answers) -> tuple[Array, Array]:
    """The answers as z, and their covariance S under the model."""
    s = measure.h @ measure.phi @ measure.h.T + np.diag(measure.psi)
    s += measure.pack.parameters.acquiescence_sd**2 * np.outer(measure.gamma, measure.gamma)
    return (table - measure.centre) * measure.scale, s


def _consistency(z: Array, s: Array, weights: Array, told: int | None) -> Consistency:
    parts, people = z.shape[1], len(z) if told is None else told
    covariance = s * np.outer(weights, weights)
    expected = parts / (parts - 1) * (1 - float(np.trace(covariance)) / float(covariance.sum()))
    try:
        alpha = cronbach_alpha(z * weights)
    except ValueError:  # everybody has the same sum, or there are too few people
        return Consistency(parts, None, None, expected)
    return Consistency(parts, alpha, alpha_interval(alpha, parts, people) if people > 2 else None, expected)
