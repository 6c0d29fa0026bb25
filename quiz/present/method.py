"""The figures of the method page, as text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from quiz.core.explain import prospect
from quiz.core.measure import Measure
from quiz.present.numbers import decimal, percent


def figures(measure: Measure, simulated: Mapping[str, Any], language: str) -> dict[str, str]:
    """What the method page says of a pack: read off its parameters, its model and its stored simulation.

    Shares are whole hundredths, rounded down; other figures have two decimals.
    """
    pack, parameters = measure.pack, measure.pack.parameters
    roles = {dimension.id: dimension.role for dimension in pack.dimensions}
    correlations = {"within": 0.0, "across": 0.0}
    for a, row in zip(pack.dimension_ids, parameters.correlations, strict=True):
        for b, correlation in zip(pack.dimension_ids, row, strict=True):
            if a < b:
                correlations["within" if roles[a] == roles[b] else "across"] = correlation
    complete = prospect(measure, pack.item_ids)
    return {
        "reliability": decimal(complete.reliability_then, language),
        "accuracy_ceiling": percent(complete.accuracy_then),
        "called": percent(simulated["called"]),
        "accuracy_called": percent(simulated["accuracy_when_called"]),
        "statements": str(sum(item.kind == "statement" for item in pack.items)),
        "trade_offs": str(sum(item.kind == "trade-off" for item in pack.items)),
        "dimensions": str(len(pack.dimensions)),
        "minimum": str(pack.minimum),
        "loading": decimal(pack.items[0].loading, language),
        "within": decimal(correlations["within"], language),
        "across": decimal(correlations["across"], language),
        "acquiescence_sd": decimal(parameters.acquiescence_sd, language),
        "doubt": decimal(parameters.doubt[0], language),
    }
