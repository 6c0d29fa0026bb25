"""Simulated people: what the measurement would do for persons whose true traits are known.

The answers come from a graded-response model (Samejima 1969) of this module's own: it reads the pack's
parameters and shares no code with the scorer, so an error in either shows in the figures.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from quiz.core.measure import Answers, Array, Measure
from quiz.core.outcome import FLAGS_THAT_WITHHOLD, LEANING
from quiz.core.pack import Pack, Statement
from quiz.core.quality import Flag, flags
from quiz.core.reliability import contrast_reliability

_FIVE_CATEGORIES = 0.95  # a loading on five options is .95 of the one on the continuous propensity behind them
_USUAL_SD = 1.01  # of an answer when cuts lie at 1.5, 2.5, 3.5, 4.5 and the propensity has variance 1
_FAKED = 1.0  # standard deviations that a faking person adds to every statement, towards its dimension
_LENGTHS = (14, 20, 26)
_BINS = 10
_FLAGGED_PEOPLE = 2000  # flags are judged person by person; so many give a small share to about .002


@dataclass(frozen=True, slots=True)
class Styles:
    """How people answer apart from what they are like.

    `acquiescence` is the standard deviation of yes-saying on statements; `careless` the share of people who
    answer evenly at random; `faking` the share who shift every statement one standard deviation towards its
    dimension.
    """

    acquiescence: float = 0.3
    careless: float = 0.0
    faking: float = 0.0


USUAL = Styles()
"""Attentive people with the yes-saying that the design assumes."""


@dataclass(frozen=True, slots=True)
class Respondents:
    """True traits `theta` (people, d), `answers` (people, items) of 1..5 and who is `careless` (people,)."""

    theta: Array
    answers: Answers
    careless: NDArray[np.bool_]


def respondents(pack: Pack, people: int, seed: int, styles: Styles = USUAL) -> Respondents:
    """People drawn from the pack's population, always the same for the same `seed`, whatever their styles."""
    rng = np.random.default_rng(seed)
    phi = np.array(pack.parameters.correlations)
    theta = rng.multivariate_normal(np.zeros(len(phi)), phi, size=people, method="cholesky")
    yes_saying = styles.acquiescence * rng.standard_normal(people)
    faked = _FAKED * (rng.random(people) < styles.faking)
    place = {dimension.id: at for at, dimension in enumerate(pack.dimensions)}
    answers = np.empty((people, len(pack.items)), dtype=np.int8)
    for column, item in enumerate(pack.items):
        loading = min(item.loading / _FIVE_CATEGORIES, 0.99)
        if isinstance(item, Statement):
            propensity = item.key * (loading * theta[:, place[item.dimension]] + faked) + yes_saying
        else:
            a, b = place[item.a], place[item.b]
            propensity = loading * (theta[:, b] - theta[:, a]) / np.sqrt(2 * (1 - phi[a, b]))
        # Logistic noise of the variance that the loading leaves: a logistic graded-response model.
        noise = rng.logistic(scale=np.sqrt(3 * (1 - loading**2)) / np.pi, size=people)
        cuts = (np.array([1.5, 2.5, 3.5, 4.5]) - item.mean) * _USUAL_SD / item.sd
        answers[:, column] = 1 + np.searchsorted(cuts, propensity + noise)
    random = rng.random(people) < styles.careless
    answers[random] = rng.integers(1, 6, size=(int(random.sum()), len(pack.items)))
    return Respondents(theta, answers, random)


@dataclass(frozen=True, slots=True)
class Length:
    """How the pack's first `questions` items do: the contrast's reliability, and shares of people."""

    questions: int
    reliability: float
    accuracy: float
    called: float
    accuracy_when_called: float


@dataclass(frozen=True, slots=True)
class Report:
    """What the measurement does for simulated people. Shares are from 0 to 1; nan where nobody was called.

    `accuracy`: the leading role is truly the best. `called`: its probability reaches .80, so it would be
    named. `brier` and `calibration_error` (ten bins, weighted by people) are of the leading role's
    probability; `coverage` is of the 90 % interval of the first role's contrast over the second.
    `reliability` is the model's ρ, of the least reliable pair of roles. `flagged` and `withheld` are shares
    of the attentive; `withheld_careless` is the share of people who answer evenly at random that would be
    withheld, judged on such people alone, so that it does not depend on how many of them there are.
    """

    people: int
    seed: int
    reliability: float
    accuracy: float
    called: float
    accuracy_when_called: float
    brier: float
    calibration_error: float
    coverage: float
    lengths: tuple[Length, ...]
    flagged: Mapping[Flag, float]
    withheld: float
    withheld_careless: float


