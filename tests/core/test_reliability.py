"""Reliability: the classical formulas against worked figures, and the model's own promises."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from quiz.core.reliability import (
    contrast_reliability,
    cronbach_alpha,
    item_rest_correlations,
    keyed,
    standard_error_of_measurement,
    trait_reliabilities,
)

TABLE = np.array([[1, 2, 1], [2, 2, 3], [3, 4, 3], [4, 4, 5], [5, 5, 4]], dtype=float)

# Thirty departments in a survey of employees (Chatterjee and Price, "Regression Analysis by Example", 1977), and what
# R's package psych gives for them as alpha, and as alpha without each of the items.
ATTITUDE = np.loadtxt(Path(__file__).with_name("attitude.csv"), delimiter=",", skiprows=1)
ATTITUDE_ALPHA, ATTITUDE_ALPHA_WITHOUT = 0.843, [0.810, 0.797, 0.828, 0.803, 0.795, 0.864, 0.840]


def test_alpha_of_published_data_is_the_published_one():
    without = [cronbach_alpha(np.delete(ATTITUDE, item, axis=1)) for item in range(7)]
    assert [round(alpha, 3) for alpha in (cronbach_alpha(ATTITUDE), *without)] == [
        ATTITUDE_ALPHA,
        *ATTITUDE_ALPHA_WITHOUT,
    ]


def test_alpha_is_the_share_that_items_have_in_common():
    covariance = np.cov(TABLE.T)
    assert cronbach_alpha(TABLE) == pytest.approx(1.5 * (1 - covariance.trace() / covariance.sum()))


def test_equal_items_have_alpha_one():
    assert cronbach_alpha(np.repeat(TABLE[:, :1], 4, axis=1)) == pytest.approx(1)


def test_item_rest_correlations_leave_the_item_out():
    expected = [np.corrcoef(TABLE[:, i], np.delete(TABLE, i, axis=1).sum(axis=1))[0, 1] for i in range(3)]
    assert item_rest_correlations(TABLE) == pytest.approx(expected)


def test_an_item_answered_alike_by_everybody_has_no_correlation():
    table = TABLE.copy()
    table[:, 1] = 3
    assert np.isnan(item_rest_correlations(table)).tolist() == [False, True, False]


@pytest.mark.parametrize("table", [TABLE[:1], TABLE[:, :1], TABLE[0]])
def test_one_person_or_one_item_is_too_little(table):
    with pytest.raises(ValueError, match="at least two"):
        cronbach_alpha(table)


def test_alpha_has_no_value_where_all_are_alike():
    with pytest.raises(ValueError, match="no value"):
        cronbach_alpha(np.full((4, 3), 3.0))


def test_the_standard_error_shrinks_as_reliability_grows():
    assert standard_error_of_measurement(10, 0.84) == pytest.approx(4)


def test_reversed_statements_are_turned_and_incomplete_people_left_out(pack):
    table = np.zeros((2, 32), dtype=np.int8)
    table[0, pack.position["s-negotiation"]] = 2
    assert keyed(pack, "negotiation", table).tolist() == [[4.0]]


def test_every_trait_score_of_the_default_shape_is_worth_something(measure, pack):
    whole, half = trait_reliabilities(measure), trait_reliabilities(measure, pack.item_ids[:16])
    assert list(whole) == list(pack.dimension_ids)
    assert all(0.25 < whole[dimension] < 0.8 for dimension in whole)
    assert all(half[dimension] <= whole[dimension] for dimension in whole)


def test_the_contrast_of_the_default_shape_reaches_eighty(measure, pack):
    assert contrast_reliability(measure, pack.item_ids) >= 0.80
