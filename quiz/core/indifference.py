"""Answers that say nothing: the same one throughout, or always the same side. No pack should name a role for them."""

from __future__ import annotations

from collections.abc import Mapping

from quiz.core.measure import Measure
from quiz.core.outcome import decide
from quiz.core.pack import ANSWERS, Pack, Statement


def manners(pack: Pack) -> Mapping[str, Mapping[str, int]]:
    """The answers to every item, by what somebody does who gives them."""
    found = {f"answering {x} throughout": dict.fromkeys(pack.item_ids, x) for x in ANSWERS}
    for side, answer in (("A", ANSWERS[0]), ("B", ANSWERS[-1])):
        found[f"always taking side {side}"] = {
            item.id: 3 if isinstance(item, Statement) else answer for item in pack.items
        }
    return found


def named(measure: Measure) -> Mapping[str, str]:
    """The role that each of these manners names, response quality left aside; at best none does."""
    found = {}
    for manner, answers in manners(measure.pack).items():
        role = decide(measure.pack, measure.score(answers), ()).role
        if role is not None:
            found[manner] = role
    return found
