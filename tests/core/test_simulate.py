"""Simulated people: fixed by their seed, true to the pack, and the figures that we publish."""

from __future__ import annotations

import math

import numpy as np
import pytest
from core_cast import DEFAULT, DEFAULT_MEASURE, FIVE_MEASURE

from quiz.core.reliability import contrast_reliability
from quiz.core.simulate import Styles, report, respondents


@pytest.fixture(scope="module")
def plain():
    return report(DEFAULT_MEASURE)


@pytest.fixture(scope="module")
def doubtful():
    return report(DEFAULT_MEASURE, doubtful=True)


def test_the_same_seed_draws_the_same_people_and_another_does_not(pack):
    one, again, other = (respondents(pack, 200, seed, Styles(careless=0.1)) for seed in (7, 7, 8))
    assert np.array_equal(one.answers, again.answers)
    assert np.array_equal(one.theta, again.theta)
    assert not np.array_equal(one.answers, other.answers)


def test_the_same_seed_gives_the_same_report():
    assert str(report(DEFAULT_MEASURE, 500, 3)) == str(report(DEFAULT_MEASURE, 500, 3))


def test_answers_have_the_mean_and_deviation_that_the_pack_states(pack):
    answers = respondents(pack, 20_000, 1).answers
    assert answers.min() == 1
    assert answers.max() == 5
    assert answers.mean(axis=0) == pytest.approx(3.0, abs=0.05)
    assert answers.std(axis=0) == pytest.approx(1.01, abs=0.06)


def test_traits_correlate_as_the_pack_states(pack):
    theta = respondents(pack, 20_000, 1).theta
    assert np.corrcoef(theta.T) == pytest.approx(np.array(pack.parameters.correlations), abs=0.03)


def test_careless_people_are_marked_and_have_no_traits_in_their_answers(pack):
    drawn = respondents(pack, 5000, 1, Styles(careless=0.2))
    assert drawn.careless.mean() == pytest.approx(0.2, abs=0.02)
    assert drawn.answers[drawn.careless].std() == pytest.approx(math.sqrt(2), abs=0.02)


def test_faking_raises_statements_towards_their_dimension(pack):
    plain, faked = (respondents(pack, 2000, 1, Styles(faking=share)).answers for share in (0.0, 1.0))
    for item, shift in zip(pack.items, (faked.mean(axis=0) - plain.mean(axis=0)), strict=True):
        assert np.sign(round(shift, 1)) == getattr(item, "key", 0)


def test_the_published_figures_are_reached(plain):
    assert plain.reliability == pytest.approx(0.805, abs=0.005)
    assert plain.accuracy == pytest.approx(0.857, abs=0.01)
    assert plain.called >= 0.55
    assert plain.accuracy_when_called >= 0.94
    assert plain.brier == pytest.approx(0.10, abs=0.01)
    assert plain.coverage >= 0.90
    assert plain.withheld_careless == pytest.approx(0.85, abs=0.02)
    assert plain.called_careless == pytest.approx(0.09, abs=0.02)
    assert plain.flagged_any <= 0.01


def test_probabilities_and_intervals_are_honest_when_the_weights_are_as_doubtful_as_stated(doubtful):
    assert doubtful.coverage == pytest.approx(0.90, abs=0.015)
    assert doubtful.calibration_error <= 0.02
    assert doubtful.accuracy_when_called >= 0.93


def test_more_questions_do_better(plain):
    assert [length.questions for length in plain.lengths] == [14, 20, 26, 32]
    for figure in ("reliability", "accuracy", "called"):
        figures = [getattr(length, figure) for length in plain.lengths]
        assert figures == sorted(figures)


def test_the_models_reliability_is_that_of_the_simulated_scores():
    drawn = respondents(DEFAULT, 20_000, 2)
    c = DEFAULT_MEASURE.weights[0] - DEFAULT_MEASURE.weights[1]
    found = np.corrcoef(drawn.theta @ c, DEFAULT_MEASURE.score_many(drawn.answers).mean)[0, 1] ** 2
    assert found == pytest.approx(contrast_reliability(DEFAULT_MEASURE, DEFAULT.item_ids), abs=0.02)


def test_five_roles_are_reported_too():
    simulated = report(FIVE_MEASURE, 500, 1)
    assert [length.questions for length in simulated.lengths] == [10, 13, 17, 20]
    assert simulated.accuracy > 0.5
    assert simulated.accuracy_when_called > simulated.accuracy
