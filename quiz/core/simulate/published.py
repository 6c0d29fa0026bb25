"""The simulation as a pack keeps it, in simulated.json: the page on the method and the manual are made from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any

import numpy as np

from quiz.core.digest import digest
from quiz.core.measure import Measure
from quiz.core.pack import Pack
from quiz.core.quality import Flag
from quiz.core.simulate.people import USUAL, CarelessKind, Styles, respondents
from quiz.core.simulate.report import Judged, Report, judged, report, share

STEP = 2
"""Every so many questions the figures are kept."""
_ANSWERERS = {
    "attentive": USUAL,
    "random": Styles(careless=1),
    "straight-line": Styles(careless=1, careless_kind=CarelessKind.STRAIGHT_LINE),
    "extreme": Styles(extreme=0.2),
}
_OF_A_SCENARIO = (
    "accuracy",
    "called",
    "accuracy_when_called",
    "brier",
    "calibration_error",
    "coverage",
    "flagged_any",
    "withheld",
    "withheld_careless",
    "called_careless",
    "aim_reached",
    "aim_otherwise",
)


def scenarios(pack: Pack) -> Mapping[str, Styles]:
    """The ways of answering, by name, that every pack is tried with."""
    careless = {f"careless-{kind}": Styles(careless=0.1, careless_kind=kind) for kind in CarelessKind}
    faking = {f"faking-{role}": Styles(faking=0.2, towards=role) for role in pack.role_ids}
    return {
        "acquiescence": Styles(acquiescence=0.6),
        **careless,
        "faking": Styles(faking=0.2),
        **faking,
        "misspecified": Styles(misspecified=0.1),
        "early": Styles(early=0.5),
        "extreme": Styles(extreme=0.2),
    }


def published(measure: Measure, people: int, seed: int) -> dict[str, Any]:
    """The content of simulated.json, ready for JSON but for nan; always the same for the same `seed`.

    The figures of `Report` for the usual people, by every second question; `pack` with its versions and its digest,
    by which a change without a new version is noticed; `quality`, the base rates of the flags; `scenarios`, the same
    people answering otherwise.
    """
    pack, items = measure.pack, len(measure.pack.items)
    lengths = {*range(STEP, items, STEP), pack.minimum}
    usual = asdict(report(measure, people, seed, lengths=lengths))
    found = {
        name: {"styles": asdict(styles), **_scenario(report(measure, people, seed, styles, lengths=()))}
        for name, styles in scenarios(pack).items()
    }
    doubtful = report(measure, people, seed, doubtful=True, lengths=())
    calibration = [asdict(part) for part in doubtful.calibration]
    found["doubtful"] = {"styles": asdict(USUAL), **_scenario(doubtful), "calibration": calibration}
    return {
        "pack": {
            "id": pack.id,
            "version": pack.version,
            "parameters": pack.parameters.version,
            "digest": digest(pack),
        },
        **usual,
        "quality": _quality(measure, people, seed),
        "scenarios": found,
    }


def _scenario(figures: Report) -> dict[str, Any]:
    return {field.name: getattr(figures, field.name) for field in fields(figures) if field.name in _OF_A_SCENARIO}


def _quality(measure: Measure, people: int, seed: int) -> list[dict[str, Any]]:
    """How often each kind of people raises each flag, after the pack's minimum and with all questions."""
    drawn = {name: respondents(measure.pack, people, seed, styles).answers for name, styles in _ANSWERERS.items()}
    return [
        {
            "questions": questions,
            **{name: _rates(judged(measure, answers, questions)) for name, answers in drawn.items()},
        }
        for questions in sorted({measure.pack.minimum, len(measure.pack.items)})
    ]


def _rates(people: Judged) -> dict[str, Any]:
    return {
        "flags": {flag: share(people.flags[flag]) for flag in Flag},
        "any": share(np.any(list(people.flags.values()), axis=0)),
        "withheld": share(people.withheld),
        "called": share(people.called),
    }
