"""The search for the largest likelihood: quasi-Newton steps from the expected information (BFGS)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from quiz.core.calibrate.likelihood import Places, Table
from quiz.core.calibrate.structure import Numbers
from quiz.core.outcome import Array

Moments = Callable[[Numbers], Sequence[tuple[Numbers, Numbers]]]
"""From free parameters (..., k) to the mean (..., n) and covariance (..., n, n) of each table."""

_NEAR = 1e-6
"""The search ends where the slope promises less than this (twice the gain): within .001 standard errors of the top."""
_IDLE, _IDLE_STEPS = 1e-4, 10
"""… or where so many steps running gained less than this: at the edge of what is possible the slope never ends."""
_STEPS = 200
_REFRESHED = 12
"""After so many steps the curvature is worked out anew: that of the start may lead astray."""
_LONGEST = 1.0
"""No parameter moves farther in one step; they are means, logarithms and the like."""
_TINY = 1e-20
_BLOCK = 16
"""Slopes taken at once, so that a block stays in the processor's cache."""
_FLATTEST = 1e-9
"""Directions flatter than this, against the steepest, are stepped along as if they were as steep."""


class NotConverged(ValueError):
    """Raised where the search finds no top."""


@dataclass(frozen=True, slots=True, eq=False)
class Summit:
    """Where the search ended: parameters (k,), log-likelihood, and the inverse curvature (k, k) that it used."""

    at: Array
    loglik: float
    curvature: Array


class Likelihood:
    """The log-likelihood of tables under a model, and its slopes along all parameters or `only` those named."""

    def __init__(self, tables: Sequence[Table], moments: Moments) -> None:
        self.tables = tuple(tables)
        self.moments = moments

    def value(self, free: Array) -> float:
        """The log-likelihood; minus infinity where the model is impossible."""
        try:
            found = zip(self.tables, self.moments(free), strict=True)
            value = sum(table.expected(mean, covariance).loglik for table, (mean, covariance) in found)
        except np.linalg.LinAlgError:
            return -np.inf
        return value if np.isfinite(value) else -np.inf

    def slope(self, free: Array, only: Places | None = None) -> Array:
        """Its slope (k,)."""
        total = np.zeros(len(free) if only is None else len(only))
        for table, (mean, covariance), (of_mean, of_covariance) in self._with_slopes(free, only):
            found, precision = table.expected(mean, covariance), np.linalg.inv(covariance)
            inner = precision @ found.second @ precision - table.people * precision
            total += of_mean @ (precision @ found.first) + 0.5 * np.einsum("ij,kij->k", inner, of_covariance)
        return total

    def information(self, free: Array, only: Places | None = None) -> Array:
        """The expected information (k, k) if there were no gaps."""
        size = len(free) if only is None else len(only)
        total = np.zeros((size, size))
        for table, (_, covariance), (of_mean, of_covariance) in self._with_slopes(free, only):
            precision = np.linalg.inv(covariance)
            turned = (precision @ of_covariance).reshape(size, -1)
            crossed = (precision @ of_covariance).swapaxes(1, 2).reshape(size, -1)
            total += table.people * (0.5 * turned @ crossed.T + of_mean @ precision @ of_mean.T)
        return total

    def curvature(self, free: Array, steps: Array) -> Array:
        """The observed information (k, k), from differences of the slope over `steps` (k,)."""
        here = self.slope(free)
        rows = [(here - self.slope(free + shift)) / step for step, shift in zip(steps, np.diag(steps), strict=True)]
        information: Array = np.array(rows)
        return (information + information.T) / 2

    def scattered(self, free: Array) -> Array:
        """The sum over people of the products of their slopes (k, k)."""
        total = np.zeros((len(free), len(free)))
        for table, (mean, covariance), slopes in self._with_slopes(free, None):
            for block in table.scores(mean, covariance, slopes):
                total += block.T @ block
        return total

    def _with_slopes(
        self, free: Array, only: Places | None
    ) -> list[tuple[Table, tuple[Array, Array], tuple[Array, Array]]]:
        """Each table with its mean and covariance, and their slopes by a complex step."""
        every = np.arange(len(free)) if only is None else only
        stepped = free + 1j * _TINY * np.eye(len(free))[every]
        blocks = [self.moments(stepped[start : start + _BLOCK]) for start in range(0, len(stepped), _BLOCK)]
        found = []
        for table, parts in zip(self.tables, zip(*blocks, strict=True), strict=True):
            slopes = [np.concatenate([part[which].imag for part in parts]) / _TINY for which in (0, 1)]
            mean, covariance = (parts[0][which][0].real for which in (0, 1))
            found.append((table, (mean, covariance), (slopes[0], slopes[1])))
        return found


