"""Calibration at the edge of what is possible: it comes to an end, says so, and claims no precision there."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from answer_cast import answers_of
from core_cast import DEFAULT, FIVE, crowded

from quiz.core.calibrate import CROWDED, Refused, _turned, _void, calibrate
from quiz.core.calibrate.structure import Structure
from quiz.core.pack import Statement


def everywhere(pack, correlation: float):
    d = len(pack.dimensions)
    phi = np.full((d, d), correlation) + (1 - correlation) * np.eye(d)
    return replace(pack, parameters=replace(pack.parameters, correlations=tuple(map(tuple, phi))))


def test_where_nobody_just_agrees_the_habit_is_nought():
    nobody = replace(FIVE, parameters=replace(FIVE.parameters, acquiescence_sd=0.0))
    found = calibrate(FIVE, answers_of(nobody, 800, seed=0))
    assert found.edges == ("the habit of agreeing",)
    assert found.figures.acquiescence == pytest.approx(0, abs=0.005)
    assert np.isnan(found.errors.acquiescence)
    assert (found.errors.loading < 0.1).all()


def test_a_pack_that_leaves_the_habit_out_has_no_figure_for_it():
    nobody = replace(FIVE, parameters=replace(FIVE.parameters, acquiescence_sd=0.0))
    found = calibrate(nobody, answers_of(FIVE, 800, seed=0))
    assert found.figures.acquiescence == found.errors.acquiescence == 0
    assert found.fit.parameters == calibrate(FIVE, answers_of(FIVE, 800, seed=0)).fit.parameters - 1


def test_dimensions_that_are_the_same_thing_stay_just_apart():
    found = calibrate(FIVE, answers_of(everywhere(FIVE, 0.97), 500, seed=0))
    assert found.edges == ("the correlations of the dimensions",)
    assert np.linalg.eigvalsh(found.figures.phi)[0] == pytest.approx(0.01, abs=0.005)
    assert np.isnan(found.errors.phi[np.tril_indices(5, -1)]).all()


def test_an_item_that_says_all_keeps_a_little_error_of_its_own():
    sure = replace(FIVE, items=(replace(FIVE.items[0], loading=0.985), *FIVE.items[1:]))
    loadings = [calibrate(FIVE, answers_of(sure, 250, seed)).figures.loading.max() for seed in range(4)]
    assert 0.95 < max(loadings) < 1


def test_few_people_for_many_figures_come_to_an_end_too():
    found = calibrate(DEFAULT, answers_of(DEFAULT, 170, seed=1, missing=0.05, whole=True))
    assert found.edges == ("the correlations of the dimensions",)


def test_free_figures_and_the_models_own_are_two_ways_to_say_the_same():
    structure = Structure(DEFAULT)
    parts = structure.parts(structure.assumed())
    assert parts.loading == pytest.approx([item.loading for item in DEFAULT.items])
    assert parts.phi == pytest.approx(np.array(DEFAULT.parameters.correlations))
    assert parts.acquiescence == DEFAULT.parameters.acquiescence_sd
    assert structure.free(parts) == pytest.approx(structure.assumed())


def test_the_models_covariance_is_that_which_the_scoring_assumes(measure, pack):
    structure = Structure(pack)
    mean, covariance = structure.moments(structure.assumed())
    s = np.linalg.inv(measure.pattern(pack.item_ids).precision)
    assert mean == pytest.approx(measure.centre)
    assert covariance * np.outer(measure.scale, measure.scale) == pytest.approx(s)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_statement_whose_key_is_wrong_is_refused_at_the_edge_too(seed):
    answers = answers_of(crowded(), 1200, seed, whole=True)
    wrong, item = next((place, item.id) for place, item in enumerate(DEFAULT.items) if isinstance(item, Statement))
    answers[:, wrong] = 6 - answers[:, wrong]
    with pytest.raises(Refused, match=f"the answers to '{item}' speak against its dimension") as refused:
        calibrate(DEFAULT, answers)
    assert len(refused.value.problems) == 1


def test_a_loading_far_below_nought_is_refused_however_unsure_it_is():
    structure = Structure(FIVE)
    parts = structure.parts(structure.assumed())
    parts.loading[3] = -0.4
    for errors in (np.full(structure.size, np.nan), np.full(structure.size, 91.7)):
        with pytest.raises(Refused, match=f"the answers to '{FIVE.item_ids[3]}'"):
            _turned(structure, structure.free(parts), errors)


def test_at_the_edge_errors_are_as_large_as_estimates_scatter():
    found = [calibrate(DEFAULT, answers_of(crowded(), 1200, seed, whole=True)) for seed in (1, 2, 3, 4, 5, 6)]
    assert all(each.edges == (CROWDED,) for each in found)
    scatter = np.std([each.figures.loading for each in found], axis=0, ddof=1)
    assert np.median(scatter / np.mean([each.errors.loading for each in found], axis=0)) == pytest.approx(1, abs=0.15)
    assert max(each.errors.loading.max() for each in found) < 0.1


def test_errors_that_say_nothing_are_not_told():
    structure = Structure(FIVE)
    errors = np.full(structure.size, 0.6)
    errors[2 * structure.n] = 0.1
    void = _void(structure, errors)
    pairs = len(structure.below[0])
    assert void.tolist() == [False] * (2 * structure.n + 1) + [True] * (structure.n - 1 + pairs) + [False]