def report(
    measure: Measure,
    people: int = 20_000,
    seed: int = 1,
    styles: Styles = USUAL,
    *,
    doubtful: bool = False,
) -> Report:
    """Score simulated people and compare with their true traits; always the same for the same `seed`.

    A person's true best role follows from the pack's weights; with `doubtful` from weights drawn around
    them by the pack's doubt (τ), as the probabilities and intervals assume: only then should they be
    exactly calibrated.
    """
    drawn = respondents(measure.pack, people, seed, styles)
    values = _true_values(measure.pack, drawn.theta, seed if doubtful else None)
    truly_best = values.argmax(axis=1)
    lengths = [
        _length(measure, drawn.answers, questions, truly_best)
        for questions in sorted({*_LENGTHS, len(measure.pack.items)})
        if questions <= len(measure.pack.items)
    ]
    whole, table = lengths[-1], measure.score_many(drawn.answers)
    probability = table.best.max(axis=1)
    right = table.best.argmax(axis=1) == truly_best
    difference = (values[:, 0] - values[:, 1]) / _spread(measure.pack)
    reach = NormalDist().inv_cdf(0.95) * table.sd
    attentive = _flags(measure, drawn.answers[~drawn.careless])
    at_random = respondents(measure.pack, min(people, _FLAGGED_PEOPLE), seed, Styles(careless=1)).answers
    return Report(
        people=people,
        seed=seed,
        reliability=whole.reliability,
        accuracy=whole.accuracy,
        called=whole.called,
        accuracy_when_called=whole.accuracy_when_called,
        brier=float(np.mean((probability - right) ** 2)),
        calibration_error=_calibration_error(probability, right),
        coverage=float(np.mean(np.abs(difference - table.mean) <= reach)),
        lengths=tuple(lengths),
        flagged={flag: _share(np.array([flag in raised for raised in attentive])) for flag in Flag},
        withheld=_withheld(attentive),
        withheld_careless=_withheld(_flags(measure, at_random)),
    )


def _weights(pack: Pack) -> Array:
    return np.array([[role.weights.get(id, 0.0) for id in pack.dimension_ids] for role in pack.roles])


def _spread(pack: Pack) -> float:
    """The standard deviation, among people, of the first role's value less the second's."""
    weights = _weights(pack)
    difference = weights[0] - weights[1]
    return float(np.sqrt(difference @ np.array(pack.parameters.correlations) @ difference))


def _true_values(pack: Pack, theta: Array, doubt_seed: int | None) -> Array:
    """What each role is worth to each person (people, roles): W θ, each with an own W given a seed."""
    weights = _weights(pack)
    values: Array = theta @ weights.T
    if doubt_seed is not None:
        # Each of two roles carries half of the variance that the doubt gives to their difference.
        width = np.array(pack.parameters.doubt) * _spread(pack) / np.sqrt(2)
        rng = np.random.default_rng([doubt_seed, 1])
        for role in range(len(weights)):
            values[:, role] += (rng.standard_normal(theta.shape) * width * theta).sum(axis=1)
    return values


def _length(measure: Measure, answers: Answers, questions: int, truly_best: NDArray[np.intp]) -> Length:
    first = answers.copy()
    first[:, questions:] = 0
    best = measure.score_many(first).best
    right, called = best.argmax(axis=1) == truly_best, best.max(axis=1) >= LEANING
    return Length(
        questions=questions,
        reliability=contrast_reliability(measure, measure.pack.item_ids[:questions]),
        accuracy=float(right.mean()),
        called=float(called.mean()),
        accuracy_when_called=_share(right[called]),
    )


def _calibration_error(probability: Array, right: NDArray[np.bool_]) -> float:
    """Expected calibration error: how far stated and actual accuracy lie apart, weighted by people."""
    bins = np.minimum((probability * _BINS).astype(int), _BINS - 1)
    gaps = np.bincount(bins, weights=probability - right, minlength=_BINS)
    return float(np.abs(gaps).sum() / len(probability))


def _flags(measure: Measure, answers: Answers) -> list[tuple[Flag, ...]]:
    """The flags of each of the first people."""
    ids = measure.pack.item_ids
    return [flags(measure, dict(zip(ids, row, strict=True)), {}) for row in answers[:_FLAGGED_PEOPLE].tolist()]


def _withheld(seen: Sequence[tuple[Flag, ...]]) -> float:
    return _share(np.array([len(raised) >= FLAGS_THAT_WITHHOLD for raised in seen]))


def _share(true: NDArray[np.bool_]) -> float:
    return float(true.mean()) if true.size else float("nan")
