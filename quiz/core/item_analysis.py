"""What a table of real answers says of a pack's items, dimensions and contrasts, beside what the model promises.

Tables are (people, items) in the pack's order, 0 for unanswered. Figures that need every answer are those of the
people who gave every answer. A figure that cannot be had is None: of one statement there is no alpha.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from quiz.core.measure import Answers, Array, Measure
from quiz.core.pack import Statement
from quiz.core.reliability import (
    cronbach_alpha,
    item_rest_correlations,
    keyed,
    mcdonald_omega,
    standard_error_of_measurement,
)

LEAST_PEOPLE = 30
"""Correlations of fewer people are not shown."""
SPLITS = 30
"""So many ways of halving the form are averaged; the same ones every time."""
POINTS = 10
"""A standard deviation of a score, on the scale that people see."""


@dataclass(frozen=True, slots=True)
class ItemFigures:
    """One item: how many answered it, the mean and the standard deviation of their answers.

    `rest` is its correlation with the sum of the other statements of its dimension, keys turned; `others`, for
    trade-offs as well, that with what all the person's other answers lead the model to expect.
    """

    id: str
    answered: int
    missing: float
    mean: float | None
    sd: float | None
    rest: float | None
    others: float | None


@dataclass(frozen=True, slots=True)
class DimensionFigures:
    """One dimension. `alpha` and `omega` are of the sum of its statements, of the `people` who answered them all.

    `model` is the reliability of its trait score as the model promises it for the whole form, `observed` that
    which the spread of the scores shows: variance / (variance + squared standard error). `error` is the standard
    error of the trait score and `alpha_error` that of the sum, by alpha, both in points of the scale of 50 ± 10.
    """

    id: str
    statements: int
    people: int
    alpha: float | None
    omega: float | None
    model: float
    observed: float | None
    error: float
    alpha_error: float | None


@dataclass(frozen=True, slots=True)
class ContrastFigures:
    """One pair of roles: reliability of the contrast with the whole form, by the model and as `observed`.

    `halves` is the reliability by halves of the form that were answered by the same people (their correlation,
    stepped up by the Spearman-Brown formula), `halves_model` what the model expects there. The two differ from
    `model` because halves are no parallel forms; they are to be compared with one another.
    """

    first: str
    second: str
    model: float
    observed: float | None
    halves: float | None
    halves_model: float


@dataclass(frozen=True, slots=True)
class ItemAnalysis:
    """All of it. `people` are the rows, `complete` those with every answer, `missing` the share of answers lacking."""

    people: int
    complete: int
    missing: float
    items: tuple[ItemFigures, ...]
    dimensions: tuple[DimensionFigures, ...]
    contrasts: tuple[ContrastFigures, ...]


def analyse(measure: Measure, table: Answers) -> ItemAnalysis:
    """Analyse a table; ValueError if it has no row or is of another shape."""
    if table.ndim != 2 or table.shape[1] != len(measure.pack.items) or not len(table):
        raise ValueError(f"the table must be (people, {len(measure.pack.items)}), with somebody in it")
    complete = table[(table > 0).all(axis=1)]
    z = (complete.astype(float) - measure.centre) * measure.scale
    enough = len(complete) >= LEAST_PEOPLE
    return ItemAnalysis(
        people=len(table),
        complete=len(complete),
        missing=float((table == 0).mean()),
        items=_items(measure, table, z if enough else None),
        dimensions=_dimensions(measure, table, z if enough else None),
        contrasts=_contrasts(measure, z if enough else None),
    )


def _items(measure: Measure, table: Answers, z: Array | None) -> tuple[ItemFigures, ...]:
    pack = measure.pack
    rests = _rests(measure, table)
    others = [None] * len(pack.items) if z is None else _with_others(measure, z)
    found = []
    for place, item in enumerate(pack.items):
        given = table[:, place][table[:, place] > 0].astype(float)
        found.append(
            ItemFigures(
                id=item.id,
                answered=len(given),
                missing=1 - len(given) / len(table),
                mean=float(given.mean()) if len(given) else None,
                sd=float(given.std(ddof=1)) if len(given) > 1 else None,
                rest=rests.get(item.id),
                others=others[place],
            )
        )
    return tuple(found)


def _rests(measure: Measure, table: Answers) -> dict[str, float | None]:
    """Each statement's correlation with the rest of its dimension, where there is a rest."""
    found: dict[str, float | None] = {}
    for dimension in measure.pack.dimension_ids:
        ids = [item.id for item in measure.pack.items if isinstance(item, Statement) and item.dimension == dimension]
        answers = keyed(measure.pack, dimension, table)
        if len(ids) > 1 and len(answers) >= LEAST_PEOPLE:
            found |= dict(zip(ids, map(_number, item_rest_correlations(answers)), strict=True))
    return found


