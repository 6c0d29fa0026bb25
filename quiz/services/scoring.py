"""Scores a table of answers row by row: one line in, one result or one complaint out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from quiz.core.outcome import Estimate, Outcome, Scores, decide
from quiz.core.quality import Flag, flags
from quiz.services import answer_table
from quiz.services.answer_table import CARRIED, AnswerRow, BadColumns, BadRow
from quiz.services.library import Edition

__all__ = ["CARRIED", "BadColumns", "BadRow", "Result", "document", "score"]


@dataclass(frozen=True, slots=True)
class Result:
    """A scored row; `carried` holds what identifies the person, as far as there are such columns."""

    line: int
    carried: Mapping[str, str]
    scores: Scores
    flags: tuple[Flag, ...]
    outcome: Outcome


def score(edition: Edition, lines: Iterable[bytes]) -> Iterator[Result | BadRow]:
    """Score a table line by line, as `quiz.services.answer_table` reads it, so that its size does not matter.

    Raises BadColumns at once, before the first row is scored.
    """
    return _results(edition, answer_table.read(edition.pack, lines))


def _results(edition: Edition, rows: Iterator[AnswerRow | BadRow]) -> Iterator[Result | BadRow]:
    for row in rows:
        yield row if isinstance(row, BadRow) else _result(edition, row)


def _result(edition: Edition, row: AnswerRow) -> Result:
    measure = edition.measure
    scores = measure.score(row.answers)
    found = flags(measure, row.answers, row.seconds)
    return Result(row.line, row.carried, scores, found, decide(measure.pack, scores, found))


def document(result: Result, edition: Edition, language: str | None = None) -> dict[str, Any]:
    """Return what is told of a row, ready for JSON: fits in points with their 90 % range, the contrast in SD.

    `probability` is that of the leading role, named or not; `reasons` say why there is no reliable result. With a
    language, the headline is added.
    """
    outcome, scores = result.outcome, result.scores
    told: dict[str, Any] = dict(result.carried)
    told |= {"outcome": str(outcome.kind), "role": outcome.role, "probability": round(outcome.probability, 6)}
    told["fits"] = {role: _in_points(fit) for role, fit in scores.fits.items()}
    told["contrast"] = {
        "first": scores.contrast.first,
        "second": scores.contrast.second,
        "mean": round(scores.contrast.mean, 6),
        "sd": round(scores.contrast.sd, 6),
    }
    told |= {
        "answered": len(scores.answered),
        "flags": [str(flag) for flag in result.flags],
        "reasons": list(outcome.reasons),
    }
    if language is not None:
        told["headline"] = _headline(outcome, edition, language)
    return told


def _in_points(fit: Estimate) -> dict[str, float]:
    low, high = fit.interval()
    return {"points": round(fit.points, 2), "low": round(low, 2), "high": round(high, 2)}


def _headline(outcome: Outcome, edition: Edition, language: str) -> str:
    texts = edition.content.texts[language]
    names = {"role": outcome.role, "other": outcome.runner_up}
    words = {key: texts.roles[role].name for key, role in names.items() if role is not None}
    return texts.outcomes[outcome.kind].headline.format(**words)
