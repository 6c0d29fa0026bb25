"""Explanations: what weighed, what would turn the outcome, strengths and what to work on."""

from __future__ import annotations

import pytest
from core_cast import AE, AM, DEFAULT, DEFAULT_MEASURE, FIVE, FIVE_MEASURE, leaning_to
from hypothesis import given, settings
from hypothesis import strategies as st

from quiz.core.explain import band, development, prospect, strengths, strongest, turning_points
from quiz.core.outcome import Kind, decide

whole = st.lists(st.integers(1, 5), min_size=32, max_size=32).map(
    lambda values: dict(zip(DEFAULT.item_ids, values, strict=True))
)


def turn(measure, answers, flags=()):
    """The outcome of the answers, and their turning."""
    outcome = decide(measure.pack, measure.score(answers), flags)
    return outcome, turning_points(measure, answers, outcome, flags)


def test_the_strongest_contributions_come_by_size_and_ties_in_the_packs_order(measure, hunter):
    contrast = measure.score(hunter).contrast
    found = strongest(contrast, 5)
    sizes = [abs(value) for _, value in found]
    assert len(found) == 5
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] == max(map(abs, contrast.contributions.values()))


def test_an_answer_that_weighed_nothing_is_not_listed(measure):
    assert strongest(measure.score(dict.fromkeys(DEFAULT.item_ids, 3)).contrast) == ()


@settings(max_examples=40, deadline=None)
@given(whole)
def test_a_turning_does_turn_the_outcome_and_is_small(answers):
    outcome, turning = turn(DEFAULT_MEASURE, answers)
    changed = {**answers, **{change.item: change.new for change in turning.changes}}
    assert decide(DEFAULT, DEFAULT_MEASURE.score(changed), ()) == turning.outcome
    assert len(turning.changes) <= 2
    assert all(answers[change.item] == change.answer != change.new for change in turning.changes)
    turned = (turning.outcome.kind, turning.outcome.role) != (outcome.kind, outcome.role)
    assert turned == bool(turning.changes)


@settings(max_examples=15, deadline=None)
@given(whole)
def test_no_smaller_single_change_turns_the_outcome(answers):
    outcome, turning = turn(DEFAULT_MEASURE, answers)
    limit = turning.changes[0].steps if len(turning.changes) == 1 else 5
    for item, answer in answers.items():
        for new in range(1, 6):
            if 0 < abs(new - answer) < limit:
                after = decide(DEFAULT, DEFAULT_MEASURE.score({**answers, item: new}), ())
                assert (after.kind, after.role) == (outcome.kind, outcome.role)


def test_nothing_small_turns_a_hunter(measure, hunter):
    outcome, turning = turn(measure, hunter)
    assert (turning.changes, turning.outcome) == ((), outcome)


def test_a_withheld_result_has_no_turning(measure, hunter):
    outcome, turning = turn(measure, hunter, ("hurried", "random"))
    assert outcome.kind is Kind.NONE
    assert turning.changes == ()


def test_turning_points_work_for_five_roles_and_repeat():
    answers = leaning_to(FIVE, ("opening",), strength=1)
    outcome, turning = turn(FIVE_MEASURE, answers)
    assert turning == turn(FIVE_MEASURE, answers)[1]
    assert turning.changes
    assert (turning.outcome.kind, turning.outcome.role) != (outcome.kind, outcome.role)


def test_more_questions_buy_reliability_and_accuracy(measure, pack):
    now = prospect(measure, pack.item_ids[:14])
    assert (now.answered, now.total) == (14, 32)
    assert now.reliability_now < now.reliability_then
    assert 0.5 < now.accuracy_now < now.accuracy_then < 1
    done = prospect(measure, pack.item_ids)
    assert done.reliability_now == done.reliability_then


@pytest.mark.parametrize(
    ("points", "word"), [(55, "high"), (54.9, "middling"), (50, "middling"), (45.1, "middling"), (45, "low")]
)
def test_bands_part_at_half_a_deviation(points, word):
    assert band(points) == word


def test_a_hunters_strengths_are_those_of_the_role_and_the_rest_comes_later(pack, measure, hunter):
    scores = measure.score(hunter)
    assert set(strengths(pack, scores, "account-executive")) <= set(AE)
    assert set(development(pack, scores, None)) <= set(AM)


def test_there_is_always_something_to_work_on(pack, measure, hunter):
    scores = measure.score(hunter)
    assert all(scores.traits[dimension].points > 53 for dimension in AE)
    (lowest,) = development(pack, scores, "account-executive")
    assert lowest == min(AE, key=lambda dimension: scores.traits[dimension].score)


@settings(max_examples=60, deadline=None)
@given(whole, st.sampled_from([None, *DEFAULT.role_ids]), st.integers(1, 12), st.integers(1, 12))
def test_no_dimension_is_both_a_strength_and_to_be_developed(answers, role, some, others):
    scores = DEFAULT_MEASURE.score(answers)
    strong, weak = strengths(DEFAULT, scores, role, some), development(DEFAULT, scores, role, others)
    assert not set(strong) & set(weak)
    assert weak
    assert len(strong) <= some
    assert len(weak) <= others


def test_an_unknown_role_is_named(pack, measure, hunter):
    with pytest.raises(KeyError, match="baker"):
        strengths(pack, measure.score(hunter), "baker")
