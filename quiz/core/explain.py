"""Why the outcome is what it is: the answers that weighed most, what would turn it, strengths, gaps."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np

from quiz.core import normal
from quiz.core.measure import Measure, ScoreTable
from quiz.core.outcome import (
    NAMED,
    Contrast,
    Kind,
    Outcome,
    Scores,
    accuracy_ceiling,
    classify,
    decide,
)
from quiz.core.pack import ANSWERS, Pack
from quiz.core.reliability import contrast_reliability

STRENGTH_POINTS = 53.0
"""From here a trait counts as a strength, on the scale of mean 50 and standard deviation 10."""
HIGH_POINTS = 55.0
LOW_POINTS = 45.0
"""Half a standard deviation above and below the average part high, middling and low."""

Band = Literal["high", "middling", "low"]


class Contribution(NamedTuple):
    """What one answer added to the contrast: above 0 for its first role, below for its second."""

    item: str
    value: float


@dataclass(frozen=True, slots=True)
class Change:
    """One answer changed, from `answer` to `new`."""

    item: str
    answer: int
    new: int

    @property
    def steps(self) -> int:
        """How many points apart the two answers are."""
        return abs(self.new - self.answer)


@dataclass(frozen=True, slots=True)
class Turning:
    """The small `changes` after which the outcome would be `outcome`; none where nothing small turns it."""

    changes: tuple[Change, ...]
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Prospect:
    """Reliability and best possible accuracy, now and with every item answered."""

    answered: int
    total: int
    reliability_now: float
    reliability_then: float
    accuracy_now: float
    accuracy_then: float


def strongest(contrast: Contrast, count: int = 5) -> tuple[Contribution, ...]:
    """The contributions that weighed most, by absolute size, none of them 0; equal ones in the pack's order."""
    weighing = [Contribution(item, value) for item, value in contrast.contributions.items() if value]
    return tuple(sorted(weighing, key=lambda contribution: -abs(contribution.value))[:count])


def band(points: float) -> Band:
    """In words: high from 55 points, low up to 45, middling between."""
    if points >= HIGH_POINTS:
        return "high"
    return "low" if points <= LOW_POINTS else "middling"


def strengths(pack: Pack, scores: Scores, role: str | None, count: int = 3) -> tuple[str, ...]:
    """The dimensions with the highest trait scores from 53 points; those that weigh in `role` come first.

    None of them is in `development`, whatever the counts. Equal scores keep the pack's order.
    """
    weighing, to_develop = _weighing(pack, role), _to_develop(pack, scores, role)
    high = [
        dimension
        for dimension in pack.dimension_ids
        if scores.traits[dimension].points >= STRENGTH_POINTS and dimension not in to_develop
    ]
    high.sort(key=lambda dimension: (dimension not in weighing, -scores.traits[dimension].score))
    return tuple(high[:count])


def development(pack: Pack, scores: Scores, role: str | None, count: int = 3) -> tuple[str, ...]:
    """The dimensions with the lowest trait scores among those that weigh in `role`, or in any for None.

    Below 53 points; where all are above, the single lowest, so that there is always something to work on.
    """
    return tuple(_to_develop(pack, scores, role)[:count])


def _weighing(pack: Pack, role: str | None) -> list[str]:
    """The dimensions, in the pack's order, with weight in `role`, or in any. KeyError for an unknown role."""
    if role is not None and role not in pack.role_ids:
        raise KeyError(f"pack {pack.id!r} has no role {role!r}")
    profiles = [each.weights for each in pack.roles if role in (None, each.id)]
    return [dimension for dimension in pack.dimension_ids if any(profile.get(dimension) for profile in profiles)]


def _to_develop(pack: Pack, scores: Scores, role: str | None) -> list[str]:
    rising = sorted(_weighing(pack, role), key=lambda dimension: scores.traits[dimension].score)
    return [dimension for dimension in rising if scores.traits[dimension].points < STRENGTH_POINTS] or rising[:1]