def _with_others(measure: Measure, z: Array) -> list[float | None]:
    """Each item's correlation with what the others predict: z_i less (P z)_i / P_ii, with P the precision."""
    precision = measure.pattern(measure.pack.item_ids).precision
    predicted = z - (z @ precision) / precision.diagonal()
    return [_correlation(one, other) for one, other in zip(z.T, predicted.T, strict=True)]


def _dimensions(measure: Measure, table: Answers, z: Array | None) -> tuple[DimensionFigures, ...]:
    pattern, found = measure.pattern(measure.pack.item_ids), []
    for place, dimension in enumerate(measure.pack.dimension_ids):
        answers = keyed(measure.pack, dimension, table)
        alpha, omega = (_possible(formula, answers) for formula in (cronbach_alpha, mcdonald_omega))
        left, whole = float(pattern.covariance[place, place]), float(measure.phi[place, place])
        found.append(
            DimensionFigures(
                id=dimension,
                statements=answers.shape[1],
                people=len(answers),
                alpha=alpha,
                omega=omega,
                model=1 - left / whole,
                observed=None if z is None else _observed(z @ pattern.figures[place], left),
                error=POINTS * math.sqrt(left),
                alpha_error=None if alpha is None else standard_error_of_measurement(POINTS, min(alpha, 1.0)),
            )
        )
    return tuple(found)


def _contrasts(measure: Measure, z: Array | None) -> tuple[ContrastFigures, ...]:
    pack, whole = measure.pack, measure.pattern(measure.pack.item_ids)
    halves, found = _halves(measure), []
    s = np.linalg.inv(whole.precision)
    for i, j in combinations(range(len(pack.roles)), 2):
        row, left = whole.pairs[i, j]
        seen, expected = [], []
        for places in halves:
            one, other = (_row(measure, half, (i, j)) for half in places)
            spreads = math.sqrt((one @ s @ one) * (other @ s @ other))
            expected.append(_stepped_up(float(one @ s @ other) / spreads))
            if z is not None:
                seen.append(_stepped_up(_correlation(z @ one, z @ other) or 0.0))
        found.append(
            ContrastFigures(
                first=pack.role_ids[i],
                second=pack.role_ids[j],
                model=1 - left,
                observed=None if z is None else _observed(z @ row, left),
                halves=float(np.mean(seen)) if seen else None,
                halves_model=float(np.mean(expected)),
            )
        )
    return tuple(found)


def _halves(measure: Measure) -> list[tuple[list[int], list[int]]]:
    """Ways of halving the form in which every dimension is measured about as well by both halves."""
    random, amounts = np.random.default_rng(1), np.abs(measure.h)
    found = []
    for _ in range(SPLITS):
        halves: tuple[list[int], list[int]] = ([], [])
        held = np.zeros((2, len(measure.phi)))
        for place in random.permutation(len(amounts)).tolist():
            poorer = int(np.argmin(held @ amounts[place]))
            halves[poorer].append(place)
            held[poorer] += amounts[place]
        found.append(halves)
    return found


def _row(measure: Measure, half: list[int], pair: tuple[int, int]) -> Array:
    """What each item adds to a pair's contrast when only `half` is answered (items,)."""
    pattern = measure.pattern(measure.pack.item_ids[place] for place in half)
    row = np.zeros(len(measure.pack.items))
    row[pattern.places] = pattern.pairs[pair][0]
    return row


def _stepped_up(correlation: float) -> float:
    """The reliability of the whole from the correlation of its halves (Spearman 1910, Brown 1910)."""
    return 2 * correlation / (1 + correlation) if correlation > -1 else 0.0


def _observed(scores: Array, left: float) -> float:
    """The share of the scores' variance in that of the true values, as the spread of the scores shows it."""
    variance = float(np.var(scores, ddof=1))
    return variance / (variance + left)


def _correlation(one: Array, other: Array) -> float | None:
    one, other = one - one.mean(), other - other.mean()
    scale = math.sqrt(float(one @ one) * float(other @ other))
    return float(one @ other) / scale if scale > 0 else None


def _possible(formula: Callable[[Array], float], answers: Array) -> float | None:
    try:
        return formula(answers) if len(answers) >= LEAST_PEOPLE else None
    except ValueError:
        return None


def _number(value: float) -> float | None:
    return None if math.isnan(value) else float(value)
