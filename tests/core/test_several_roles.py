"""Outcomes with three, four and five roles: who is named, who comes next, what the roles' order may not change."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from core_cast import FIVE, swapped
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from quiz.core.measure import Measure
from quiz.core.outcome import LEANING, NAMED, decide
from quiz.core.pack import Statement
from quiz.packs.loader import load

PACKS = [replace(FIVE, roles=FIVE.roles[:count]) for count in (3, 4, 5)]
MEASURES = {len(pack.roles): Measure(pack) for pack in PACKS}
MIRRORED = {len(pack.roles): Measure(swapped(pack)) for pack in PACKS}
A_DRAW = 1.5 / 4096
"""A draw that ties to the last digit may fall either way: at most one of the 4,096."""

sensible = settings(max_examples=60, deadline=None)
count_of_roles = st.sampled_from(sorted(MEASURES))
answers = st.dictionaries(st.sampled_from(FIVE.item_ids), st.integers(1, 5), min_size=FIVE.minimum)


@sensible
@given(count_of_roles, answers)
def test_nobody_is_named_below_eighty_percent_against_all_or_against_any(count, given):
    measure = MEASURES[count]
    scores = measure.score(given)
    outcome = decide(measure.pack, scores, ())
    leads = [scores.over(outcome.leader, other) for other in measure.pack.role_ids if other != outcome.leader]
    assert outcome.probability == min(scores.best[outcome.leader], *leads)
    assert (outcome.role is not None) == (outcome.kind in NAMED) == (outcome.probability >= LEANING)


@sensible
@given(count_of_roles, answers)
def test_the_runner_up_is_the_role_that_the_leader_is_least_sure_to_beat(count, given):
    measure = MEASURES[count]
    scores = measure.score(given)
    outcome = decide(measure.pack, scores, ())
    assert scores.best[outcome.leader] == max(scores.best.values())
    others = [role for role in measure.pack.role_ids if role != outcome.leader]
    if count > 2:
        assert outcome.runner_up == min(others, key=lambda role: scores.over(outcome.leader, role))
    assert outcome.runner_up in others
    assert outcome.role in (None, outcome.leader)


@sensible
@given(count_of_roles, answers)
def test_each_pair_of_roles_has_its_probability_and_the_reverse_is_the_rest(count, given):
    measure = MEASURES[count]
    scores, ids = measure.score(given), measure.pack.role_ids
    assert len(scores.pairs) == count * (count - 1) / 2
    for first, second in scores.pairs:
        assert scores.over(first, second) == pytest.approx(measure.contrast(given, first, second).probability)
        assert scores.over(first, second) + scores.over(second, first) == pytest.approx(1)
    with pytest.raises(KeyError):
        scores.over(ids[0], ids[0])


@sensible
@given(count_of_roles, answers)
def test_the_order_of_the_roles_changes_no_probability_and_no_outcome(count, given):
    measure, mirrored = MEASURES[count], MIRRORED[count]
    scores, other = measure.score(given), mirrored.score(given)
    for first, second in scores.pairs:
        assert other.over(first, second) == pytest.approx(scores.over(first, second), abs=1e-9)
    one, two = decide(measure.pack, scores, ()), decide(mirrored.pack, other, ())
    chances = sorted(scores.best.values())
    assume(chances[-1] - chances[-2] > 2 * A_DRAW)
    assert one.leader == two.leader
    assert one.probability == pytest.approx(two.probability, abs=A_DRAW)
    assume(abs(one.probability - LEANING) > A_DRAW)
    assert one.role == two.role


@pytest.mark.parametrize("count", sorted(MEASURES))
def test_a_table_leads_by_what_each_alone_is_decided_by(count):
    measure = MEASURES[count]
    table = np.random.default_rng(7).integers(1, 6, size=(30, len(FIVE.items))).astype(np.int8)
    table[20:, 14:] = 0
    leading = measure.score_many(table).leading
    for row, expected in zip(table.tolist(), leading, strict=True):
        given = {item: answer for item, answer in zip(FIVE.item_ids, row, strict=True) if answer}
        assert decide(measure.pack, measure.score(given), ()).probability == pytest.approx(expected, abs=1e-9)


def test_a_strong_leaders_runner_up_is_the_nearest_role_and_not_the_packs_first():
    """All other roles have no chance of being the best, so only the pairs can tell who comes next."""
    pack = load("client-facing").pack
    favoured = {"technical_depth", "solution_design", "teaching"} & set(pack.dimension_ids)
    answers = {}
    for item in pack.items:
        if isinstance(item, Statement):
            answers[item.id] = (5 if item.key > 0 else 1) if item.dimension in favoured else 3
        else:
            answers[item.id] = 1 if item.a in favoured else 5 if item.b in favoured else 3
    scores = Measure(pack).score(answers)
    outcome = decide(pack, scores, ())
    assert outcome.leader == "sales-engineer"
    assert outcome.runner_up != pack.role_ids[0]
    assert all(
        scores.over(outcome.runner_up, other) > 0.5
        for other in pack.role_ids
        if other not in (outcome.leader, outcome.runner_up)
    )
