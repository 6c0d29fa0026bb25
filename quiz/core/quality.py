"""Response quality: signs that answers may not reflect the person. A flag informs and never accuses.

Every rule stands twice: for one attempt, in plain steps, and for a table of people at once. A test holds the two
against each other. `quiz.core.outcome.withholds` says which flags withhold a result.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from itertools import groupby
from statistics import median

import numpy as np
from numpy.typing import NDArray

from quiz.core import chance
from quiz.core.alike import alike
from quiz.core.measure import Answers, Array, Measure, Pattern
from quiz.core.pack import ANSWERS, Statement

Seen = NDArray[np.bool_]

JUDGED_FROM = 6
"""Fewer answers than this show no pattern worth a flag."""
HURRIED_SECONDS = 2.0
"""Below this median time an item is answered faster than it can be read (the design's figure)."""
TIMED_SHARE = 0.5
"""The share of answered items whose times must be known before hurry is judged."""
STRAIGHT_SHARE = 0.5
"""A run of one option over this share of the answered items is a straight line (the design's figure)."""
STRAIGHT_FROM = 10
"""A shorter run is no line: of fourteen attentive answers, seven are alike in a row for one person in two hundred."""
CONSTANT_SHARE = 0.8
"""From this share of one option answers are nearly constant: over all items a straight line, over one kind a sign."""
CONSTANT_FROM = 12
"""Fewer answers, of one kind or of all, are not judged nearly constant: of ten statements, eight are alike for one
attentive person in a hundred."""
CONTRADICTION_POINTS = 6
"""From so many points of opposition, summed over mirrored pairs, answers contradict one another …"""
CONTRADICTION_MEAN = 2.0
"""… if it is so many for each answered pair, as with somebody who takes one side throughout."""
CHANCE_ODDS = 10.0
"""From so many times likelier at random than from anybody, in whatever manner, answers are close to chance."""


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
    values = [answers[item] for item in pattern.ids]
    if not set(values) <= set(ANSWERS):
        raise ValueError(f"answers must be 1, 2, 3, 4 or 5, and these are not: {sorted(set(values) - set(ANSWERS))}")
    signs = {
        Flag.HURRIED: _hurried(pattern, seconds),
        Flag.STRAIGHT_LINE: _straight_line(values),
        Flag.CONTRADICTORY: _contradictory(_opposed(measure, answers)),
        Flag.CONSTANT: any(map(_nearly_constant, _by_kind(measure, pattern, values))),
        Flag.RANDOM: _random_rows(measure, pattern, np.array([values]))[0],
    }
    return tuple(flag for flag, seen in signs.items() if seen)


def flags_many(measure: Measure, table: Answers, seconds: Array | None = None) -> Mapping[Flag, Seen]:
    """For each flag who raises it (people,).

    `table` (people, items) is in the pack's order with 0 for unanswered, `seconds` of the same shape with nan
    where a time is not known; without `seconds` nobody hurries. ValueError for another shape or value.
    """
    people, items = len(table), len(measure.pack.items)
    if table.shape != (people, items) or (table.size and not 0 <= table.min() <= table.max() <= max(ANSWERS)):
        raise ValueError(f"the table must be (people, {items}) of 0 (unanswered) and 1..5")
    raised = {flag: np.zeros(people, dtype=np.bool_) for flag in Flag}
    for rows, places in alike(table > 0):
        if len(places) < JUDGED_FROM:
            continue
        pattern = measure.pattern(measure.pack.item_ids[place] for place in places)
        values = table[np.ix_(rows, places)]
        if seconds is not None:
            raised[Flag.HURRIED][rows] = _hurried_rows(seconds[np.ix_(rows, places)])
        raised[Flag.STRAIGHT_LINE][rows] = _straight_line_rows(values)
        raised[Flag.CONTRADICTORY][rows] = _contradictory_rows(measure, places, table[rows])
        for kind in (True, False):
            group = [place for place in places if isinstance(measure.pack.items[place], Statement) is kind]
            raised[Flag.CONSTANT][rows] |= _nearly_constant_rows(table[np.ix_(rows, group)])
        raised[Flag.RANDOM][rows] = _random_rows(measure, pattern, values)
    return raised


def _hurried(pattern: Pattern, seconds: Mapping[str, float]) -> bool:
    times = [seconds[item] for item in pattern.ids if item in seconds]
    return len(times) >= TIMED_SHARE * len(pattern.ids) and median(times) < HURRIED_SECONDS


def _hurried_rows(seconds: Array) -> Seen:
    timed = (~np.isnan(seconds)).sum(axis=1) >= TIMED_SHARE * seconds.shape[1]
    hurried = np.zeros(len(seconds), dtype=np.bool_)
    hurried[timed] = np.nanmedian(seconds[timed], axis=1) < HURRIED_SECONDS
    return hurried


def _straight_line(values: Sequence[int]) -> bool:
    longest = max(len(list(run)) for _, run in groupby(values))
    return longest >= max(STRAIGHT_FROM, STRAIGHT_SHARE * len(values)) or _nearly_constant(values)


def _straight_line_rows(values: Answers) -> Seen:
    longest = run = np.ones(len(values))
    for before, after in zip(values.T, values.T[1:], strict=False):
        run = np.where(before == after, run + 1, 1)
        longest = np.maximum(longest, run)
    straight: Seen = longest >= max(STRAIGHT_FROM, STRAIGHT_SHARE * values.shape[1])
    return straight | _nearly_constant_rows(values)


def _nearly_constant(values: Sequence[int]) -> bool:
    most = max(map(values.count, ANSWERS))
    return len(values) >= CONSTANT_FROM and most >= CONSTANT_SHARE * len(values)


def _nearly_constant_rows(values: Answers) -> Seen:
    most = np.array([(values == answer).sum(axis=1) for answer in ANSWERS]).max(axis=0)
    constant: Seen = (most >= CONSTANT_SHARE * values.shape[1]) & (values.shape[1] >= CONSTANT_FROM)
    return constant


def _by_kind(measure: Measure, pattern: Pattern, values: Sequence[int]) -> tuple[list[int], list[int]]:
    groups: tuple[list[int], list[int]] = ([], [])
    for place, value in zip(pattern.places.tolist(), values, strict=True):
        groups[isinstance(measure.pack.items[place], Statement)].append(value)
    return groups


def _opposed(measure: Measure, answers: Mapping[str, int]) -> list[int]:
    """The points between the two answers of each answered mirrored pair: 0 where they do not lean opposite ways."""
    ids, points = measure.pack.item_ids, []
    for one, other, same in _mirrored(measure):
        if ids[one] in answers and ids[other] in answers:
            first, second = answers[ids[one]] - 3, same * (answers[ids[other]] - 3)
            points.append(abs(first - second) if first * second < 0 else 0)
    return points


def _contradictory(points: Sequence[int]) -> bool:
    return sum(points) >= max(CONTRADICTION_POINTS, CONTRADICTION_MEAN * len(points))


def _contradictory_rows(measure: Measure, places: NDArray[np.intp], table: Answers) -> Seen:
    total, pairs = np.zeros(len(table)), 0
    for one, other, same in _mirrored(measure):
        if {one, other} <= set(places.tolist()):
            first, second = table[:, one] - 3, same * (table[:, other] - 3)
            total += np.where(first * second < 0, np.abs(first - second), 0)
            pairs += 1
    contradictory: Seen = total >= max(CONTRADICTION_POINTS, CONTRADICTION_MEAN * pairs)
    return contradictory


def _mirrored(measure: Measure) -> Iterator[tuple[int, int, int]]:
    """The places of each pair of items that name each other; 1 if the same answer means the same on both, else -1."""
    position = measure.pack.position
    for item in measure.pack.items:
        i, j = position[item.id], position.get(item.mirror or "", -1)
        if i < j:
            meaning = (measure.key[i] * measure.h[i]) @ (measure.key[j] * measure.h[j])
            yield i, j, int(np.sign(meaning))


def _random_rows(measure: Measure, pattern: Pattern, values: NDArray[np.integer]) -> Seen:
    likely: Seen = chance.log_odds(measure, pattern, values) >= math.log(CHANCE_ODDS)
    return likely
