"""Checks what a pack's items can and cannot tell, by the measurement itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations
from statistics import fmean

from quiz.core.measure import Measure
from quiz.core.outcome import decide
from quiz.core.pack import ANSWERS, Statement
from quiz.packs.problem import Problem
from quiz.packs.toml import TomlFile

LEAST_RELIABILITY = 0.80


def figures(measure: Measure, pack: TomlFile) -> Iterator[Problem]:
    """Yield what the complete form falls short of."""
    yield from reliability(measure, pack)
    yield from answers_that_say_nothing(measure, pack)


def reliability(measure: Measure, pack: TomlFile) -> Iterator[Problem]:
    """A complete form that tells the roles apart too seldom: the mean over all pairs of roles counts."""
    answers = dict.fromkeys(measure.pack.item_ids, 3)
    pairs = combinations(measure.pack.role_ids, 2)
    reached = fmean(measure.contrast(answers, first, second).reliability for first, second in pairs)
    if reached < LEAST_RELIABILITY:
        message = f"the reliability of the complete form is {reached:.3f}, below {LEAST_RELIABILITY:.2f}"
        yield pack.problem(message, "items")


def answers_that_say_nothing(measure: Measure, pack: TomlFile) -> Iterator[Problem]:
    """One and the same answer throughout, or one and the same side, that names a role."""
    for manner, answers in _indifferent(measure).items():
        role = decide(measure.pack, measure.score(answers), ()).role
        if role is not None:
            yield pack.problem(f"{manner} names '{role}'", "items")


def _indifferent(measure: Measure) -> Mapping[str, Mapping[str, int]]:
    items = measure.pack.items
    manners = {f"answering {x} throughout": {item.id: x for item in items} for x in ANSWERS}
    for side, answer in (("A", 1), ("B", 5)):
        manners[f"always taking side {side}"] = {
            item.id: 3 if isinstance(item, Statement) else answer for item in items
        }
    return manners
