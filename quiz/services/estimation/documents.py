"""Estimates ready for JSON: what the commands print, and what a calibrated pack keeps in calibration.json."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from itertools import combinations
from typing import Any

from quiz.core.calibrate import Calibration, Figures
from quiz.core.calibrate.groups import Comparison
from quiz.core.measure import Measure
from quiz.core.pack import Pack
from quiz.services.estimation import Collected, Estimated, Reliability

DIGITS = 6


def reliability(found: Reliability, collected: Collected) -> dict[str, Any]:
    """What `flask pack reliability --json` prints; null where a figure cannot be had."""
    analysis = asdict(found.analysis)
    told = {key: analysis.pop(key) for key in ("people", "complete", "missing")}
    told |= {"unreadable": len(collected.bad), "empty": collected.empty}
    told |= {"flagged": {str(flag): share for flag, share in found.flagged.items()}, "withheld": found.withheld}
    rounded: dict[str, Any] = _rounded(told | analysis)
    return rounded


def calibration(found: Estimated, column: str | None = None) -> dict[str, Any]:
    """What calibration.json holds; `column` is where the groups come from. Its form is in docs/estimating.md."""
    estimated, pack = found.calibration, found.pack
    told: dict[str, Any] = {
        "pack": pack.id,
        "version": pack.version,
        "parameters": pack.parameters.version,
        "before": estimated.pack.parameters.version,
        "on": pack.parameters.estimation.on.isoformat() if pack.parameters.estimation else None,
        "people": estimated.people,
        "left_out": {
            "careless": found.careless,
            "empty": found.collected.empty,
            "unreadable": len(found.collected.bad),
        },
        "random": {"before": found.random_before, "now": found.random},
        "missing": float((found.collected.answers == 0).mean()),
        "fit": asdict(estimated.fit),
        "contrasts": [
            {"first": first, "second": second, "before": before, "now": now}
            for first, second, before, now in _contrasts(estimated.pack, pack)
        ],
        "items": _items(estimated),
        "correlations": _correlations(estimated),
        "acquiescence_sd": _figure(*(figures.acquiescence for figures in _all(estimated))),
        "bootstrap": estimated.repeats,
    }
    if found.comparison is not None:
        told["groups"] = {"column": column, **_groups(found.comparison)}
    told["warnings"] = list(found.warnings)
    rounded: dict[str, Any] = _rounded(told)
    return rounded


def _all(estimated: Calibration) -> tuple[Figures, ...]:
    """The figures, their errors and, after a bootstrap, the ends of their ranges."""
    ends = (estimated.low, estimated.high)
    return (estimated.figures, estimated.errors, *(figures for figures in ends if figures is not None))


def _figure(*values: float) -> dict[str, float | None]:
    """An estimate with its error and range; a figure that is not known is null."""
    keys = ("estimate", "error", "low", "high")
    return {key: None if value != value else value for key, value in zip(keys, values, strict=False)}


def _items(estimated: Calibration) -> dict[str, Any]:
    return {
        item: {
            name: _figure(*(float(getattr(figures, name)[place]) for figures in _all(estimated)))
            for name in ("loading", "mean", "sd")
        }
        for place, item in enumerate(estimated.pack.item_ids)
    }


def _correlations(estimated: Calibration) -> list[dict[str, Any]]:
    return [
        {"a": a, "b": b, **_figure(*(float(figures.phi[i, j]) for figures in _all(estimated)))}
        for (i, a), (j, b) in combinations(enumerate(estimated.pack.dimension_ids), 2)
    ]


def _contrasts(before: Pack, now: Pack) -> list[tuple[str, str, float, float]]:
    """The reliability of each pair's contrast with the whole form, by the old figures and by the new ones."""
    answers = dict.fromkeys(now.item_ids, 3)
    old, new = Measure(before), Measure(now)
    return [
        (one, other, old.contrast(answers, one, other).reliability, new.contrast(answers, one, other).reliability)
        for one, other in combinations(now.role_ids, 2)
    ]


def _groups(comparison: Comparison) -> dict[str, Any]:
    told: Mapping[str, Any] = asdict(comparison)
    return {**told, "differences": [asdict(each) for each in comparison.differences]}


def _rounded(value: Any) -> Any:  # noqa: ANN401 - anything that JSON can hold
    if isinstance(value, dict):
        return {key: _rounded(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(part) for part in value]
    return round(value, DIGITS) if isinstance(value, float) else value
