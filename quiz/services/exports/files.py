"""The forms of an export: CSV, XLSX and JSON Lines, each made from rows or people as they come."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from io import StringIO
from tempfile import TemporaryFile
from typing import Any

import orjson

from quiz.services.exports.persons import Person, Value
from quiz.services.exports.safe import harmless

FORMATS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "jsonl": "application/jsonl; charset=utf-8",
}
"""The forms and their media types."""
CHUNK = 64 * 1024
"""Bytes that are sent at a time, more or less."""
_LINE = orjson.OPT_APPEND_NEWLINE | orjson.OPT_UTC_Z
_BOM = "\ufeff"
"""Without it, Excel reads accents as gibberish."""
_LAST_ROW = 1_048_576
"""A worksheet of Excel's ends here."""
_WIDTH = 20
"""Characters of a column: a time has 19, and a spreadsheet shows none that does not fit."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with its headings. The rows may come slowly, and are asked for once."""

    name: str
    headings: Sequence[str]
    rows: Iterable[Sequence[Value]]
    filtered: bool = False


def csv(headings: Sequence[str], rows: Iterable[Sequence[Value]]) -> Iterator[bytes]:
    """A CSV file (RFC 4180, UTF-8 with a mark) in which no cell is a formula."""
    from defusedcsv import csv as defused  # what only exports need is imported by them

    file = StringIO()
    file.write(_BOM)
    writer = defused.writer(file)
    writer.writerow([harmless(heading) for heading in headings])
    for row in rows:
        writer.writerow([_plain(value) for value in row])
        if file.tell() >= CHUNK:
            yield _emptied(file)
    yield _emptied(file)


def jsonl(people: Iterable[Person], *, with_answers: bool) -> Iterator[bytes]:
    """A JSON object a line, the same in every language: codes instead of words, texts as they are."""
    lines: list[bytes] = []
    size = 0
    for person in people:
        line = orjson.dumps(_document(person, with_answers=with_answers), option=_LINE)
        lines.append(line)
        size += len(line)
        if size >= CHUNK:
            yield b"".join(lines)
            lines, size = [], 0
    yield b"".join(lines)


def xlsx(title: str, sheets: Iterable[Sheet]) -> Iterator[bytes]:
    """A workbook in which every text is a text and every time a time, the headings stay in sight and can filter.

    It is written row by row into a file that has no name and is gone when it has been sent, or nobody wants more.
    """
    from xlsxwriter import Workbook

    options: dict[str, object] = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    options |= {"remove_timezone": True, "default_date_format": "yyyy-mm-dd hh:mm:ss"}
    with TemporaryFile() as file:
        with Workbook(file, options) as book:
            book.set_properties({"title": title})
            head = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
            for sheet in sheets:
                _write(book, sheet, head)
        file.seek(0)
        while chunk := file.read(CHUNK):
            yield chunk


def _write(book: Any, sheet: Sheet, head: object) -> None:  # noqa: ANN401 - XlsxWriter has no types
    page = None
    number = 0
    place = 0
    for row in sheet.rows:
        if page is None or place == _LAST_ROW:
            _filter(page, sheet, place)
            number += 1
            page, place = _page(book, sheet, number, head), 1
        page.write_row(place, 0, row)
        place += 1
    if page is None:
        page, place = _page(book, sheet, 1, head), 1
    _filter(page, sheet, place)


def _filter(page: Any, sheet: Sheet, end: int) -> None:  # noqa: ANN401 - the same
    if page is not None and sheet.filtered:
        page.autofilter(0, 0, end - 1, len(sheet.headings) - 1)


def _page(book: Any, sheet: Sheet, number: int, head: object) -> Any:  # noqa: ANN401 - the same
    page = book.add_worksheet(sheet.name if number == 1 else f"{sheet.name} {number}")
    page.freeze_panes(1, 0)
    page.set_column(0, len(sheet.headings) - 1, _WIDTH)
    page.write_row(0, 0, sheet.headings, head)
    return page


def _document(person: Person, *, with_answers: bool) -> dict[str, object]:
    document = asdict(person)
    for name in ("fits", "scores"):
        document[name] = {key: found._asdict() for key, found in getattr(person, name).items()}
    if with_answers:
        given = person.answers.items()
        document["answers"] = {item: {"choice": choice, "seconds": seconds} for item, (choice, seconds) in given}
    else:
        del document["answers"]
    return document


def _plain(value: Value) -> Value:
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%dT%H:%M:%SZ}"
    return harmless(value) if isinstance(value, str) else value


def _emptied(file: StringIO) -> bytes:
    text = file.getvalue()
    file.seek(0)
    file.truncate()
    return text.encode()
