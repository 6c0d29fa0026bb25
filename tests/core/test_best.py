"""P(best) of many people at once: to the last digit what each has alone, however few, near a tie or mixed they are."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from core_cast import FIVE
from hypothesis import given, settings
from hypothesis import strategies as st

from quiz.core import best
from quiz.core.measure import Measure
from quiz.core.outcome import decide
from quiz.core.simulate import Styles, respondents
from quiz.packs.loader import load

PACKS = {f"{count} roles": replace(FIVE, roles=FIVE.roles[:count]) for count in (3, 4, 5)}
PACKS["client-facing"] = load("client-facing").pack
ROUNDING = 1e-12


@pytest.fixture(scope="module", params=list(PACKS))
def crowd(request):
    """A pack's measure, and a table in which most have all answers, some finished early and some left gaps."""
    measure = Measure(PACKS[request.param])
    people = best.MANY * len(measure.pack.roles) + 150
    table = respondents(measure.pack, people, 3, Styles(careless=0.2)).answers
    table[:20] = 3  # nobody leans anywhere: every mean is next to nothing
    table[-150:-50, measure.pack.minimum :] = 0
    table[-50:] *= np.random.default_rng(1).random((50, table.shape[1])) < 0.8
    table[-1] = 0
    return measure, table


def given_by(measure, row):
    return {item: answer for item, answer in zip(measure.pack.item_ids, row, strict=True) if answer}


def test_many_people_are_scored_as_each_alone(crowd):
    measure, table = crowd
    many, pack = measure.score_many(table), measure.pack
    for place, row in enumerate(table.tolist()):
        one = measure.score(given_by(measure, row))
        assert many.best[place].tolist() == list(one.best.values())
        assert many.leading[place] == pytest.approx(decide(pack, one, ()).probability, abs=ROUNDING)
        assert np.allclose(many.fits[place], [fit.score for fit in one.fits.values()], rtol=0, atol=ROUNDING)
        assert np.allclose(many.traits[place], [trait.score for trait in one.traits.values()], rtol=0, atol=ROUNDING)


def test_who_else_is_in_the_table_changes_nobodys_chances(crowd):
    measure, table = crowd
    order = np.random.default_rng(2).permutation(len(table))
    assert (measure.score_many(table).best[order] == measure.score_many(table[order]).best).all()
    assert (measure.score_many(table).best[:40] == measure.score_many(table[:40]).best).all()


def one_by_one(noise, means):
    return np.array([best.of_one(noise, row) for row in means])


@settings(max_examples=40, deadline=None)
@given(st.integers(3, 7), st.sampled_from([1, 63, 64, 65, 200]), st.floats(0, 4), st.integers(0, 2**32))
def test_any_number_of_roles_and_draws_is_counted_as_one_by_one(roles, draws, spread, seed):
    rng = np.random.default_rng(seed)
    noise, means = rng.standard_normal((roles, draws)), spread * rng.standard_normal((best.MANY * roles, roles))
    chances, left = best.of_many(noise, means)
    assert not left.any()
    assert (chances == one_by_one(noise, means)).all()


def test_whoever_a_draw_ties_is_left_to_be_looked_at_alone():
    noise = np.random.default_rng(4).integers(-9, 10, size=(3, 128)).astype(float)  # whole: so ties go by the means
    apart, alike, nearly = [0.0, 0.25, 0.5], [0.25, 1.0, 3.0], [0.0, 0.25, 1 - 1e-14]
    means = np.array([apart, alike, nearly] * best.MANY)
    chances, left = best.of_many(noise, means)
    assert left.tolist() == [False, True, True] * best.MANY
    assert (chances[~left] == one_by_one(noise, means[~left])).all()


def test_a_role_that_is_far_ahead_leads_in_every_draw():
    means = np.tile([0.0, 50.0, 0.5, 0.25], (best.MANY * 4, 1))
    chances, left = best.of_many(np.random.default_rng(5).standard_normal((4, 64)), means)
    assert not left.any()
    assert (chances == [0, 1, 0, 0]).all()


def test_too_few_people_are_all_left_to_be_looked_at_alone():
    noise = np.random.default_rng(6).standard_normal((3, 64))
    assert best.of_many(noise, np.zeros((best.MANY * 3 - 1, 3)))[1].all()
    assert best.of_many(noise, np.zeros((0, 3)))[0].shape == (0, 3)
