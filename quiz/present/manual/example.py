"""A worked example of two answers: every number on the way from them to a probability, for a pocket calculator."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from quiz.core.measure import Array, Measure
from quiz.core.outcome import Contrast
from quiz.core.pack import Item, Statement

PLACES = 4
"""Decimals of each printed number: with them the result comes out within one unit of its third decimal."""


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer: `x` as given and `z` standardised; its row of H without zeros; `r` is its correlation with the
    contrast, `weight` what a z of 1 adds to it, `contribution` what this one adds; `u` is its place in S⁻¹ z;
    `correlation` that of a trade-off's two dimensions, None for a statement."""

    item: Item
    key: int
    x: int
    z: float
    row: Mapping[str, float]
    variance: float
    r: float
    weight: float
    contribution: float
    u: float
    correlation: float | None


@dataclass(frozen=True, slots=True)
class Row:
    """Dimensions with the same figures: Δw, ΦΔw, ΦH' (for both answers), the trait score, its variance, and what
    each adds to s² for the doubt about its weight."""

    dimensions: tuple[str, ...]
    difference: float
    together: float
    gain: tuple[float, float]
    score: float
    variance: float
    doubt: float
    doubted: float

    @property
    def count(self) -> int:
        """How many dimensions."""
        return len(self.dimensions)


@dataclass(frozen=True, slots=True)
class Term:
    """A summand of the two answers' covariance: a loading, a correlation, a loading."""

    one: str
    other: str
    left: float
    correlation: float
    right: float


@dataclass(frozen=True, slots=True)
class Example:
    """The steps in their order: answers, S, its inverse, traits, contrast, its error, the probability."""

    answers: tuple[Answered, Answered]
    terms: tuple[Term, ...]
    agreeing: float
    covariance: float
    determinant: float
    inverse: tuple[float, float, float]
    rows: tuple[Row, ...]
    width: float
    contrast: Contrast
    doubted: float

    @property
    def z_score(self) -> float:
        """m / s."""
        return self.contrast.mean / self.contrast.sd


def example(measure: Measure) -> Example:
    """Two items of the pack that tell its first two roles apart, answered in favour of the first.

    A trade-off and a statement about one of its dimensions, where the pack has such a pair; else any two items.
    """
    pack = measure.pack
    delta = measure.weights[0] - measure.weights[1]
    together = measure.phi @ delta
    width = math.sqrt(float(delta @ together))
    places = sorted(_pair(measure, measure.h @ together))
    items = [pack.items[place] for place in places]
    h, gamma = measure.h[places], measure.gamma[places]
    r = h @ together / width
    given = {
        item.id: 3 + int(math.copysign(step, r[at] * measure.key[places[at]]))
        for at, (item, step) in enumerate(zip(items, (2, 1), strict=True))
    }
    pattern = measure.pattern(given)
    z, precision = measure.standardised(pattern, given), pattern.precision
    contrast = measure.contrast(given, *pack.role_ids[:2])
    shared = measure.pack.parameters.acquiescence_sd**2
    agreeing = shared * float(gamma[0] * gamma[1])
    covariance = float(h[0] @ measure.phi @ h[1]) + agreeing
    variances = [1 + shared * float(each) ** 2 for each in gamma]
    weights, u = r @ precision, precision @ z
    answered = [
        Answered(
            item=item,
            key=int(measure.key[place]),
            x=given[item.id],
            z=float(z[at]),
            row=_row(measure, h[at]),
            variance=variances[at],
            r=float(r[at]),
            weight=float(weights[at]),
            contribution=contrast.contributions[item.id],
            u=float(u[at]),
            correlation=_correlation(measure, item),
        )
        for at, (place, item) in enumerate(zip(places, items, strict=True))
    ]
    rows = tuple(_rows(measure, delta, together, h, u, pattern.covariance))
    return Example(
        answers=(answered[0], answered[1]),
        terms=tuple(_terms(measure, answered)),
        agreeing=agreeing,
        covariance=covariance,
        determinant=variances[0] * variances[1] - covariance**2,
        inverse=(float(precision[0, 0]), float(precision[0, 1]), float(precision[1, 1])),
        rows=rows,
        width=width,
        contrast=contrast,
        doubted=contrast.sd**2 - contrast.posterior_variance,
    )


def _pair(measure: Measure, evidence: Array) -> tuple[int, int]:
    """The places of the two items: those that tell most about the contrast; equal ones in the pack's order."""
    items = measure.pack.items

    def fitting(one: int, other: int) -> bool:
        mixed = isinstance(items[one], Statement) != isinstance(items[other], Statement)
        return mixed and bool(np.any((measure.h[one] != 0) & (measure.h[other] != 0)))

    pairs = list(combinations(range(len(items)), 2))
    best = [pair for pair in pairs if fitting(*pair)] or pairs
    return max(best, key=lambda pair: round(min(abs(evidence[pair[0]]), abs(evidence[pair[1]])), 9))


def _correlation(measure: Measure, item: Item) -> float | None:
    if isinstance(item, Statement):
        return None
    ids = measure.pack.dimension_ids
    return float(measure.phi[ids.index(item.a), ids.index(item.b)])


def _row(measure: Measure, row: Array) -> Mapping[str, float]:
    ids = measure.pack.dimension_ids
    return {id: value for id, value in zip(ids, row.tolist(), strict=True) if value}


def _terms(measure: Measure, answered: Sequence[Answered]) -> Iterator[Term]:
    at = {id: place for place, id in enumerate(measure.pack.dimension_ids)}
    for one, left in answered[0].row.items():
        for other, right in answered[1].row.items():
            yield Term(one, other, left, float(measure.phi[at[one], at[other]]), right)


def _rows(measure: Measure, delta: Array, together: Array, h: Array, u: Array, covariance: Array) -> Iterator[Row]:
    """The dimensions in the pack's order, those with the same figures as one row."""
    gain = measure.phi @ h.T
    scores, variances = gain @ u, covariance.diagonal()
    doubted = measure.tau2 * (scores**2 + variances)
    table = np.column_stack([delta, together, gain, scores, variances, np.sqrt(measure.tau2), doubted])
    alike: dict[tuple[float, ...], list[str]] = {}
    for id, figures in zip(measure.pack.dimension_ids, table, strict=True):
        # Minus zero and zero are the same figure.
        alike.setdefault(tuple((np.round(figures, 9) + 0.0).tolist()), []).append(id)
    for (w, g, one, other, score, variance, doubt, adds), ids in alike.items():
        yield Row(tuple(ids), w, g, (one, other), score, variance, doubt, adds)
