"""What a table of real answers says of a pack's items, dimensions and contrasts, beside what the model promises.

Tables are (people, items) in the pack's order, 0 for unanswered. Scores are the model's, of what each person answered;
alpha, omega and the correlation with the rest are of sums, so of the people who answered all that is summed. A figure
that cannot be had is None: of one statement there is no alpha.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from quiz.core.given import Given
from quiz.core.halves import by_halves
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

    `model` is the reliability of its trait score as the model promises it for the whole form, `given` what it promises
    of the answers that people gave, on average, and `observed` that which the spread of their scores shows: variance /
    (variance + mean squared standard error). `error` is the standard error of the trait score with the whole form, and
    `alpha_error` that of the sum, by alpha, both in points of the scale of 50 ± 10.
    """

    id: str
    statements: int
    people: int
    alpha: float | None
    omega: float | None
    model: float
    given: float
    observed: float | None
    error: float
    alpha_error: float | None


@dataclass(frozen=True, slots=True)
class ContrastFigures:
    """One pair of roles: reliability of the contrast; `model`, `given` and `observed` are as for a dimension.

    `halves` is the reliability by halves of the form that were answered by the same people (their correlation,
    stepped up by the Spearman-Brown formula), `halves_model` what the model expects there, of the answers that were
    given. The two differ from `given` because halves are no parallel forms; they are to be compared with one another.
    """

    first: str
    second: str
    model: float
    given: float
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
    seen = table > 0
    given = Given.answers((table.astype(float) - measure.centre) * measure.scale, seen)
    s: Array = np.linalg.inv(measure.pattern(measure.pack.item_ids).precision).astype(np.float64, copy=False)
    enough = len(table) >= LEAST_PEOPLE
    return ItemAnalysis(
        people=len(table),
        complete=int(seen.all(axis=1).sum()),
        missing=float((~seen).mean()),
        items=_items(measure, table, _with_others(given, s) if enough else [None] * len(s)),
        dimensions=_dimensions(measure, table, given, s),
        contrasts=_contrasts(measure, given, s),
    )


def _items(measure: Measure, table: Answers, others: Sequence[float | None]) -> tuple[ItemFigures, ...]:
    pack = measure.pack
    rests = _rests(measure, table)
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


def _with_others(given: Given, s: Array) -> list[float | None]:
    """Each item's correlation with what the others predict, of those who answered it, 30 at least."""
    found: list[float | None] = []
    for one, other, answered in zip(given.z.T, given.predicted(s).T, given.seen.T, strict=True):
        enough = answered.sum() >= LEAST_PEOPLE
        found.append(_correlation(one[answered], other[answered]) if enough else None)
    return found


def _dimensions(measure: Measure, table: Answers, given: Given, s: Array) -> tuple[DimensionFigures, ...]:
    pattern, found = measure.pattern(measure.pack.item_ids), []
    figures = _reliabilities(given, s, pattern.figures[: len(measure.phi)] @ s, measure.phi.diagonal())
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
                given=figures[place][0],
                observed=figures[place][1],
                error=POINTS * math.sqrt(left),
                alpha_error=None if alpha is None else standard_error_of_measurement(POINTS, min(alpha, 1.0)),
            )
        )
    return tuple(found)


def _contrasts(measure: Measure, given: Given, s: Array) -> tuple[ContrastFigures, ...]:
    pack, whole = measure.pack, measure.pattern(measure.pack.item_ids)
    pairs = list(combinations(range(len(pack.roles)), 2))
    towards = np.array([whole.pairs[pair][0] for pair in pairs]) @ s
    figures = _reliabilities(given, s, towards, np.ones(len(pairs)))
    halves = by_halves(measure, given if len(given.z) >= LEAST_PEOPLE else None)
    return tuple(
        ContrastFigures(
            first=pack.role_ids[i],
            second=pack.role_ids[j],
            model=1 - whole.pairs[i, j][1],
            given=promised,
            observed=observed,
            halves=seen,
            halves_model=expected,
        )
        for (i, j), (promised, observed), (seen, expected) in zip(pairs, figures, halves, strict=True)
    )


def _reliabilities(given: Given, s: Array, towards: Array, whole: Array) -> list[tuple[float, float | None]]:
    """What the model promises of each of q figures with the answers given, on average, and what their spread shows.

    `towards` (q, items) is their covariance with the answers, `whole` (q,) their variance among people. With few people
    nothing is shown.
    """
    values, spread = given.scores(s, towards)
    promised, left = (spread / whole).mean(axis=0), (whole - spread).mean(axis=0)
    if len(values) < LEAST_PEOPLE:
        return [(share, None) for share in promised.tolist()]
    # The variance of the true values is that of the scores and, on average, what is left around each.
    variance = values.var(axis=0, ddof=1)
    return list(zip(promised.tolist(), (variance / (variance + left)).tolist(), strict=True))


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
