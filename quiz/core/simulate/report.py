"""What the measurement does for simulated people: how often it is right, how sure it says it is, whom it withholds."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from quiz.core.measure import Answers, Array, Measure, ScoreTable
from quiz.core.outcome import FLAGS_THAT_WITHHOLD, LEANING, WITHHOLD_ALONE
from quiz.core.pack import Pack
from quiz.core.quality import Flag, flags_many
from quiz.core.reliability import contrast_reliability
from quiz.core.simulate.people import USUAL, Respondents, Styles, respondents

STEPS = 3
"""From the pack's minimum to all of its questions; the numbers of questions reported lie so many steps apart."""
BIN = 0.05
"""The width of the bins in which stated and actual accuracy are compared."""

Those = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Length:
    """How the pack's first `questions` items do: the contrast's reliability, and shares of people."""

    questions: int
    reliability: float
    accuracy: float
    called: float
    accuracy_when_called: float


@dataclass(frozen=True, slots=True)
class Bin:
    """The people whose leading role has a probability from `low` to `high`: its mean, and how often it was right."""

    low: float
    high: float
    people: int
    stated: float
    right: float


@dataclass(frozen=True, slots=True)
class Report:
    """What the measurement does for simulated people. Shares are from 0 to 1; nan where nobody was called.

    `accuracy`: the leading role is truly the best. `called`: its probability reaches .80 and response quality
    does not withhold it, so it would be named; the pack's minimum is left aside. `brier`, `calibration` and
    `calibration_error` (bins of .05, weighted by people) are of the leading role's probability; `coverage` is of
    the 90 % interval of the first role's contrast over the second, of these two alone where there are more.
    `reliability` is the model's ρ, of the least reliable pair of roles. `flagged`, `flagged_any` and `withheld`
    are shares of the attentive; `withheld_careless` is the share of careless people whom the rules withhold and
    `called_careless` of those who are named a role nonetheless, both judged on such people alone, so that they do
    not depend on how many of them there are. `aim_reached` is the share of faking people who are named the role
    that they aim at, and `aim_otherwise` of the same people who are named it when they do not fake; nan without
    such people.
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
    calibration: tuple[Bin, ...]
    flagged: Mapping[Flag, float]
    flagged_any: float
    withheld: float
    withheld_careless: float
    called_careless: float
    aim_reached: float
    aim_otherwise: float


@dataclass(frozen=True, slots=True)
class Judged:
    """A table of people as the product would judge it: figures, flags, who is withheld and who is named a role."""

    scores: ScoreTable
    flags: Mapping[Flag, Those]
    withheld: Those
    called: Those

    def named(self, role: int) -> Those:
        """Who is named the role at this place of the pack (people,)."""
        named: Those = self.called & (self.scores.best.argmax(axis=1) == role)
        return named


def judged(measure: Measure, answers: Answers, questions: int | None = None) -> Judged:
    """Judge people by the first `questions` items, or by all that they answered."""
    table = answers.copy()
    table[:, len(measure.pack.items) if questions is None else questions :] = 0
    scores, flags = measure.score_many(table), flags_many(measure, table)
    raised = np.sum([flags[flag] for flag in Flag], axis=0)
    withheld = np.any([flags[flag] for flag in Flag if flag in WITHHOLD_ALONE], axis=0)
    withheld |= raised >= FLAGS_THAT_WITHHOLD
    return Judged(scores, flags, withheld, (scores.leading >= LEANING) & ~withheld)


def report(
    measure: Measure,
    people: int = 20_000,
    seed: int = 1,
    styles: Styles = USUAL,
    *,
    doubtful: bool = False,
    lengths: Collection[int] | None = None,
) -> Report:
    """Score simulated people and compare with their true traits; always the same for the same `seed`.

    A person's true best role follows from the pack's weights; with `doubtful` from weights drawn around
    them by the pack's doubt (τ), as the probabilities and intervals of two roles assume: only then should
    these be exactly calibrated. With more roles nothing of the kind is promised: P(best) leaves the doubt
    out, and the drawn weights are to the scale of the first two roles' contrast. `lengths` are the numbers of
    questions to report besides all of them, by default `lengths_of` the pack.
    KeyError if `styles.towards` is no role of the pack.
    """
    drawn = respondents(measure.pack, people, seed, styles)
    values = _true_values(measure.pack, drawn.theta, seed if doubtful else None)
    truly_best, items = values.argmax(axis=1), len(measure.pack.items)
    whole = judged(measure, drawn.answers)
    shorter = [
        _length(measure, count, judged(measure, drawn.answers, count), truly_best)
        for count in sorted(set(lengths_of(measure.pack) if lengths is None else lengths))
        if count < items
    ]
    complete = _length(measure, items, whole, truly_best)
    probability, right = whole.scores.leading, whole.scores.best.argmax(axis=1) == truly_best
    calibration = _calibration(probability, right)
    difference = (values[:, 0] - values[:, 1]) / _spread(measure.pack)
    reach = NormalDist().inv_cdf(0.95) * whole.scores.sd
    attentive = ~drawn.careless
    alone = _careless_alone(measure, people, seed, styles)
    return Report(
        people=people,
        seed=seed,
        reliability=complete.reliability,
        accuracy=complete.accuracy,
        called=complete.called,
        accuracy_when_called=complete.accuracy_when_called,
        brier=float(np.mean((probability - right) ** 2)),
        calibration_error=sum(part.people * abs(part.stated - part.right) for part in calibration) / people,
        coverage=float(np.mean(np.abs(difference - whole.scores.mean) <= reach)),
        lengths=(*shorter, complete),
        calibration=calibration,
        flagged={flag: share(whole.flags[flag][attentive]) for flag in Flag},
        flagged_any=share(np.any(list(whole.flags.values()), axis=0)[attentive]),
        withheld=share(whole.withheld[attentive]),
        withheld_careless=share(alone.withheld),
        called_careless=share(alone.called),
        **_aims(measure, drawn, whole, seed, styles),
    )


def lengths_of(pack: Pack) -> tuple[int, ...]:
    """The pack's minimum, with which a result is first given, and those between it and all questions."""
    items = len(pack.items)
    return tuple(round(pack.minimum + (items - pack.minimum) * step / STEPS) for step in range(STEPS))