def climb(likelihood: Likelihood, start: Array, only: Places | None = None, curvature: Array | None = None) -> Summit:
    """Climb to the largest likelihood, moving `only` the parameters at these places; NotConverged if none is found.

    `curvature` is the inverse curvature to start with, if it is known from a like search.
    """
    at, moving = start.copy(), np.arange(len(start)) if only is None else only
    value, slope = likelihood.value(at), likelihood.slope(at, moving)
    inverse = inverted(likelihood.information(at, moving)) if curvature is None else curvature
    idle = 0
    for step in range(1, _STEPS + 1):
        way = inverse @ slope
        promise = float(slope @ way)
        if promise < _NEAR or idle == _IDLE_STEPS:
            return Summit(at, value, inverse)
        taken = _taken(likelihood, at, value, moving, way, slope)
        if taken is None and promise < 100 * _NEAR:
            return Summit(at, value, inverse)  # as near as rounding lets it come
        if taken is None:
            inverse = inverted(likelihood.information(at, moving))
            taken = _taken(likelihood, at, value, moving, inverse @ slope, slope)
        if taken is None:
            break
        idle = idle + 1 if taken[1] - value < _IDLE else 0
        moved, (at, value) = (taken[0] - at)[moving], taken
        before, slope = slope, likelihood.slope(at, moving)
        if step % _REFRESHED == 0:
            inverse = inverted(likelihood.information(at, moving))
        else:
            inverse = _updated(inverse, moved, before - slope)
    raise NotConverged("the search for the most likely figures found no end")


def _taken(
    likelihood: Likelihood, at: Array, value: float, moving: Places, way: Array, slope: Array
) -> tuple[Array, float] | None:
    """The first of ever smaller steps along `way` that climbs as it should; None if there is none."""
    way = way * min(1.0, _LONGEST / float(np.abs(way).max()))
    step = np.zeros(len(at))
    for halving in range(30):
        step[moving] = way * 0.5**halving
        reached = likelihood.value(at + step)
        if reached >= value + 1e-4 * float(slope @ step[moving]):
            return at + step, reached
    return None


def _updated(inverse: Array, moved: Array, bent: Array) -> Array:
    """The inverse curvature after a step (Nocedal and Wright, "Numerical Optimization", 2006, formula 6.17)."""
    along = float(moved @ bent)
    if along <= 1e-12:
        return inverse
    side = np.eye(len(moved)) - np.outer(moved, bent) / along
    return side @ inverse @ side.T + np.outer(moved, moved) / along


def inverted(information: Array, held: float | None = None) -> Array:
    """The inverse of an information matrix; directions without information count as barely informed.

    With `held`, directions with less than this share of the information are left out instead: nothing moves there.
    """
    scale = 1 / np.sqrt(np.maximum(information.diagonal(), 1e-12))
    values, vectors = np.linalg.eigh(information * np.outer(scale, scale))
    if held is not None:
        values, vectors = values[values >= held], vectors[:, values >= held]
    values = np.maximum(values, _FLATTEST * values.max())
    inverse: Array = (vectors / values) @ vectors.T * np.outer(scale, scale)
    return inverse
