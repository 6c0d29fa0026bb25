"""Response quality: signs that answers may not reflect the person. A flag informs and never accuses."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from enum import StrEnum
from itertools import groupby
from statistics import median

import numpy as np

from quiz.core.measure import Array, Measure, Pattern
from quiz.core.pack import ANSWERS, Statement

JUDGED_FROM = 6
"""Fewer answers than this show no pattern worth a flag."""
KIND_JUDGED_FROM = 10
"""Statements or trade-offs alone are judged constant only from so many. At six, 4 % of attentive people were."""
HURRIED_SECONDS = 2.0
"""Below this median time an item is answered faster than it can be read (the design's figure)."""
TIMED_SHARE = 0.5
"""The share of answered items whose times must be known before hurry is judged."""
STRAIGHT_SHARE = 0.5
"""A run of one option over this share of the answered items is a straight line (the design's figure)."""
CONSTANT_SHARE = 0.8
"""From this share of one option, over all items or one kind of them, answers are nearly constant.

By simulation: .4 % of attentive people with the whole form, 2 % after fourteen questions.
"""
CONTRADICTION_POINTS = 5
"""From so many points of opposition, summed over mirrored pairs, answers contradict one another.

By simulation: 1 % of attentive people, 23 % of random ones, everybody on one side of three mirrored pairs.
"""
MISFIT_DEVIATIONS = 2.5
"""From so many nominal standard deviations answers fit the model badly.

By simulation: answers in five steps deviate less than normal ones would (.89 of the nominal deviation), so
that fewer than .5 % of attentive people reach it.
"""


class Flag(StrEnum):
    """What can be noticed in a set of answers; the order is the one in which flags are listed."""

    HURRIED = "hurried"
    STRAIGHT_LINE = "straight-line"
    CONTRADICTORY = "contradictory"
    CONSTANT = "constant"
    RANDOM = "random"


def flags(measure: Measure, answers: Mapping[str, int], seconds: Mapping[str, float]) -> tuple[Flag, ...]:
    """The flags that `answers` and the `seconds` spent on items raise, in the order of `Flag`.

    `seconds` may lack items. KeyError for an unknown item, ValueError for an answer outside 1..5.
    """
    pattern = measure.pattern(answers)
    if len(pattern.ids) < JUDGED_FROM:
        return ()
    signs = {
        Flag.HURRIED: _hurried(pattern, seconds),
        Flag.STRAIGHT_LINE: _straight_line(pattern, answers),
        Flag.CONTRADICTORY: contradiction(measure, answers) >= CONTRADICTION_POINTS,
        Flag.CONSTANT: _constant(measure, pattern, answers),
        Flag.RANDOM: _random(measure, pattern, answers),
    }
    return tuple(flag for flag, seen in signs.items() if seen)


def _hurried(pattern: Pattern, seconds: Mapping[str, float]) -> bool:
    times = [seconds[item] for item in pattern.ids if item in seconds]
    return len(times) >= TIMED_SHARE * len(pattern.ids) and median(times) < HURRIED_SECONDS


def _straight_line(pattern: Pattern, answers: Mapping[str, int]) -> bool:
    longest = max(len(list(run)) for _, run in groupby(answers[item] for item in pattern.ids))
    return longest >= STRAIGHT_SHARE * len(pattern.ids)


def _constant(measure: Measure, pattern: Pattern, answers: Mapping[str, int]) -> bool:
    values = [answers[item] for item in pattern.ids]
    is_statement = [isinstance(measure.pack.items[place], Statement) for place in pattern.places]
    statements = [value for value, yes in zip(values, is_statement, strict=True) if yes]
    trade_offs = [value for value, yes in zip(values, is_statement, strict=True) if not yes]
    return any(
        len(group) >= enough and max(map(group.count, ANSWERS)) >= CONSTANT_SHARE * len(group)
        for group, enough in (
            (values, JUDGED_FROM),
            (statements, KIND_JUDGED_FROM),
            (trade_offs, KIND_JUDGED_FROM),
        )
    )


def contradiction(measure: Measure, answers: Mapping[str, int]) -> int:
    """The points between the two answers of each mirrored pair that leans opposite ways, summed."""
    total = 0
    for one, other, same in _mirrored(measure):
        if one in answers and other in answers:
            first, second = answers[one] - 3, same * (answers[other] - 3)
            total += abs(first - second) if first * second < 0 else 0
    return total


def _mirrored(measure: Measure) -> Iterator[tuple[str, str, int]]:
    """Each pair of items that name each other, and 1 if the same answer means the same on both, else -1."""
    position = measure.pack.position
    for item in measure.pack.items:
        other = item.mirror
        if other is not None and other in position and position[item.id] < position[other]:
            i, j = position[item.id], position[other]
            meaning = (measure.key[i] * measure.h[i]) @ (measure.key[j] * measure.h[j])
            yield item.id, other, int(np.sign(meaning))


def _random(measure: Measure, pattern: Pattern, answers: Mapping[str, int]) -> bool:
    """Whether answers fit badly and hang together no better than unrelated answers of the same spread would.

    The second condition spares people who like the ends of the scale: their distance is large though
    consistent.
    """
    z = measure.standardised(pattern, answers)
    unrelated = float(np.trace(pattern.precision)) / len(z) * float(z @ z)
    return misfit(pattern, z) >= MISFIT_DEVIATIONS and float(z @ pattern.precision @ z) >= unrelated


def misfit(pattern: Pattern, z: Array) -> float:
    """How much farther from the average the answers `z` (n,) lie than the model expects, in its standard
    deviations.

    The squared Mahalanobis distance z'S⁻¹z has mean n and variance 2n under the model (person fit: Reise and
    Widaman 1999, "Assessing the fit of measurement models at the individual level").
    """
    n = len(z)
    return (float(z @ pattern.precision @ z) - n) / math.sqrt(2 * n)
