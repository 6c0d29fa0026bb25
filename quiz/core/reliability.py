"""How dependable scores are: from real answers by the classical formulas, and as the model itself promises.

Tables are (people, items), complete and already keyed: a high number speaks for the dimension on every item.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from quiz.core.measure import Answers, Array, Measure
from quiz.core.pack import ANSWERS, Pack, Statement

FEWEST_ITEMS_FOR_OMEGA = 3
"""Two items determine no factor of their own."""
_LEAST_SHARE = 0.005
"""No item's own share of its variance is taken to be smaller: at 0 the likelihood has no bound."""
_STEPS, _STILL = 10_000, 1e-10


def keyed(pack: Pack, dimension: str, table: Answers) -> Array:
    """The statements of one dimension, reversed where the key is -1, of the people who answered all of them.

    `table` is (people, items) in the pack's order, 0 for unanswered; the result (people, statements).
    """
    columns = [
        (place, item.key)
        for place, item in enumerate(pack.items)
        if isinstance(item, Statement) and item.dimension == dimension
    ]
    answers = table[:, [place for place, _ in columns]].astype(float)
    complete = answers[(answers > 0).all(axis=1)]
    return turned(complete, [key for _, key in columns], ANSWERS[0], ANSWERS[-1])


def turned(table: Array, keys: Sequence[int], low: float, high: float) -> Array:
    """The table (people, items) with the items of key -1 turned round on their scale from `low` to `high`."""
    return np.where(np.array(keys) > 0, table, low + high - table)


def cronbach_alpha(table: Array) -> float:
    """Cronbach's alpha (1951): k/(k-1) (1 - sum of item variances / variance of the sum).

    ValueError with fewer than two items or people, or if everybody has the same sum.
    """
    items = _checked(table).shape[1]
    total = float(np.var(table.sum(axis=1), ddof=1))
    if total == 0:
        raise ValueError("alpha has no value where everybody has the same sum")
    separate = float(np.var(table, axis=0, ddof=1).sum())
    return float(items / (items - 1) * (1 - separate / total))


def mcdonald_omega(table: Array) -> float:
    """McDonald's omega (1999) of the sum, from one factor by maximum likelihood: (Σλ)² / ((Σλ)² + Σψ).

    λ and ψ are those of the items as they are, not standardised, so omega is that of their plain sum. ValueError
    with fewer than three items or two people, or if everybody answers an item alike.
    """
    if _checked(table).shape[1] < FEWEST_ITEMS_FOR_OMEGA:
        raise ValueError(f"omega needs {FEWEST_ITEMS_FOR_OMEGA} items at least")
    spread = np.std(table, axis=0, ddof=1)
    if not spread.all():
        raise ValueError("omega has no value where an item is answered alike by everybody")
    loadings, own = one_factor(np.atleast_2d(np.corrcoef(table.T)))
    common = float(loadings @ spread) ** 2
    return common / (common + float(own @ spread**2))


def one_factor(correlations: Array) -> tuple[Array, Array]:
    """The loadings and own variances (items,) of one factor, by maximum likelihood, from correlations (items, items).

    Each step takes the best loadings for the own variances, then the own variances that these leave (Barber,
    "Bayesian Reasoning and Machine Learning", 2012, section 21.2); the likelihood never falls. Positive in sum.
    """
    own: Array = 1 / np.linalg.inv(correlations + 1e-9 * np.eye(len(correlations))).diagonal()
    loadings = np.zeros(len(own))
    for _ in range(_STEPS):
        root = np.sqrt(own)
        values, vectors = np.linalg.eigh(correlations / np.outer(root, root))
        before, loadings = loadings, root * vectors[:, -1] * math.sqrt(max(values[-1] - 1, 0.0))
        loadings = -loadings if loadings.sum() < 0 else loadings
        own = np.maximum(1 - loadings**2, _LEAST_SHARE)
        if np.abs(loadings - before).max() < _STILL:
            break
    return loadings, own


def item_rest_correlations(table: Array) -> Array:
    """Each item's correlation with the sum of the others (items,).

    nan for an item that everybody answered alike. ValueError with fewer than two items or people.
    """
    rest = _checked(table).sum(axis=1, keepdims=True) - table
    centred, others = table - table.mean(axis=0), rest - rest.mean(axis=0)
    scale = np.sqrt((centred**2).sum(axis=0) * (others**2).sum(axis=0))
    together = (centred * others).sum(axis=0)
    correlations: Array = np.divide(together, scale, out=np.full(len(scale), np.nan), where=scale > 0)
    return correlations


def standard_error_of_measurement(sd: float, reliability: float) -> float:
    """The standard deviation of a score's error, in the unit of `sd`: sd sqrt(1 - reliability)."""
    return sd * math.sqrt(1 - reliability)


def trait_reliabilities(measure: Measure, ids: Iterable[str] | None = None) -> Mapping[str, float]:
    """The model's reliability of each dimension's trait score, 1 - V_dd / Φ_dd, with these items (by
    default all)."""
    pattern = measure.pattern(measure.pack.item_ids if ids is None else ids)
    shares = 1 - pattern.covariance.diagonal() / measure.phi.diagonal()
    return dict(zip(measure.pack.dimension_ids, shares.tolist(), strict=True))


def contrast_reliability(measure: Measure, ids: Iterable[str]) -> float:
    """1 - c'Vc with these items answered: the contrast's reliability, of the least reliable pair of roles."""
    return max(0.0, 1 - max(variance for _, variance in measure.pattern(ids).pairs.values()))


def _checked(table: Array) -> Array:
    if table.ndim != 2 or min(table.shape) < 2:
        raise ValueError(f"at least two people and two items are needed, not a table of shape {table.shape}")
    return table
