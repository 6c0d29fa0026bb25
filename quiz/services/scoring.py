"""Scores a table of answers row by row: one line in, one result or one complaint out."""

from __future__ import annotations

import csv
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from quiz.core.outcome import Estimate, Outcome, Scores, decide
from quiz.core.pack import Pack
from quiz.core.quality import Flag, flags
from quiz.packs.problem import counted, suggestion
from quiz.services.library import Edition

CARRIED = ("id", "reference")
"""The columns that identify a person and are handed on as they are."""

SECONDS = "_seconds"
"""The ending of a column with the time taken for an item."""

SEPARATORS = (",", ";", "\t")
ANSWER = re.compile(r"([1-5])([.,]0+)?")
"""1 to 5; whole numbers with a decimal point come from programs whose blanks turn a column into fractions."""


class BadColumns(ValueError):
    """Raised for a first line that does not say which column is which; `problems` holds every reason."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(self.problems))


class _Unreadable(ValueError):
    """A line that cannot be taken apart into cells, or cells that cannot be understood."""


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that could not be scored: its line, counted from 1, and why."""

    line: int
    message: str


@dataclass(frozen=True, slots=True)
class Result:
    """A scored row; `carried` holds what identifies the person, as far as there are such columns."""

    line: int
    carried: Mapping[str, str]
    scores: Scores
    flags: tuple[Flag, ...]
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Header:
    """What the first line says: the separator and the columns, in their order."""

    separator: str
    columns: tuple[str, ...]


def score(edition: Edition, lines: Iterable[bytes]) -> Iterator[Result | BadRow]:
    """Score a table line by line, so that its size does not matter; the first line names the columns.

    Columns are item ids, `<item>_seconds`, `id` and `reference`. A blank cell is unanswered, a blank line is
    passed over, and every row stands on a line of its own.

    Raises BadColumns at once, before the first row is scored.
    """
    rows = iter(lines)
    header = _header(next(rows, b""), edition.pack)
    return _results(edition, header, rows)


def _results(edition: Edition, header: Header, rows: Iterator[bytes]) -> Iterator[Result | BadRow]:
    for number, line in enumerate(rows, start=2):
        if not line.strip():
            continue
        try:
            yield _result(edition, number, _row(line, header))
        except _Unreadable as reason:
            yield BadRow(number, str(reason))


def _result(edition: Edition, number: int, row: Mapping[str, str]) -> Result:
    measure = edition.measure
    answers, seconds = _numbers(row, measure.pack)
    scores = measure.score(answers)
    found = flags(measure, answers, seconds)
    carried = {column: row[column] for column in CARRIED if column in row}
    return Result(number, carried, scores, found, decide(measure.pack, scores, found))


def _header(line: bytes, pack: Pack) -> Header:
    try:
        text = line.decode("utf-8-sig")
        separator = max(SEPARATORS, key=text.count)
        columns = tuple(cell.strip() for cell in _cells(text, separator))
    except (UnicodeDecodeError, _Unreadable) as reason:
        raise BadColumns([f"the first line cannot be read: {reason}"]) from reason
    problems = list(_wrong_columns(columns, pack))
    if problems:
        raise BadColumns(problems)
    return Header(separator, columns)


def _wrong_columns(columns: tuple[str, ...], pack: Pack) -> Iterator[str]:
    known = {*pack.item_ids, *CARRIED, *(item + SECONDS for item in pack.item_ids)}
    for column, count in Counter(columns).items():
        if column not in known:
            yield f"unknown column '{column}'" + suggestion(column, known)
        elif count > 1:
            yield f"the column '{column}' stands there {count} times"
    if not set(columns) & set(pack.item_ids):
        yield "no column is an item of the pack"


def _row(line: bytes, header: Header) -> Mapping[str, str]:
    try:
        cells = _cells(line.decode("utf-8"), header.separator)
    except UnicodeDecodeError as reason:
        raise _Unreadable("is not UTF-8") from reason
    if len(cells) != len(header.columns):
        raise _Unreadable(f"has {counted(len(cells), 'column')}, the first line has {len(header.columns)}")
    return dict(zip(header.columns, cells, strict=True))


def _cells(text: str, separator: str) -> list[str]:
    """Take one line apart; a quote left open must not swallow the lines that follow."""
    try:
        return next(csv.reader([text.rstrip("\r\n")], delimiter=separator, strict=True), [])
    except csv.Error as reason:
        raise _Unreadable(str(reason)) from reason


def _numbers(row: Mapping[str, str], pack: Pack) -> tuple[Mapping[str, int], Mapping[str, float]]:
    """Return the answers and the seconds by item, blanks left out; complain of all wrong ones at once."""
    answers: dict[str, int] = {}
    seconds: dict[str, float] = {}
    wrong: list[str] = []
    for column, cell in row.items():
        text = cell.strip()
        if column in CARRIED or not text:
            continue
        if column in pack.position:
            if found := ANSWER.fullmatch(text):
                answers[column] = int(found[1])
            else:
                wrong.append(f"{column}: '{text}' is not an answer from 1 to 5")
        elif (time := _time(text)) is not None:
            seconds[column.removesuffix(SECONDS)] = time
        else:
            wrong.append(f"{column}: '{text}' is not a number of seconds")
    if wrong:
        raise _Unreadable("; ".join(wrong))
    return answers, seconds


def _time(text: str) -> float | None:
    try:
        time = float(text.replace(",", "."))
    except ValueError:
        return None
    return time if math.isfinite(time) and time >= 0 else None


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
