"""Outcomes: each rule at its edge, and the answers that must never name a winner."""

from __future__ import annotations

from statistics import NormalDist

import pytest
from core_cast import DEFAULT, DEFAULT_MEASURE, FIVE, FIVE_MEASURE, leaning_to
from hypothesis import given, settings
from hypothesis import strategies as st

from quiz.core.outcome import NAMED, Contrast, Estimate, Kind, Scores, decide
from quiz.core.pack import Statement
from quiz.core.quality import Flag, flags

AE_ROLE, AM_ROLE = DEFAULT.role_ids


def scores_with(probability, chances=(0.5, 0.5), answered=32):
    """Figures in which account executive has `probability`; `chances` are of lying above the average."""
    fits = [Estimate(NormalDist().inv_cdf(chance), 1.0) for chance in chances]
    return Scores(
        answered=DEFAULT.item_ids[:answered],
        traits={},
        fits=dict(zip(DEFAULT.role_ids, fits, strict=True)),
        contrast=Contrast(AE_ROLE, AM_ROLE, 0.0, 0.2, 0.5, probability, {}),
        best={AE_ROLE: probability, AM_ROLE: 1 - probability},
        pairs={(AE_ROLE, AM_ROLE): probability},
    )


@pytest.mark.parametrize(
    ("probability", "chances", "kind", "role"),
    [
        (0.95, (0.5, 0.5), Kind.CLEAR, AE_ROLE),
        (0.9499, (0.5, 0.5), Kind.LEANING, AE_ROLE),
        (0.80, (0.5, 0.5), Kind.LEANING, AE_ROLE),
        (0.7999, (0.5, 0.5), Kind.TOO_CLOSE, None),
        (0.03, (0.5, 0.5), Kind.CLEAR, AM_ROLE),
        (0.15, (0.5, 0.5), Kind.LEANING, AM_ROLE),
        (0.60, (0.81, 0.81), Kind.BOTH, None),
        (0.60, (0.81, 0.79), Kind.TOO_CLOSE, None),
        (0.60, (0.19, 0.19), Kind.NEITHER, None),
        (0.60, (0.19, 0.21), Kind.TOO_CLOSE, None),
        (0.60, (0.81, 0.19), Kind.TOO_CLOSE, None),
        (0.96, (0.81, 0.81), Kind.CLEAR, AE_ROLE),
        (0.50, (0.5, 0.5), Kind.TOO_CLOSE, None),
    ],
)
def test_each_rule_decides_in_its_turn(probability, chances, kind, role):
    outcome = decide(DEFAULT, scores_with(probability, chances), ())
    assert (outcome.kind, outcome.role) == (kind, role)
    assert outcome.probability == pytest.approx(max(probability, 1 - probability))
    assert (outcome.leader, outcome.runner_up) == ((AE_ROLE, AM_ROLE) if probability >= 0.5 else (AM_ROLE, AE_ROLE))
    assert outcome.reasons == ()


@pytest.mark.parametrize(
    ("answered", "raised", "reasons"),
    [
        (13, (), ("few-answers",)),
        (13, (Flag.HURRIED,), ("few-answers",)),
        (13, (Flag.HURRIED, Flag.RANDOM), ("few-answers", "hurried", "random")),
        (32, (Flag.STRAIGHT_LINE, Flag.CONSTANT), ("straight-line", "constant")),
    ],
)
def test_few_answers_or_two_flags_withhold_the_result_and_say_why(answered, raised, reasons):
    outcome = decide(DEFAULT, scores_with(0.99, answered=answered), raised)
    assert (outcome.kind, outcome.role, outcome.leader, outcome.runner_up) == (Kind.NONE, None, None, None)
    assert outcome.reasons == reasons


@pytest.mark.parametrize("flag", [Flag.HURRIED, Flag.CONTRADICTORY, Flag.CONSTANT])
def test_a_single_weak_flag_withholds_nothing(flag):
    assert decide(DEFAULT, scores_with(0.99, answered=14), (flag,)).kind is Kind.CLEAR


@pytest.mark.parametrize("flag", [Flag.STRAIGHT_LINE, Flag.RANDOM])
def test_a_strong_flag_withholds_alone(flag):
    outcome = decide(DEFAULT, scores_with(0.99, answered=14), (flag,))
    assert (outcome.kind, outcome.reasons) == (Kind.NONE, (flag,))


def test_a_clear_hunter_and_a_clear_farmer_are_told_so(pack, measure, hunter, farmer):
    for answers, role in ((hunter, AE_ROLE), (farmer, AM_ROLE)):
        outcome = decide(pack, measure.score(answers), flags(measure, answers, {}))
        assert (outcome.kind, outcome.role) == (Kind.CLEAR, role)


@pytest.mark.parametrize("option", [1, 2, 3, 4, 5])
@settings(max_examples=30, deadline=None)
@given(left_out=st.sets(st.sampled_from(DEFAULT.item_ids), max_size=32))
def test_one_option_throughout_never_names_a_winner(option, left_out):
    answers = {item: option for item in DEFAULT.item_ids if item not in left_out}
    outcome = decide(DEFAULT, DEFAULT_MEASURE.score(answers), flags(DEFAULT_MEASURE, answers, {}))
    assert outcome.kind is Kind.NONE


@pytest.mark.parametrize("option", [1, 5], ids=["always left", "always right"])
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_one_side_of_every_trade_off_never_names_a_winner_whatever_the_statements(option, data):
    answers = {
        item.id: data.draw(st.integers(1, 5)) if isinstance(item, Statement) else option for item in DEFAULT.items
    }
    outcome = decide(DEFAULT, DEFAULT_MEASURE.score(answers), flags(DEFAULT_MEASURE, answers, {}))
    assert outcome.role is None


@settings(max_examples=100, deadline=None)
@given(st.lists(st.integers(1, 5), min_size=32, max_size=32))
def test_no_winner_is_ever_named_below_eighty_percent(values):
    scores = DEFAULT_MEASURE.score(dict(zip(DEFAULT.item_ids, values, strict=True)))
    outcome = decide(DEFAULT, scores, ())
    assert (outcome.role is not None) == (outcome.kind in NAMED) == (outcome.probability >= 0.80)


def test_of_five_roles_the_best_must_beat_all_together_and_each_alone():
    answers = leaning_to(FIVE, ("opening", "closing"))
    scores = FIVE_MEASURE.score(answers)
    outcome = decide(FIVE, scores, ())
    assert outcome.role == outcome.leader == "role-0"
    each = [scores.over("role-0", other) for other in FIVE.role_ids[1:]]
    assert outcome.probability == min(scores.best["role-0"], *each)


def test_of_five_roles_none_leads_where_every_answer_is_in_the_middle():
    scores = FIVE_MEASURE.score(dict.fromkeys(FIVE.item_ids, 3))
    assert decide(FIVE, scores, ()).kind is Kind.TOO_CLOSE
