"""Reliability of real answers: alpha, omega and item-rest correlations of psych's bfi, as others found them."""

from __future__ import annotations

import numpy as np
import pytest
from answer_cast import BFI, BFI_KEYS, bfi

from quiz.core.reliability import cronbach_alpha, item_rest_correlations, mcdonald_omega, one_factor, turned

ALPHA = {"A": 0.7038, "C": 0.7293, "E": 0.7609, "N": 0.8133, "O": 0.6025}
"""Listwise, as R's psych gives them."""
OMEGA = {"A": 0.71213, "C": 0.73302, "E": 0.76733, "N": 0.81284, "O": 0.61037}
"""From scikit-learn 1.9 (FactorAnalysis, one component, listwise); semopy 2.3.11 agrees within .0001."""
REST = {
    "A": [0.311, 0.563, 0.589, 0.395, 0.487],
    "C": [0.455, 0.507, 0.468, 0.557, 0.478],
    "E": [0.513, 0.606, 0.501, 0.578, 0.455],
    "N": [0.666, 0.651, 0.673, 0.542, 0.487],
    "O": [0.389, 0.340, 0.452, 0.220, 0.416],
}
"""numpy's corrcoef of each item with the sum of the other four, to three decimals: what psych calls r.drop."""


def trait(name: str) -> np.ndarray:
    """One trait's five statements, keyed, of the people who answered all five."""
    answers = turned(bfi(), BFI_KEYS, 1, 6)[:, [item[0] == name for item in BFI]]
    return answers[~np.isnan(answers).any(axis=1)]


@pytest.mark.parametrize("name", ALPHA)
def test_alpha_omega_and_item_rest_correlations_are_the_published_ones(name):
    table = trait(name)
    assert cronbach_alpha(table) == pytest.approx(ALPHA[name], abs=5e-5)
    assert mcdonald_omega(table) == pytest.approx(OMEGA[name], abs=5e-5)
    assert item_rest_correlations(table).round(3).tolist() == REST[name]


@pytest.mark.parametrize("name", ALPHA)
def test_no_other_loadings_are_likelier(name):
    correlations = np.corrcoef(trait(name).T)
    loadings, own = one_factor(correlations)

    def misfit(loadings: np.ndarray, own: np.ndarray) -> float:
        expected = np.outer(loadings, loadings) + np.diag(own)
        return np.linalg.slogdet(expected)[1] + np.trace(np.linalg.solve(expected, correlations))

    best = misfit(loadings, own)
    assert loadings**2 + own == pytest.approx(1)
    for item in range(5):
        for step in (-0.01, 0.01):
            other = loadings + step * np.eye(5)[item]
            assert misfit(other, 1 - other**2) > best


def test_omega_is_alpha_where_all_items_tell_the_same():
    people = np.random.default_rng(1).normal(size=(20_000, 1))
    table = people + np.random.default_rng(2).normal(size=(20_000, 4))
    assert mcdonald_omega(table) == pytest.approx(cronbach_alpha(table), abs=0.002)
    assert mcdonald_omega(table) == pytest.approx(0.8, abs=0.01)


def test_omega_needs_three_items_that_differ():
    table = trait("A")
    with pytest.raises(ValueError, match="3 items"):
        mcdonald_omega(table[:, :2])
    with pytest.raises(ValueError, match="answered alike"):
        mcdonald_omega(np.column_stack([table[:, :3], np.full(len(table), 3.0)]))
