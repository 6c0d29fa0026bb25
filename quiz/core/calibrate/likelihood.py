"""The likelihood of normal answers with gaps: every answer that was given counts, and nothing is filled in.

With a mean μ and a covariance Σ, a row contributes the density of what was answered ("full information";
Little and Rubin, "Statistical Analysis with Missing Data", 2019). All follows from the precision P = Σ⁻¹: of
the gaps M and the deviations d, with 0 in the gaps, the expected deviation there is -P_MM⁻¹ (P d)_M, its
covariance P_MM⁻¹, and log det Σ_OO = log det Σ + log det P_MM. Few gaps so cost little.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from quiz.core.outcome import Array

_BLOCK = 1024
_GAIN = 1e-9
"""A saturated fit ends where a step gains less than this share of the log-likelihood."""
_STEPS = 500

Places = NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class _Incomplete:
    """Rows that lack the same number of answers: `values` (rows, n), nan in the gaps.

    `holes` (patterns, gaps) are the places of the gaps of each pattern, `pattern` (rows,) says which a row has.
    """

    values: Array
    holes: Places
    pattern: Places


@dataclass(frozen=True, slots=True, eq=False)
class Expected:
    """At one μ and Σ: the log-likelihood, the sum of deviations (n,) and that of their products (n, n)."""

    loglik: float
    first: Array
    second: Array


class Table:
    """Answers (people, n), nan where there is none, arranged for the likelihood. Rows without answers are left out."""

    def __init__(self, answers: Array) -> None:
        answers = answers[~np.isnan(answers).all(axis=1)]
        gaps = np.isnan(answers).sum(axis=1)
        complete = answers[gaps == 0]
        self.people, self.items = answers.shape
        self.answers = answers
        self._mean: Array = complete.mean(axis=0) if len(complete) else np.zeros(self.items)
        self._scatter: Array = (complete - self._mean).T @ (complete - self._mean)
        self._complete = complete
        self._incomplete = tuple(_incomplete(answers[gaps == count]) for count in np.unique(gaps[gaps > 0]))

    def expected(self, mean: Array, covariance: Array) -> Expected:
        """What the likelihood and its slope need. LinAlgError if the covariance is none."""
        precision, constant = _precision(covariance)
        count, off = len(self._complete), self._mean - mean
        first, second = count * off, self._scatter + count * np.outer(off, off)
        loglik = count * constant - 0.5 * float(np.sum(precision * second))
        for rows in self._incomplete:
            deviations, spread, logdet = _filled(rows, mean, precision)
            first += deviations.sum(axis=0)
            second += deviations.T @ deviations + _spread(rows, spread, self.items)
            quadratic = float(np.sum((deviations @ precision) * deviations))
            answered = 0.5 * math.log(2 * math.pi) * rows.holes.shape[1]
            loglik += len(deviations) * (constant + answered) - 0.5 * (quadratic + float(logdet[rows.pattern].sum()))
        return Expected(loglik, first, second)

    def scores(self, mean: Array, covariance: Array, slopes: tuple[Array, Array]) -> Iterator[Array]:
        """The slope of each person's log-likelihood (block, parameters), a block at a time, complete rows first.

        `slopes` are those of mean (parameters, n) and covariance (parameters, n, n).
        """
        precision, _ = _precision(covariance)
        of_mean, of_covariance = slopes
        size = self.items**2
        flat = of_covariance.reshape(-1, size).T
        turned = (precision @ of_covariance @ precision).reshape(-1, size).T
        constant = 0.5 * np.einsum("ij,kji->k", precision, of_covariance)

        def block(deviations: Array, spread: Array | None) -> Array:
            weighted = deviations @ precision
            squares = (weighted[:, :, None] * weighted[:, None, :]).reshape(-1, size)
            score: Array = weighted @ of_mean.T + 0.5 * squares @ flat - constant
            return score if spread is None else score + 0.5 * spread @ turned

        for start in range(0, len(self._complete), _BLOCK):
            yield block(self._complete[start : start + _BLOCK] - mean, None)
        for rows in self._incomplete:
            deviations, spreads, _ = _filled(rows, mean, precision)
            for start in range(0, len(deviations), _BLOCK):
                part = slice(start, start + _BLOCK)
                holes, spread = rows.holes[rows.pattern[part]], spreads[rows.pattern[part]]
                embedded = np.zeros((len(holes), size))
                cells = (holes[:, :, None] * self.items + holes[:, None, :]).reshape(len(holes), -1)
                np.put_along_axis(embedded, cells, spread.reshape(len(holes), -1), axis=1)
                yield block(deviations[part], embedded)

    def saturated(self) -> tuple[Array, Array, float]:
        """The mean, covariance and log-likelihood of a model that restricts nothing, by expectation-maximisation.

        LinAlgError where there are too few people for a covariance.
        """
        mean = np.nanmean(self.answers, axis=0)
        covariance: Array = np.diag(np.nanvar(self.answers, axis=0))
        found = self.expected(mean, covariance)
        for _ in range(_STEPS):
            shift = found.first / self.people
            mean = mean + shift
            covariance = found.second / self.people - np.outer(shift, shift)
            before, found = found.loglik, self.expected(mean, covariance)
            if found.loglik - before < _GAIN * abs(before):
                break
        return mean, covariance, found.loglik


def _incomplete(values: Array) -> _Incomplete:
    masks, pattern = np.unique(np.isnan(values), axis=0, return_inverse=True)
    holes = np.nonzero(masks)[1].reshape(len(masks), -1)
    return _Incomplete(values, holes, pattern.reshape(-1))


def _precision(covariance: Array) -> tuple[Array, float]:
    """Σ⁻¹, and the part of a complete row's log-likelihood that does not depend on the row."""
    root = np.linalg.cholesky(covariance)
    logdet = 2 * float(np.log(root.diagonal()).sum())
    precision: Array = np.linalg.inv(covariance).astype(np.float64, copy=False)
    return (precision + precision.T) / 2, -0.5 * (len(covariance) * math.log(2 * math.pi) + logdet)


def _filled(rows: _Incomplete, mean: Array, precision: Array) -> tuple[Array, Array, Array]:
    """The deviations with their expectation in the gaps, the gaps' covariance by pattern, and log det P_MM."""
    deviations: Array = np.where(np.isnan(rows.values), 0.0, rows.values - mean)
    inner = precision[rows.holes[:, :, None], rows.holes[:, None, :]]
    spread: Array = np.linalg.inv(inner).astype(np.float64, copy=False)
    logdet: Array = np.linalg.slogdet(inner)[1]
    holes = rows.holes[rows.pattern]
    pulled = np.take_along_axis(deviations @ precision, holes, axis=1)
    np.put_along_axis(deviations, holes, -np.einsum("rij,rj->ri", spread[rows.pattern], pulled), axis=1)
    return deviations, spread, logdet


def _spread(rows: _Incomplete, spread: Array, items: int) -> Array:
    """The covariances of the gaps, summed over rows and put in their places (n, n)."""
    counts = np.bincount(rows.pattern, minlength=len(rows.holes))
    cells = rows.holes[:, :, None] * items + rows.holes[:, None, :]
    weights = (spread * counts[:, None, None]).ravel()
    total = np.bincount(cells.ravel(), weights=weights, minlength=items**2).astype(np.float64)
    return total.reshape(items, items)