def prospect(measure: Measure, answered_ids: Iterable[str]) -> Prospect:
    """What the remaining questions would buy; with several roles, for the pair hardest to tell apart."""
    answered, every = frozenset(answered_ids), measure.pack.item_ids
    now, then = contrast_reliability(measure, answered), contrast_reliability(measure, every)
    return Prospect(len(answered), len(every), now, then, accuracy_ceiling(now), accuracy_ceiling(then))


def turning_points(measure: Measure, answers: Mapping[str, int], outcome: Outcome, flags: Collection[str]) -> Turning:
    """The smallest change of one answer, else of two, that would turn the outcome's kind or role.

    Smallest in points of the answer scale; among equals the one that moves the probabilities most, then the
    pack's order. Two are sought greedily, beginning with the one that moves the leading role most, down or
    up. `flags` are taken as they are, and a withheld result has no turning. Every turning is confirmed by
    `decide`. One or two milliseconds with two roles; with more, tens.
    """
    if outcome.kind is Kind.NONE:
        return Turning((), outcome)
    singles: list[tuple[Change, ...]] = [
        (Change(item, answers[item], new),)
        for item in measure.pattern(answers).ids
        for new in ANSWERS
        if new != answers[item]
    ]
    # The unchanged answers come first, to compare the others with.
    candidates = [(), *singles]
    table = _score(measure, answers, candidates)
    turning = _smallest(measure, answers, candidates, table, outcome, flags)
    if turning is None:
        leading = table.best[:, int(table.best[0].argmax())]
        openings = [candidates[place][0] for place in (leading.argmin(), leading.argmax()) if place]
        candidates = [
            (),
            *((opening, *single) for opening in openings for single in singles if single[0].item != opening.item),
        ]
        table = _score(measure, answers, candidates)
        turning = _smallest(measure, answers, candidates, table, outcome, flags)
    return turning or Turning((), outcome)


def _score(measure: Measure, answers: Mapping[str, int], candidates: Sequence[tuple[Change, ...]]) -> ScoreTable:
    """The figures of the answers after each candidate's changes, one row a candidate."""
    position = measure.pack.position
    now = np.zeros(len(position), dtype=np.int8)
    now[[position[item] for item in answers]] = list(answers.values())
    table = np.tile(now, (len(candidates), 1))
    for row, changes in zip(table, candidates, strict=True):
        for change in changes:
            row[position[change.item]] = change.new
    return measure.score_many(table)


def _smallest(
    measure: Measure,
    answers: Mapping[str, int],
    candidates: Sequence[tuple[Change, ...]],
    table: ScoreTable,
    outcome: Outcome,
    flags: Collection[str],
) -> Turning | None:
    """The first candidate, from the smallest, whose changes turn the outcome."""
    moved = np.abs(table.best - table.best[0]).max(axis=1).tolist()
    turned = [
        place
        for place, (kind, role) in enumerate(_verdicts(measure.pack, table))
        if (kind, role) != (outcome.kind, outcome.role)
    ]
    turned.sort(key=lambda place: (sum(change.steps for change in candidates[place]), -moved[place], place))
    for place in turned:
        changed = {**answers, **{change.item: change.new for change in candidates[place]}}
        after = decide(measure.pack, measure.score(changed), flags)
        if (after.kind, after.role) != (outcome.kind, outcome.role):
            return Turning(candidates[place], after)
    return None


def _verdicts(pack: Pack, table: ScoreTable) -> Iterator[tuple[Kind, str | None]]:
    """The kind, and the role that it names, of every row."""
    roles = pack.role_ids
    rows = zip(table.best.tolist(), table.leading.tolist(), (table.fits / table.fit_se).tolist(), strict=True)
    for best, leading, fits in rows:
        first, second, *_ = sorted(range(len(roles)), key=best.__getitem__, reverse=True)
        chances = [normal.cdf(fit) for fit in fits]
        kind = classify(leading, (chances[first], chances[second]), chances)
        yield kind, roles[first] if kind in NAMED else None
