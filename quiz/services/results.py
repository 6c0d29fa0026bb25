"""The result of an attempt: made once when it is finished, kept as JSON beside the answers, shown from there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

import orjson

from quiz.core import explain, quality
from quiz.core.outcome import Estimate, Kind, Scores, decide
from quiz.core.pack import Pack
from quiz.services.document import Contrast, Figures, Result, Turning
from quiz.services.library import Edition
from quiz.store.attempts import Answer, Attempt
from quiz.store.consents import Consent, Personal
from quiz.store.standings import Standing

FORMAT = 1
"""Raised when the stored document changes its shape."""

EARLIER: Final = "earlier"
"""Where a result keeps what answers to items of an earlier version of the pack contributed together."""


def make(edition: Edition, given: Mapping[str, Answer]) -> Result:
    """Score answers into the document that is kept; `docs/result-json.md` describes it.

    A pure function of the pack version, the choices and the times. Answers to items that the pack no longer
    has are left out.
    """
    measure, pack = edition.measure, edition.pack
    answers = {item: given[item].choice for item in pack.item_ids if item in given}
    seconds = {item: given[item].took_ms / 1000 for item in answers}
    flags = quality.flags(measure, answers, seconds)
    scores = measure.score(answers)
    outcome = decide(pack, scores, flags)
    turning = explain.turning_points(measure, answers, outcome, flags)
    ahead = explain.prospect(measure, scores.answered)
    return {
        "format": FORMAT,
        "pack": {"id": pack.id, "version": pack.version, "parameters": pack.parameters.version},
        "answered": len(answers),
        "items": len(pack.items),
        "outcome": {
            "kind": outcome.kind.value,
            "role": outcome.role,
            "leader": outcome.leader,
            "runner_up": outcome.runner_up,
            "probability": outcome.probability,
            "reasons": list(outcome.reasons),
        },
        "flags": [flag.value for flag in flags],
        "fits": {role: _estimate(fit) for role, fit in scores.fits.items()},
        "best": dict(scores.best),
        "pairs": {
            role: {other: scores.over(role, other) for other in pack.role_ids if other != role}
            for role in pack.role_ids
        },
        "contrast": _contrast(scores),
        "traits": {dimension: _estimate(trait) for dimension, trait in scores.traits.items()},
        "choices": answers,
        # An answer that weighs nothing adds 0.0: adding it takes the sign from -0.0 and changes no other figure.
        "contributions": {item: value + 0.0 for item, value in scores.contrast.contributions.items()},
        "strongest": [found.item for found in explain.strongest(scores.contrast)],
        "strengths": list(explain.strengths(pack, scores, outcome.role)),
        "development": list(explain.development(pack, scores, outcome.role)),
        "turning": _turning(turning),
        "prospect": {
            "reliability": ahead.reliability_then,
            "accuracy_ceiling": ahead.accuracy_then,
        },
    }


def dump(result: Result) -> str:
    """As it is kept."""
    return orjson.dumps(result).decode()


def load(text: str) -> Result:
    """As it was kept; what results of earlier days do not say, and their two roles tell, is filled in."""
    result: Result = orjson.loads(text)
    if "pairs" not in result and "contrast" in result:
        contrast, outcome = result["contrast"], result["outcome"]
        first, second, chance = contrast["first"], contrast["second"], contrast["probability"]
        result["pairs"] = {first: {second: chance}, second: {first: 1 - chance}}
        if outcome["kind"] != Kind.NONE:
            in_order = (first, second) if chance >= 0.5 else (second, first)
            outcome["leader"], outcome["runner_up"] = in_order
        else:
            outcome["leader"] = None
    return result


def standing(result: Result) -> Standing:
    """What a campaign's table of results is filtered and sorted by."""
    outcome = result["outcome"]
    return Standing(
        outcome=outcome["kind"],
        role=outcome["role"],
        flags=len(result["flags"]),
        fits=tuple((role, fit["points"], fit["low"], fit["high"]) for role, fit in result["fits"].items()),
    )


