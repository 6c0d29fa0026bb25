"""Response quality: every flag can be raised, and attentive people seldom raise one."""

from __future__ import annotations

import numpy as np
import pytest
from core_cast import DEFAULT

from quiz.core.pack import Statement
from quiz.core.quality import Flag, flags
from quiz.core.simulate import report


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


def test_people_who_answer_at_random_are_often_noticed(measure):
    rng = np.random.default_rng(2)
    rows = rng.integers(1, 6, size=(400, 32)).tolist()
    raised = [flags(measure, dict(zip(DEFAULT.item_ids, row, strict=True)), {}) for row in rows]
    assert np.mean([Flag.RANDOM in each for each in raised]) > 0.4


def test_people_who_love_the_ends_of_the_scale_are_seldom_called_random(measure):
    rng = np.random.default_rng(3)
    theta = rng.multivariate_normal(np.zeros(12), measure.phi, size=400)
    noise = rng.standard_normal((400, 32)) * np.sqrt(measure.psi)
    leaning = measure.key * (theta @ measure.h.T + noise)
    rows = np.where(np.abs(leaning) < 0.3, 3, np.where(leaning > 0, 5, 1)).tolist()
    raised = [flags(measure, dict(zip(DEFAULT.item_ids, row, strict=True)), {}) for row in rows]
    assert np.mean([Flag.RANDOM in each for each in raised]) < 0.25
    assert np.mean([len(each) > 1 for each in raised]) < 0.05


def test_attentive_people_are_seldom_flagged_and_hardly_ever_withheld(measure):
    simulated = report(measure, people=2000, seed=8)
    assert all(share <= 0.02 for share in simulated.flagged.values())
    assert simulated.withheld <= 0.01


def test_a_handful_of_answers_is_not_judged(measure, pack):
    assert flags(measure, dict.fromkeys(pack.item_ids[:5], 1), {}) == ()
