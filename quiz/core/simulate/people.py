"""Simulated people and their answers, by a graded-response model (Samejima 1969).

The model is this module's own: it reads the pack's parameters and shares no code with the scorer, so an error in
either shows in the figures. People of one seed are always the same, whatever their styles: a style changes how they
answer, not who they are.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from quiz.core.measure import Answers, Array
from quiz.core.pack import Pack, Statement

_FIVE_CATEGORIES = 0.95  # a loading on five options is .95 of the one on the continuous propensity behind them
_USUAL_SD = 1.01  # of an answer when cuts lie at 1.5, 2.5, 3.5, 4.5 and the propensity has variance 1
_LOADINGS = 0.05, 0.99  # true loadings stay within
_FAKED = 1.0  # standard deviations that a faking person adds
_SLIP = 0.1  # the share of a straight-liner's answers that are evenly random


class CarelessKind(StrEnum):
    """How careless people answer: evenly at random, one option throughout but for slips, or half of them each."""

    RANDOM = "random"
    STRAIGHT_LINE = "straight-line"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Styles:
    """How people answer apart from what they are like.

    `acquiescence` is the standard deviation of yes-saying on statements. `careless` is the share of people who
    answer without reading, in the manner of `careless_kind`; a straight-liner lets one answer in ten slip.
    `faking` is the share who shift what they answer by one standard deviation: every statement towards its
    dimension, or, with `towards` a role's id, statements and trade-offs towards what speaks for that role.
    `misspecified` is the standard deviation of the items' true loadings around the assumed ones, `early` the
    share who finish somewhere between the pack's minimum and the end, and `extreme` the standard deviation, in
    logarithms, of how widely people use the scale.
    """

    acquiescence: float = 0.3
    careless: float = 0.0
    careless_kind: CarelessKind = CarelessKind.RANDOM
    faking: float = 0.0
    towards: str | None = None
    misspecified: float = 0.0
    early: float = 0.0
    extreme: float = 0.0


USUAL = Styles()
"""Attentive people with the yes-saying that the design assumes."""


@dataclass(frozen=True, slots=True)
class Respondents:
    """True traits `theta` (people, d), `answers` (people, items) of 1..5, 0 where somebody finished before, and
    who is `careless` and who is `faking` (people,)."""

    theta: Array
    answers: Answers
    careless: NDArray[np.bool_]
    faking: NDArray[np.bool_]


def respondents(pack: Pack, people: int, seed: int, styles: Styles = USUAL) -> Respondents:
    """People drawn from the pack's population. KeyError if `styles.towards` is no role of the pack."""
    # What every person has comes from one stream in one order, and each style from a stream of its own.
    rng = np.random.default_rng(seed)
    phi = np.array(pack.parameters.correlations)
    theta = rng.multivariate_normal(np.zeros(len(phi)), phi, size=people, method="cholesky")
    yes_saying = styles.acquiescence * rng.standard_normal(people)
    faking = rng.random(people) < styles.faking
    widths = np.exp(styles.extreme * _stream(seed, 2).standard_normal(people))
    deviations = styles.misspecified * _stream(seed, 3).standard_normal(len(pack.items))
    slopes, liked = _slopes(pack), _liked(pack, styles.towards)
    answers = np.empty((people, len(pack.items)), dtype=np.int8)
    for column, item in enumerate(pack.items):
        loading = float(np.clip(item.loading / _FIVE_CATEGORIES + deviations[column], *_LOADINGS))
        propensity = loading * (theta @ slopes[column]) + _FAKED * liked[column] * faking
        if isinstance(item, Statement):
            propensity += yes_saying
        # Logistic noise of the variance that the loading leaves: a logistic graded-response model.
        propensity += rng.logistic(scale=np.sqrt(3 * (1 - loading**2)) / np.pi, size=people)
        cuts = (np.array([1.5, 2.5, 3.5, 4.5]) - item.mean) * _USUAL_SD / item.sd
        answers[:, column] = 1 + np.searchsorted(cuts, propensity * widths)
    careless = rng.random(people) < styles.careless
    answers[careless] = _without_reading(rng, int(careless.sum()), len(pack.items), styles.careless_kind)
    early = _stream(seed, 4)
    last = early.integers(pack.minimum, max(len(pack.items), pack.minimum + 1), size=people)
    finished = np.where(early.random(people) < styles.early, last, len(pack.items))
    answers[np.arange(len(pack.items)) >= finished[:, None]] = 0
    return Respondents(theta, answers, careless, faking)


def _stream(seed: int, number: int) -> np.random.Generator:
    return np.random.default_rng([seed, number])


def _slopes(pack: Pack) -> Array:
    """What each item's propensity takes from each dimension (items, d), of variance 1 among people."""
    place = {dimension.id: at for at, dimension in enumerate(pack.dimensions)}
    slopes = np.zeros((len(pack.items), len(place)))
    for row, item in zip(slopes, pack.items, strict=True):
        if isinstance(item, Statement):
            row[place[item.dimension]] = item.key
        else:
            a, b = place[item.a], place[item.b]
            row[a], row[b] = np.array([-1, 1]) / np.sqrt(2 * (1 - pack.parameters.correlations[a][b]))
    return slopes


def _liked(pack: Pack, towards: str | None) -> Array:
    """Where a faking person shifts each item's answer (items,): to 5 with 1, to 1 with -1, or not at all with 0."""
    ids = pack.dimension_ids
    if towards is None:
        return np.array([item.key if isinstance(item, Statement) else 0.0 for item in pack.items])
    weights = {role.id: np.array([role.weights.get(id, 0.0) for id in ids]) for role in pack.roles}
    others = np.mean([row for role, row in weights.items() if role != towards], axis=0)
    speaks = dict(zip(ids, np.sign(weights[towards] - others).tolist(), strict=True))
    return np.array(
        [
            item.key * speaks[item.dimension] if isinstance(item, Statement) else (speaks[item.b] - speaks[item.a]) / 2
            for item in pack.items
        ]
    )


def _without_reading(rng: np.random.Generator, people: int, items: int, kind: CarelessKind) -> Answers:
    random = rng.integers(1, 6, size=(people, items)).astype(np.int8)
    if kind is CarelessKind.RANDOM:
        return random
    line = np.repeat(rng.integers(1, 6, size=(people, 1)), items, axis=1)
    straight = np.where(rng.random((people, items)) < _SLIP, random, line).astype(np.int8)
    if kind is CarelessKind.BOTH:
        straight[::2] = random[::2]
    return straight
