"""Reads a plain table: the first line names the columns, each person has a line, a blank is unanswered."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from quiz.core.pack import Pack
from quiz.packs.problem import counted, suggestion
from quiz.services.answer_table.kinds import CARRIED, AnswerRow, BadColumns, BadRow, Unreadable, duration

SECONDS = "_seconds"
"""The ending of a column with the time taken for an item."""

SEPARATORS = (",", ";", "\t")
ANSWER = re.compile(r"([1-5])([.,]0+)?")
"""1 to 5; whole numbers with a decimal point come from programs whose blanks turn a column into fractions."""


@dataclass(frozen=True, slots=True)
class _Header:
    """What the first line says: the separator and the columns, in their order."""

    separator: str
    columns: tuple[str, ...]


def delimited(pack: Pack, first: bytes, rows: Iterator[bytes], groups: Sequence[str]) -> Iterator[AnswerRow | BadRow]:
    """The rows below the line `first`; raises BadColumns at once."""
    return _rows(pack, _header(first, pack, groups), rows, groups)


def _rows(pack: Pack, header: _Header, rows: Iterator[bytes], groups: Sequence[str]) -> Iterator[AnswerRow | BadRow]:
    for number, line in enumerate(rows, start=2):
        if not line.strip():
            continue
        try:
            row = _row(line, header)
            answers, seconds = _numbers(row, pack)
        except Unreadable as reason:
            yield BadRow(number, str(reason))
            continue
        carried = {column: row[column] for column in CARRIED if column in row}
        yield AnswerRow(number, carried, {group: row[group].strip() for group in groups}, answers, seconds)


def _header(line: bytes, pack: Pack, groups: Sequence[str]) -> _Header:
    try:
        text = line.decode("utf-8-sig")
        separator = max(SEPARATORS, key=text.count)
        columns = tuple(cell.strip() for cell in _cells(text, separator))
    except (UnicodeDecodeError, Unreadable) as reason:
        raise BadColumns([f"the first line cannot be read: {reason}"]) from reason
    problems = list(_wrong_columns(columns, pack, groups))
    if problems:
        raise BadColumns(problems)
    return _Header(separator, columns)


def _wrong_columns(columns: tuple[str, ...], pack: Pack, groups: Sequence[str]) -> Iterator[str]:
    known = {*pack.item_ids, *CARRIED, *(item + SECONDS for item in pack.item_ids), *groups}
    for column, count in Counter(columns).items():
        if column not in known:
            yield f"unknown column '{column}'" + suggestion(column, known)
        elif count > 1:
            yield f"the column '{column}' stands there {count} times"
    for group in groups:
        if group not in columns:
            yield f"there is no column '{group}'" + suggestion(group, columns)
    if not set(columns) & set(pack.item_ids):
        yield "no column is an item of the pack"


def _row(line: bytes, header: _Header) -> Mapping[str, str]:
    try:
        cells = _cells(line.decode("utf-8"), header.separator)
    except UnicodeDecodeError as reason:
        raise Unreadable("is not UTF-8") from reason
    if len(cells) != len(header.columns):
        raise Unreadable(f"has {counted(len(cells), 'column')}, the first line has {len(header.columns)}")
    return dict(zip(header.columns, cells, strict=True))


def _cells(text: str, separator: str) -> list[str]:
    """Take one line apart; a quote left open must not swallow the lines that follow."""
    try:
        return next(csv.reader([text.rstrip("\r\n")], delimiter=separator, strict=True), [])
    except csv.Error as reason:
        raise Unreadable(str(reason)) from reason


def _numbers(row: Mapping[str, str], pack: Pack) -> tuple[Mapping[str, int], Mapping[str, float]]:
    """Return the answers and the seconds by item, blanks left out; complain of all wrong ones at once."""
    answers: dict[str, int] = {}
    seconds: dict[str, float] = {}
    wrong: list[str] = []
    for column, cell in row.items():
        text = cell.strip()
        # The check refuses items that are called like a time; where one is, its answers must not get lost.
        item = column if column in pack.position else column.removesuffix(SECONDS)
        if not text or item not in pack.position:
            continue
        if item == column:
            if found := ANSWER.fullmatch(text):
                answers[item] = int(found[1])
            else:
                wrong.append(f"{item}: '{text}' is not an answer from 1 to 5")
        elif (time := duration(text)) is not None:
            seconds[item] = time
        else:
            wrong.append(f"{column}: '{text}' is not a number of seconds")
    if wrong:
        raise Unreadable("; ".join(wrong))
    return answers, seconds
