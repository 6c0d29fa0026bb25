"""The analysis of a table: what real answers say beside what the model promises, and where nothing can be said."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from answer_cast import answers_of, with_other_figures

from quiz.core.given import Given
from quiz.core.item_analysis import LEAST_PEOPLE, analyse
from quiz.core.measure import Measure
from quiz.core.reliability import cronbach_alpha, keyed


def table_of(pack, people=4000, seed=1, missing=0.0) -> np.ndarray:
    return np.nan_to_num(answers_of(pack, people, seed, missing, whole=True)).astype(np.int8)


@pytest.fixture(scope="module")
def as_assumed(five):
    return analyse(five, table_of(five.pack))


def test_where_people_are_as_the_model_says_all_reliabilities_agree(as_assumed):
    for contrast in as_assumed.contrasts:
        assert contrast.observed == pytest.approx(contrast.model, abs=0.04)
        assert contrast.halves == pytest.approx(contrast.halves_model, abs=0.05)
    for dimension in as_assumed.dimensions:
        assert dimension.observed == pytest.approx(dimension.model, abs=0.04)


def test_items_that_say_nothing_are_seen_in_every_figure(five, as_assumed):
    nobody_agrees = replace(five.pack.parameters, acquiescence_sd=0.0)
    items = tuple(replace(item, loading=0.1) for item in five.pack.items)
    dull = replace(five.pack, items=items, parameters=nobody_agrees)
    found = analyse(five, table_of(dull))
    for contrast, promised in zip(found.contrasts, as_assumed.contrasts, strict=True):
        assert contrast.model == promised.model
        assert contrast.observed < promised.observed - 0.05
        assert contrast.halves < 0.2
    assert all(item.others < 0.1 for item in found.items)
    assert all(item.others > 0.2 for item in as_assumed.items)


def test_every_pair_of_roles_stands_there_once(five, as_assumed):
    pairs = {(contrast.first, contrast.second) for contrast in as_assumed.contrasts}
    assert len(pairs) == len(as_assumed.contrasts) == 10


def test_alpha_is_that_of_the_keyed_statements_and_item_rest_follows(five, as_assumed):
    table = table_of(five.pack)
    for dimension in as_assumed.dimensions:
        answers = keyed(five.pack, dimension.id, table)
        assert dimension.statements == 2
        assert dimension.omega is None  # of two statements there is no factor
        assert dimension.alpha == pytest.approx(cronbach_alpha(answers))
        assert dimension.alpha_error == pytest.approx(10 * (1 - dimension.alpha) ** 0.5)
        rests = [item.rest for item in as_assumed.items if item.id in ids(five.pack, dimension.id)]
        assert rests == pytest.approx([np.corrcoef(answers.T)[0, 1]] * 2)


def ids(pack, dimension):
    return [item.id for item in pack.items if getattr(item, "dimension", None) == dimension]


def test_gaps_are_counted_and_never_taken_for_answers(five):
    table = table_of(five.pack, missing=0.05)
    table[:, 3] = 0
    table[:40, 3] = 4
    found = analyse(five, table)
    assert found.items[3].answered == 40
    assert found.items[3].missing == pytest.approx(1 - 40 / 4000)
    assert (found.items[3].mean, found.items[3].sd) == (4, 0)
    assert found.complete == int((table > 0).all(axis=1).sum()) < 40
    assert found.missing == pytest.approx((table == 0).mean())


def test_gaps_lower_what_is_promised_and_what_is_observed_alike(five, as_assumed):
    """One answer in four is missing and hardly anybody answered everything: the figures are there and agree."""
    found = analyse(five, table_of(five.pack, missing=0.25))
    assert found.complete < LEAST_PEOPLE
    for contrast, whole in zip(found.contrasts, as_assumed.contrasts, strict=True):
        assert contrast.model == whole.model == pytest.approx(whole.given)
        assert contrast.given < whole.given - 0.02
        assert contrast.observed == pytest.approx(contrast.given, abs=0.04)
        assert contrast.halves == pytest.approx(contrast.halves_model, abs=0.05)
        assert contrast.halves_model < whole.halves_model - 0.02
    for dimension in found.dimensions:
        assert dimension.observed == pytest.approx(dimension.given, abs=0.04)
    others = [item.others for item in as_assumed.items]
    assert [item.others for item in found.items] == pytest.approx(others, abs=0.12)


def test_scores_with_gaps_are_those_that_people_are_told(five):
    table = table_of(five.pack, people=40, missing=0.3)
    s = np.linalg.inv(five.pattern(five.pack.item_ids).precision)
    given = Given.answers((table - five.centre) * five.scale, table > 0)
    whole = five.pattern(five.pack.item_ids).figures @ s
    values, spread = given.scores(s, whole)
    told = five.score_many(table)
    assert np.hstack([told.traits, told.fits]) == pytest.approx(values)
    assert 1 - np.hstack([told.trait_se, told.fit_se]) ** 2 == pytest.approx(spread)


def test_a_figure_that_cannot_be_had_is_none(measure):
    found = analyse(measure, np.full((3, 32), 3, dtype=np.int8))
    assert {dimension.alpha for dimension in found.dimensions} == {None}
    assert {(item.rest, item.others) for item in found.items} == {(None, None)}
    assert {(contrast.observed, contrast.halves) for contrast in found.contrasts} == {(None, None)}


@pytest.mark.parametrize("shape", [(0, 32), (5, 31)])
def test_nobody_or_another_quiz_cannot_be_analysed(measure, shape):
    with pytest.raises(ValueError, match="the table must be"):
        analyse(measure, np.ones(shape, dtype=np.int8))


def test_new_figures_bring_the_promise_near_to_what_is_observed(five):
    others = with_other_figures(five.pack, 3)
    table = table_of(others)
    before, after = analyse(five, table), analyse(Measure(others), table)
    far = [abs(contrast.halves - contrast.halves_model) for contrast in before.contrasts]
    near = [abs(contrast.halves - contrast.halves_model) for contrast in after.contrasts]
    assert np.mean(near) < np.mean(far)
