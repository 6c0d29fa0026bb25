"""How likely answers are by chance, beside what the pack's model expects of people who use the scale in their own way.

Some people like the ends of the scale, some keep to the middle, some never take the middle. That is a manner and not
carelessness, so the model is averaged over such manners before it is held against chance:

    p(x)        ≈ Σ_m w_m Π_i p_i(x_i | m) |R|^-1/2 exp(-u'(R⁻¹ - I)u / 2)        x answered at random: 5^-n
    p_i(x | m)  ∝ p_i(x) exp(m_2 [x is 2 or 4] + m_1 [x is 1 or 5])               p_i(x): normal, cut halfway
    u_i         the mean, in standard deviations, of the people who give the answer x_i in the manner m

with R the correlations of the answers under the model: a Gaussian copula (Song 2000, "Multivariate dispersion models
generated from Gaussian copula") at the categories' mean normal scores. That the answers hang together counts, and how
they spread over the scale only as far as no manner explains it.
"""

from __future__ import annotations

import math
from functools import lru_cache
from itertools import product
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from quiz.core import normal
from quiz.core.measure import Array, Measure, Pattern
from quiz.core.pack import ANSWERS

STEPS_SD = 1.0
"""How much people are taken to differ in their liking for the answers 2 and 4: a standard deviation, in log odds."""
ENDS_SD = 0.75
"""How much people are taken to differ in their liking for the answers 1 and 5: a standard deviation, in log odds."""

_GRID = (-2.0, -1.0, 0.0, 1.0, 2.0)  # deviations at which each liking is tried
_CUTS = (1.5, 2.5, 3.5, 4.5)
_RAREST = 1e-12  # the least share of people that an answer is given: far out a normal curve ends in 0
_BLOCK = 256  # people at once, so that what all manners make of them stays in the processor's cache
_MEASURES_KEPT, _PATTERNS_KEPT = 16, 256  # at some 80 KB and 8 KB each


def log_odds(measure: Measure, pattern: Pattern, answers: NDArray[np.integer]) -> Array:
    """How much likelier each row of `answers` (people, n) is at random than from anybody: a natural log (people,).

    The columns are the items of `pattern`, each answered 1..5.
    """
    weights, likelihoods, scores = _manners(measure)
    excess, constant = _dependence(pattern)
    odds = np.empty(len(answers))
    for start in range(0, len(answers), _BLOCK):
        block = answers[start : start + _BLOCK] - 1
        u = scores[:, pattern.places, block]
        logs = weights + likelihoods[:, pattern.places, block].sum(axis=2) - ((u @ excess) * u).sum(axis=2) / 2
        most = logs.max(axis=0)
        odds[start : start + _BLOCK] = constant - most - np.log(np.exp(logs - most).sum(axis=0))
    return odds


@lru_cache(_MEASURES_KEPT)
def _manners(measure: Measure) -> tuple[Array, Array, Array]:
    """Of each manner m: log weight (m, 1), and for every item and answer log likelihood and score (m, items, 5)."""
    likings = np.array(list(product(_GRID, repeat=2)))
    weights = -(likings**2).sum(axis=1) / 2
    steps, ends = (likings * (STEPS_SD, ENDS_SD)).T
    liked = np.stack([ends, steps, 0 * ends, steps, ends], axis=1)
    cuts = (np.array(_CUTS) - measure.centre[:, None]) * np.abs(measure.scale[:, None])
    usual = np.diff(normal.cdfs(cuts.ravel()).reshape(cuts.shape), axis=1, prepend=0, append=1)
    shares = np.maximum(usual, _RAREST) * np.exp(liked)[:, None, :]
    shares /= shares.sum(axis=2, keepdims=True)
    # The mean of a normal variable between two cuts: the densities' difference over the share between them.
    at = np.vectorize(_density_at_share)(shares[:, :, :-1].cumsum(axis=2))
    scores = -np.diff(at, axis=2, prepend=0, append=0) / shares
    return (weights - np.log(np.exp(weights).sum()))[:, None], np.log(shares), scores * np.sign(measure.scale)[:, None]


def _density_at_share(share: float) -> float:
    usual = NormalDist()
    return usual.pdf(usual.inv_cdf(share)) if 0 < share < 1 else 0.0


@lru_cache(_PATTERNS_KEPT)
def _dependence(pattern: Pattern) -> tuple[Array, float]:
    """R⁻¹ - I (n, n), and the log likelihood at random less the logarithm of |R|^-1/2."""
    s = np.linalg.inv(pattern.precision)
    width = np.sqrt(s.diagonal())
    precision = pattern.precision * np.outer(width, width)
    n = len(width)
    constant = -n * math.log(len(ANSWERS)) - float(np.linalg.slogdet(precision)[1]) / 2
    return precision - np.eye(n), constant
