"""The figures of the method page, as text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from quiz.core import indifference, outcome
from quiz.core.explain import prospect
from quiz.core.measure import Measure
from quiz.core.outcome import Estimate
from quiz.core.pack import Statement
from quiz.present.manual.figures import Figures
from quiz.present.numbers import decimal, percent


def figures(measure: Measure, simulated: Mapping[str, Any], language: str) -> dict[str, str]:
    """What the method page says of a pack: read off its structure, its model, the rules and its stored simulation.

    Shares of people are whole hundredths, to the nearest; other figures have two decimals. "indifferent" is missing if
    the same answer throughout, or always the same side, names a role; "called" and "accuracy_called" are missing
    without a simulation, or if it named nobody a role.
    """
    pack, written = measure.pack, Figures(language)
    complete, average = prospect(measure, pack.item_ids), Estimate(0.0, 1.0)
    statements = [item for item in pack.items if isinstance(item, Statement)]
    found = {
        "reliability": decimal(complete.reliability_then, language),
        "accuracy_ceiling": percent(complete.accuracy_then),
        "statements": str(len(statements)),
        "reversed": str(sum(item.key < 0 for item in statements)),
        "trade_offs": str(len(pack.items) - len(statements)),
        "dimensions": str(len(pack.dimensions)),
        "minimum": str(pack.minimum),
        "clear_from": written.bound(outcome.CLEAR),
        "leaning_from": written.bound(outcome.LEANING),
        "fits": written.bound(outcome.FITS),
        "stands_back": written.bound(outcome.STANDS_BACK),
        "middle": written.plain(average.points),
        "spread": written.plain(average.margin),
    }
    if not indifference.named(measure):
        found["indifferent"] = "yes"
    if pack.parameters.estimation:
        found["people"] = written.whole(pack.parameters.estimation.people)
        found["on"] = written.day(pack.parameters.estimation.on)
    if simulated and simulated["accuracy_when_called"] is not None:
        found["called"] = percent(simulated["called"])
        found["accuracy_called"] = percent(simulated["accuracy_when_called"])
    return found