def in_words_of(pack: Pack, result: Result) -> Result:
    """A stored result as far as the pack still has words for it.

    Its figures stay as they were. What answers to items of an earlier version contributed is summed as "earlier",
    so that the contributions still add up.
    """
    if result["pack"]["version"] == pack.version:
        return result
    contributions, traits = result["contributions"], result["traits"]
    changes = result["turning"]["changes"]
    still_there = all(change["item"] in pack.position for change in changes)
    return result | {
        "contributions": {item: value for item, value in contributions.items() if item in pack.position},
        EARLIER: sum(value for item, value in contributions.items() if item not in pack.position),
        "strongest": [item for item in result["strongest"] if item in pack.position],
        "traits": {dimension: traits[dimension] for dimension in pack.dimension_ids if dimension in traits},
        "strengths": [dimension for dimension in result["strengths"] if dimension in pack.dimension_ids],
        "development": [dimension for dimension in result["development"] if dimension in pack.dimension_ids],
        "turning": result["turning"] if still_there else {"changes": [], "kind": None, "role": None},
    }


def chance_of_best(result: Result, role: str) -> float:
    """How likely a role is the best fit of all, as it is told: never likelier than that it is better than another one.

    The latter counts the doubt about the weights, and P(best) does not (`docs/measurement.md`).
    """
    return min(result["best"][role], *result["pairs"][role].values())


def own_data(attempt: Attempt, result: Result, given: Mapping[str, Answer], personal: Personal) -> dict[str, Any]:
    """Everything that is kept of a person's attempt, for themselves: `result.json`.

    The answers of the result come first, in the order of the quiz that made it.
    """
    assert attempt.finished_ms is not None  # what has a result is finished
    scored = result["choices"]
    kept = [item for item in scored if item in given] + sorted(given.keys() - scored)
    shown = {key: value for key, value in result.items() if key != "choices"}  # "answers" says it with times
    return {
        **shown,
        "language": attempt.language,
        "reference": attempt.reference,
        "name": personal.name,
        "email": personal.email,
        "consent": _consent(personal.consent) if personal.consent else None,
        "started_at": _moment(attempt.started_ms),
        "finished_at": _moment(attempt.finished_ms),
        "answers": [
            {
                "item": item,
                "choice": given[item].choice,
                "seconds": given[item].took_ms / 1000,
                "answered_at": _moment(given[item].answered_ms),
            }
            for item in kept
        ],
    }


def _consent(consent: Consent) -> dict[str, Any]:
    return {
        "given_at": _moment(consent.given_ms),
        "texts_version": consent.texts_version,
        "language": consent.language,
        "to_contact": consent.to_contact,
        "to_sharing": consent.to_sharing,
    }


def _estimate(estimate: Estimate) -> Figures:
    low, high = estimate.interval()
    return {
        "score": estimate.score,
        "se": estimate.se,
        "points": estimate.points,
        "low": low,
        "high": high,
    }


def _contrast(scores: Scores) -> Contrast:
    contrast = scores.contrast
    low, high = contrast.interval()
    return {
        "first": contrast.first,
        "second": contrast.second,
        "mean": contrast.mean,
        "sd": contrast.sd,
        "low": low,
        "high": high,
        "probability": contrast.probability,
        "reliability": contrast.reliability,
        "accuracy_ceiling": contrast.accuracy_ceiling,
    }


def _turning(turning: explain.Turning) -> Turning:
    return {
        "changes": [{"item": change.item, "answer": change.answer, "new": change.new} for change in turning.changes],
        "kind": turning.outcome.kind.value if turning.changes else None,
        "role": turning.outcome.role if turning.changes else None,
    }


def _moment(ms: int) -> str:
    return datetime.fromtimestamp(ms / 1000, UTC).isoformat(timespec="milliseconds")
