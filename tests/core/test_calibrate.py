"""Calibration: figures that we put into answers come out again, gaps or not; real answers fit as others found."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from answer_cast import answers_of, bfi, bfi_pack, with_other_figures
from core_cast import DEFAULT, FIVE

from quiz.core.calibrate import Refused, calibrate
from quiz.core.calibrate.climb import Likelihood
from quiz.core.calibrate.likelihood import Table
from quiz.core.calibrate.structure import Structure

PEOPLE = 5000


def figures_of(pack) -> dict[str, np.ndarray]:
    """The figures that a pack has, in the shape in which they are estimated."""
    structure = Structure(pack)
    return {
        "mean": np.array([item.mean for item in pack.items]),
        "sd": np.array([item.sd for item in pack.items]),
        "loading": np.array([item.loading for item in pack.items]),
        "correlation": np.array(pack.parameters.correlations)[structure.below],
        "acquiescence": np.array([pack.parameters.acquiescence_sd]),
    }


def estimates(pack, figures) -> dict[str, np.ndarray]:
    return {
        "mean": figures.mean,
        "sd": figures.sd,
        "loading": figures.loading,
        "correlation": figures.phi[Structure(pack).below],
        "acquiescence": np.array([figures.acquiescence]),
    }


def distances(pack, found) -> dict[str, np.ndarray]:
    """How many of its standard errors every estimate lies from the truth."""
    true, near, errors = figures_of(pack), estimates(pack, found.figures), estimates(pack, found.errors)
    return {name: (near[name] - true[name]) / errors[name] for name in true}


@pytest.mark.parametrize("missing", [0.0, 0.1])
@pytest.mark.parametrize("shape", [DEFAULT, FIVE], ids=["two roles", "five roles"])
def test_every_figure_is_recovered_within_its_standard_errors(shape, missing):
    true = with_other_figures(shape, seed=7)
    found = calibrate(shape, answers_of(true, PEOPLE, seed=12, missing=missing))
    away = np.concatenate(list(distances(true, found).values()))
    assert len(away) == found.fit.parameters
    assert np.abs(away).max() < 3.5
    assert (np.abs(away) < 2).mean() >= 0.9
    assert found.edges == ()


def test_standard_errors_are_as_large_as_estimates_scatter():
    true, one = with_other_figures(FIVE, seed=2), []
    for seed in range(12):
        found = calibrate(FIVE, answers_of(true, 1000, seed, missing=0.1))
        one.append(np.concatenate(list(distances(true, found).values())))
    assert np.std(one) == pytest.approx(1, abs=0.08)


def test_whole_answers_give_the_same_correlations_and_loadings_some_percent_smaller():
    true = with_other_figures(FIVE, seed=3)
    found = calibrate(FIVE, answers_of(true, PEOPLE, seed=5, missing=0.05, whole=True))
    away = distances(true, found)
    assert np.abs(away["correlation"]).max() < 3
    assert np.abs(found.figures.mean - figures_of(true)["mean"]).max() < 0.06
    assert np.mean(found.figures.loading / figures_of(true)["loading"]) == pytest.approx(0.95, abs=0.02)


def test_answers_that_depend_on_others_given_do_not_mislead():
    """Who disagrees with the first item skips the second: the mean of those who answer is too high, ours is not."""
    true = with_other_figures(FIVE, seed=4)
    answers = answers_of(true, PEOPLE, seed=6)
    answers[answers[:, 0] < 2.7, 5] = np.nan
    assert abs(np.corrcoef(*answers[~np.isnan(answers[:, 5])][:, [0, 5]].T)[0, 1]) > 0.1
    found = calibrate(FIVE, answers)
    left = np.nanmean(answers[:, 5]) - true.items[5].mean
    assert abs(left) > 6 * found.errors.mean[5]
    assert abs(found.figures.mean[5] - true.items[5].mean) < 3 * found.errors.mean[5]


def test_the_fit_to_published_data_is_the_published_one():
    """lavaan gives chi-square 4165.467 on 265, RMSEA .078 and SRMR .073 for these 2,436 people and five traits.

    Its SRMR counts the 25 means, which fit exactly, among 350 residuals; ours has the other 325.
    """
    complete = bfi()[~np.isnan(bfi()).any(axis=1)]
    fit = calibrate(bfi_pack(acquiescence_sd=0), complete).fit
    assert (len(complete), fit.freedom) == (2436, 265)
    assert fit.chi_square == pytest.approx(4165.467, abs=0.001)
    assert fit.rmsea == pytest.approx(0.078, abs=0.0005)
    assert fit.srmr * (325 / 350) ** 0.5 == pytest.approx(0.073, abs=0.0005)


def test_real_people_differ_in_how_readily_they_agree():
    without, with_it = (calibrate(bfi_pack(sd), bfi()).fit for sd in (0.0, 0.3))
    assert with_it.parameters == without.parameters + 1
    assert without.chi_square - with_it.chi_square > 500
    assert with_it.srmr < without.srmr


def test_the_likelihood_of_a_row_with_gaps_is_that_of_what_was_answered():
    random = np.random.default_rng(1)
    mixed = random.normal(size=(4, 6))
    mean, covariance = random.normal(size=4), mixed @ mixed.T
    rows = random.multivariate_normal(mean, covariance, size=50)
    rows[random.random(rows.shape) < 0.4] = np.nan
    expected = 0.0
    for row in rows:
        seen = ~np.isnan(row)
        inner, off = covariance[np.ix_(seen, seen)], (row - mean)[seen]
        quadratic = off @ np.linalg.solve(inner, off) if seen.any() else 0
        expected -= 0.5 * (seen.sum() * np.log(2 * np.pi) + np.linalg.slogdet(inner)[1] + quadratic)
    assert Table(rows).expected(mean, covariance).loglik == pytest.approx(expected)


def test_slopes_are_those_of_the_likelihood_in_all_and_by_person():
    answers = answers_of(FIVE, 60, seed=3, missing=0.2)
    structure, table = Structure(FIVE), Table(answers)
    likelihood = Likelihood([table], lambda free: [structure.moments(free)])
    at = structure.assumed() + np.random.default_rng(0).normal(0, 0.1, structure.size)
    steps = 1e-6 * np.eye(structure.size)
    expected = [(likelihood.value(at + step) - likelihood.value(at - step)) / 2e-6 for step in steps]
    assert likelihood.slope(at) == pytest.approx(np.array(expected), abs=1e-4)
    people = [
        Likelihood([Table(answers[[row]])], lambda free: [structure.moments(free)]).slope(at) for row in range(60)
    ]
    assert likelihood.scattered(at) == pytest.approx(np.array(people).T @ np.array(people))


def test_ranges_of_the_bootstrap_are_as_wide_as_the_standard_errors_say():
    found = calibrate(FIVE, answers_of(FIVE, 2000, seed=8), bootstrap=100)
    assert found.repeats == 100
    widths = (found.high.loading - found.low.loading) / (2 * 1.96 * found.errors.loading)
    assert np.mean(widths) == pytest.approx(1, abs=0.1)
    assert (found.low.phi <= found.figures.phi + 1e-12).all()
    assert (found.figures.mean <= found.high.mean).all()


def test_the_same_answers_always_give_the_same_figures():
    answers = answers_of(FIVE, 600, seed=9, missing=0.1)
    one, other = calibrate(FIVE, answers, bootstrap=3), calibrate(FIVE, answers, bootstrap=3)
    assert (one.figures.loading == other.figures.loading).all()
    assert (one.low.phi == other.low.phi).all()


def test_a_key_that_is_the_wrong_way_round_is_named():
    turned = replace(FIVE, items=(replace(FIVE.items[0], key=-FIVE.items[0].key), *FIVE.items[1:]))
    with pytest.raises(Refused) as refused:
        calibrate(turned, answers_of(FIVE, 3000, seed=1))
    assert refused.value.problems == ("the answers to 's0' speak against its dimension: turn its key or take it out",)


def test_too_few_people_are_refused_and_nothing_that_follows_from_it_is_told():
    answers = answers_of(FIVE, 60, seed=1, whole=True)
    answers[20:, 4] = np.nan
    with pytest.raises(Refused) as refused:
        calibrate(FIVE, answers)
    assert refused.value.problems == ("71 figures need at least as many people; there are 60",)


def test_items_that_tell_nothing_are_refused_all_at_once():
    answers = answers_of(FIVE, 100, seed=1, whole=True)
    answers[:, 3] = 4
    answers[20:, 4] = np.nan
    with pytest.raises(Refused) as refused:
        calibrate(FIVE, answers)
    assert set(refused.value.problems) == {
        f"'{FIVE.items[3].id}' was answered alike by everybody",
        f"'{FIVE.items[4].id}' was answered by 20 people; 50 are the least",
    }


def test_figures_that_the_answers_cannot_tell_apart_are_refused():
    """A dimension with a single item: its loading and its correlations can change together."""
    lonely = [item for item in FIVE.items if item.kind == "statement" or "caring" not in (item.a, item.b)]
    lonely = [item for item in lonely if item.kind != "statement" or item.dimension != "caring"]
    one = replace(FIVE.items[2], id="only", dimension="caring")
    pack = replace(FIVE, items=(*lonely, one))
    with pytest.raises(Refused, match=r"loading of 'only'|found no end"):
        calibrate(pack, answers_of(pack, 1000, seed=1))


def test_people_without_answers_do_not_count():
    answers = answers_of(FIVE, 600, seed=9)
    found = calibrate(FIVE, np.vstack([answers, np.full((50, 20), np.nan)]))
    assert found.people == 600
