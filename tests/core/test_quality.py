"""Response quality: every flag can be raised, attentive people seldom raise one, careless ones mostly do."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from core_cast import DEFAULT, DEFAULT_MEASURE, FIVE_MEASURE

from quiz.core.chance import log_odds
from quiz.core.measure import Measure
from quiz.core.outcome import WITHHOLD_ALONE, Kind, decide
from quiz.core.pack import Statement
from quiz.core.quality import Flag, flags, flags_many
from quiz.core.simulate import CarelessKind, Styles, respondents
from quiz.core.simulate.report import judged


def first(questions, answers):
    """The answers with all but the first questions left out."""
    return np.where(np.arange(answers.shape[1]) < questions, answers, 0).astype(np.int8)


@pytest.fixture
def varied(pack):
    """Answers of nobody in particular: plausible, varied, free of flags."""
    return dict(zip(pack.item_ids, [4, 2, 3, 4, 2, 4, 3, 3] * 4, strict=True))


def test_varied_answers_at_a_natural_pace_raise_nothing(measure, hunter, farmer):
    for answers in (hunter, farmer):
        assert flags(measure, answers, dict.fromkeys(answers, 7.0)) == ()


def test_a_median_below_two_seconds_is_hurried(measure, hunter):
    assert Flag.HURRIED in flags(measure, hunter, dict.fromkeys(hunter, 1.9))
    assert Flag.HURRIED not in flags(measure, hunter, dict.fromkeys(hunter, 2.0))


@pytest.mark.parametrize(("timed", "hurried"), [(15, False), (16, True)])
def test_hurry_is_judged_only_when_half_of_the_times_are_known(measure, hunter, timed, hurried):
    seconds = dict.fromkeys(list(hunter)[:timed], 0.5)
    assert (Flag.HURRIED in flags(measure, hunter, seconds)) is hurried


def test_times_of_unanswered_items_do_not_count(measure, pack):
    answered = dict(zip(pack.item_ids[:14], [4, 2, 5, 1, 2, 4, 3] * 2, strict=True))
    assert Flag.HURRIED not in flags(measure, answered, dict.fromkeys(pack.item_ids[14:], 0.5))


@pytest.mark.parametrize(("run", "straight"), [(15, False), (16, True)])
def test_one_option_half_the_items_running_is_a_straight_line(measure, pack, varied, run, straight):
    answers = {**varied, **dict.fromkeys(pack.item_ids[:run], 1)}
    assert (Flag.STRAIGHT_LINE in flags(measure, answers, {})) is straight


def test_the_same_side_of_mirrored_pairs_is_contradictory(measure, varied):
    pairs = ("t1", "t2", "t13", "t14", "t15", "t16")
    assert Flag.CONTRADICTORY in flags(measure, {**varied, **dict.fromkeys(pairs, 1)}, {})
    assert Flag.CONTRADICTORY in flags(measure, {**varied, **dict.fromkeys(pairs, 2)}, {})
    agreeing = {"t1": 1, "t2": 5, "t13": 4, "t14": 2, "t15": 5, "t16": 2}
    assert Flag.CONTRADICTORY not in flags(measure, {**varied, **agreeing}, {})


@pytest.mark.parametrize("kind", [Statement, object], ids=["statements", "all items"])
def test_nearly_one_option_is_constant_in_all_items_or_in_one_kind(measure, pack, varied, kind):
    items = [item.id for item in pack.items if isinstance(item, kind)]
    answers = {**varied, **dict.fromkeys(items, 3), items[0]: 5}
    assert Flag.CONSTANT in flags(measure, answers, {})


@pytest.mark.parametrize(("questions", "least"), [(14, 0.45), (20, 0.6), (32, 0.8)])
def test_people_who_answer_at_random_are_mostly_noticed(measure, questions, least):
    answers = respondents(DEFAULT, 4000, 2, Styles(careless=1)).answers
    assert flags_many(measure, first(questions, answers))[Flag.RANDOM].mean() >= least


@pytest.mark.parametrize("questions", [14, 20, 26, 32])
def test_attentive_people_are_seldom_flagged_and_hardly_ever_withheld(measure, questions):
    raised = flags_many(measure, first(questions, respondents(DEFAULT, 20_000, 8).answers))
    assert np.any(list(raised.values()), axis=0).mean() <= 0.0125
    for flag in WITHHOLD_ALONE:
        assert raised[Flag(flag)].mean() <= 0.005
    if questions == 32:
        assert np.any(list(raised.values()), axis=0).mean() <= 0.01


@pytest.mark.parametrize(
    ("styles", "most"),
    [
        (Styles(acquiescence=0.6), 0.002),
        (Styles(misspecified=0.1), 0.002),
        (Styles(extreme=0.2), 0.02),
        (Styles(faking=1, towards="account-executive"), 0.002),
    ],
    ids=["yes-saying", "other loadings", "use of the scale", "faking"],
)
def test_a_manner_of_answering_is_not_taken_for_carelessness(measure, styles, most):
    assert judged(measure, respondents(DEFAULT, 10_000, 3, styles).answers).withheld.mean() <= most


MANNERS = {
    "the ends and the middle": lambda x: np.where(x == 3, 3, np.where(x < 3, 1, 5)),
    "the three in the middle": lambda x: np.clip(x, 2, 4),
    "all but the middle": lambda x: np.where(x == 3, np.where(np.indices(x.shape).sum(axis=0) % 2, 2, 4), x),
}


@pytest.mark.parametrize("manner", MANNERS)
@pytest.mark.parametrize("questions", [14, 32])
def test_people_who_use_only_part_of_the_scale_are_hardly_ever_called_random(measure, manner, questions):
    answers = MANNERS[manner](respondents(DEFAULT, 4000, 4).answers).astype(np.int8)
    assert flags_many(measure, first(questions, answers))[Flag.RANDOM].mean() <= 0.015


def test_a_straight_liner_is_noticed_even_if_one_answer_in_ten_slips(measure):
    styles = Styles(careless=1, careless_kind=CarelessKind.STRAIGHT_LINE)
    for questions, least in ((14, 0.9), (32, 0.97)):
        assert judged(measure, respondents(DEFAULT, 4000, 5, styles).answers, questions).withheld.mean() >= least


@pytest.mark.parametrize("tested", [DEFAULT_MEASURE, FIVE_MEASURE], ids=["two roles", "five roles"])
def test_a_table_of_people_is_judged_as_each_of_them_alone(tested):
    """Attentive, random and straight people, whole and partial, with and without times."""
    rng, ids = np.random.default_rng(6), tested.pack.item_ids
    kinds = (Styles(), Styles(careless=1), Styles(careless=1, careless_kind=CarelessKind.STRAIGHT_LINE))
    table = np.vstack([respondents(tested.pack, 60, 7, styles).answers for styles in kinds])
    table[::3][rng.random(table[::3].shape) < 0.3] = 0
    table[1::9, 8:] = 0
    seconds = rng.gamma(2, 1.5, size=table.shape)
    seconds[rng.random(table.shape) < 0.4] = np.nan
    raised = flags_many(tested, table, seconds)
    for row, (answers, times) in enumerate(zip(table.tolist(), seconds.tolist(), strict=True)):
        given = {item: answer for item, answer in zip(ids, answers, strict=True) if answer}
        known = {item: time for item, time in zip(ids, times, strict=True) if not np.isnan(time)}
        assert flags(tested, given, known) == tuple(flag for flag in Flag if raised[flag][row])
    seen = {flag for flag in Flag if raised[flag].any()}
    assert seen == set(Flag) - ({Flag.CONTRADICTORY, Flag.CONSTANT} if tested is FIVE_MEASURE else set())


@pytest.mark.parametrize(("mean", "far"), [(1.5, 5), (4.5, 1)])
def test_answers_that_hardly_anybody_gives_are_judged_as_well(pack, mean, far):
    """With so narrow a spread the normal curve leaves nothing for the far end of the scale."""
    narrow = [replace(item, mean=mean, sd=0.35) for item in pack.items]
    measure = Measure(replace(pack, items=tuple(narrow)))
    table = np.array([[far] * 31 + [3], [far] * 31 + [0], [round(mean)] * 32], dtype=np.int8)
    table[:2, 1::4] = 6 - far
    raised = flags_many(measure, table)
    assert raised[Flag.RANDOM].tolist() == [True, True, False]
    for row, given in enumerate(table.tolist()):
        own = {item: answer for item, answer in zip(pack.item_ids, given, strict=True) if answer}
        assert flags(measure, own, {}) == tuple(flag for flag in Flag if raised[flag][row])
        odds = log_odds(measure, measure.pattern(own), np.array([list(own.values())]))
        assert np.isfinite(odds).all()


def test_a_table_of_nobody_raises_nothing_and_one_of_another_shape_is_refused(measure):
    assert [len(seen) for seen in flags_many(measure, np.zeros((0, 32), dtype=np.int8)).values()] == [0] * 5
    for table in (np.ones((2, 31), dtype=np.int8), np.full((2, 32), 6, dtype=np.int8)):
        with pytest.raises(ValueError, match="the table must be"):
            flags_many(measure, table)


def test_who_is_withheld_in_a_simulation_is_withheld_by_the_rules_for_one_person(measure):
    answers = respondents(DEFAULT, 150, 9, Styles(careless=0.5, careless_kind=CarelessKind.BOTH)).answers
    people = judged(measure, answers)
    for row, given in enumerate(answers.tolist()):
        own = dict(zip(DEFAULT.item_ids, given, strict=True))
        outcome = decide(DEFAULT, measure.score(own), flags(measure, own, {}))
        assert people.withheld[row] == (outcome.kind is Kind.NONE)
        assert people.called[row] == (outcome.role is not None)


def test_an_answer_that_does_not_exist_is_refused(measure, hunter):
    with pytest.raises(ValueError, match="answers must be"):
        flags(measure, {**hunter, "t1": 6}, {})


def test_a_handful_of_answers_is_not_judged(measure, pack):
    assert flags(measure, dict.fromkeys(pack.item_ids[:5], 1), {}) == ()