def share(those: Those) -> float:
    """The share of true ones; nan of nobody."""
    return float(those.mean()) if those.size else float("nan")


def _careless_alone(measure: Measure, people: int, seed: int, styles: Styles) -> Judged:
    manner = Styles(careless=1, careless_kind=styles.careless_kind, early=styles.early)
    return judged(measure, respondents(measure.pack, people, seed, manner).answers)


def _aims(measure: Measure, drawn: Respondents, whole: Judged, seed: int, styles: Styles) -> dict[str, float]:
    if styles.towards is None or not styles.faking:
        return {"aim_reached": float("nan"), "aim_otherwise": float("nan")}
    role = measure.pack.role_ids.index(styles.towards)
    honest = judged(measure, respondents(measure.pack, len(drawn.theta), seed, _honest(styles)).answers)
    reached, otherwise = (share(people.named(role)[drawn.faking]) for people in (whole, honest))
    return {"aim_reached": reached, "aim_otherwise": otherwise}


def _honest(styles: Styles) -> Styles:
    kept = ("acquiescence", "careless", "careless_kind", "misspecified", "early", "extreme")
    return Styles(**{name: getattr(styles, name) for name in kept})


def _weights(pack: Pack) -> Array:
    return np.array([[role.weights.get(id, 0.0) for id in pack.dimension_ids] for role in pack.roles])


def _spread(pack: Pack) -> float:
    """The standard deviation, among people, of the first role's value less the second's."""
    weights = _weights(pack)
    difference = weights[0] - weights[1]
    return float(np.sqrt(difference @ np.array(pack.parameters.correlations) @ difference))


def _true_values(pack: Pack, theta: Array, doubt_seed: int | None) -> Array:
    """What each role is worth to each person (people, roles): W θ, each with an own W given a seed.

    τ is in units of the contrast of the first two roles, the only one where there are two.
    """
    weights = _weights(pack)
    values: Array = theta @ weights.T
    if doubt_seed is not None:
        # Each of two roles carries half of the variance that the doubt gives to their difference.
        width = np.array(pack.parameters.doubt) * _spread(pack) / np.sqrt(2)
        rng = np.random.default_rng([doubt_seed, 1])
        for role in range(len(weights)):
            values[:, role] += (rng.standard_normal(theta.shape) * width * theta).sum(axis=1)
    return values


def _length(measure: Measure, questions: int, people: Judged, truly_best: NDArray[np.intp]) -> Length:
    right = people.scores.best.argmax(axis=1) == truly_best
    return Length(
        questions=questions,
        reliability=contrast_reliability(measure, measure.pack.item_ids[:questions]),
        accuracy=share(right),
        called=share(people.called),
        accuracy_when_called=share(right[people.called]),
    )


def _calibration(probability: Array, right: Those) -> tuple[Bin, ...]:
    """Stated and actual accuracy side by side, a bin at a time; empty bins are left out."""
    count = round(1 / BIN)
    places = np.minimum((probability / BIN).astype(int), count - 1)
    return tuple(
        Bin(
            low=round(place * BIN, 2),
            high=round((place + 1) * BIN, 2),
            people=int((places == place).sum()),
            stated=float(probability[places == place].mean()),
            right=float(right[places == place].mean()),
        )
        for place in np.unique(places).tolist()
    )
