"""A file of groups, as somebody hands it in: who belongs to which group. Read from memory, and never kept.

The first line names the columns: first the person's reference or e-mail address, then one to three groupings. Commas,
semicolons or tabs stand between; UTF-8 (with or without its mark), UTF-16 with its mark, or Windows-1252. A line that
cannot be used is told by its number, and the others are.
"""

from __future__ import annotations

import codecs
import csv
import io
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

MOST_BYTES = 3 * 1024 * 1024
MOST_LINES = 50_000
MOST_GROUPINGS = 3
MOST_GROUPS = 20
"""In one grouping: more are names or dates rather than groups."""
LONGEST_CELL = 200

UNKNOWN = frozenset(
    (
        *("-", "–", "—", "?", ".", "na", "n/a", "n.a.", "nan", "nd", "n/d", "ns", "nc", "ns/nc", "null", "none"),
        *("unknown", "undisclosed", "not disclosed", "not stated", "not specified", "not given", "no answer"),
        *("prefer not to say", "prefer not to answer", "decline to state", "decline to answer"),
        *("desconocido", "desconocida", "se desconoce", "no consta", "sin datos", "sin respuesta", "no contesta"),
        *("prefiero no decirlo", "prefiere no decirlo", "no declarado"),
    )
)
"""What people write for a group that is not known, in lower case; an empty cell says the same."""


class Unreadable(ValueError):
    """The file as a whole cannot be used. `reason` is one of REASONS; `detail` names what it is about."""

    def __init__(self, reason: str, detail: str = "") -> None:
        assert reason in REASONS
        self.reason, self.detail = reason, detail
        super().__init__(f"{reason} {detail}".strip())


REASONS = (
    *("empty", "large", "workbook", "binary", "many-lines", "open-quote", "one-column", "many-columns", "no-name"),
    *("same-name", "formula-name", "long-name", "many-groups", "no-rows"),
)
FAULTS = ("cells", "long", "control", "formula", "no-person")
"""Why a line is left out: another number of cells; a long cell; unreadable characters; a formula; no reference."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the file: the person, and their group in each grouping, empty where it is not known."""

    line: int
    person: str
    groups: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """A line that is left out, and why (one of FAULTS)."""

    line: int
    why: str


@dataclass(frozen=True, slots=True)
class GroupFile:
    """What was read: the groupings' names, the lines that can be used, those that cannot."""

    groupings: tuple[str, ...]
    rows: tuple[Row, ...]
    faults: tuple[Fault, ...]


def read(data: bytes) -> GroupFile:
    """Read a file. Raises Unreadable."""
    text = _decode(data)
    if text.count("\n") > MOST_LINES:
        raise Unreadable("many-lines", str(MOST_LINES))
    header_text = text.partition("\n")[0]
    delimiter = max(",;\t", key=header_text.count)
    lines = _lines(text, delimiter)
    first = next(lines, None)
    if first is None:
        raise Unreadable("empty")
    groupings = _header(first[1])
    rows, faults = [], []
    spellings: list[dict[str, str]] = [{} for _ in groupings]
    for line, cells in lines:
        if why := _fault(cells, 1 + len(groupings)):
            faults.append(Fault(line, why))
            continue
        groups = (_group(cell, known) for cell, known in zip(cells[1:], spellings, strict=True))
        rows.append(Row(line, cells[0], tuple(groups)))
        for name, known in zip(groupings, spellings, strict=True):
            if len(known) > MOST_GROUPS:
                raise Unreadable("many-groups", name)
    if not rows:
        raise Unreadable("no-rows")
    return GroupFile(groupings, tuple(rows), tuple(faults))


def _decode(data: bytes) -> str:
    if len(data) > MOST_BYTES:
        raise Unreadable("large")
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise Unreadable("workbook")
    marked = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        return text.replace("\r\n", "\n").replace("\r", "\n")
    raise Unreadable("binary")


def _lines(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """The lines that have anything, with their numbers and their cells; empty cells after the last are dropped."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    start = 1
    try:
        for cells in reader:
            line, start = start, reader.line_num + 1
            if any(cell.strip() for cell in cells):
                yield line, [" ".join(unicodedata.normalize("NFC", cell).split()) for cell in cells]
    except csv.Error as error:  # a cell beyond the reader's limit: most likely a quotation mark that is never closed
        raise Unreadable("open-quote", str(start)) from error


def _header(cells: Sequence[str]) -> tuple[str, ...]:
    names = list(cells)
    while names and not names[-1]:
        names.pop()
    if any(map(_unreadable, names)):
        raise Unreadable("binary")
    if any(map(_formula, names)):
        raise Unreadable("formula-name", next(filter(_formula, names))[:LONGEST_CELL])
    if any(len(name) > LONGEST_CELL for name in names):
        raise Unreadable("long-name")
    if len(names) < 2:
        raise Unreadable("one-column")
    if len(names) > 1 + MOST_GROUPINGS:
        raise Unreadable("many-columns", str(MOST_GROUPINGS))
    if not all(names[1:]):
        raise Unreadable("no-name", str(names.index("", 1) + 1))
    seen: set[str] = set()
    for name in names:
        if name.casefold() in seen:
            raise Unreadable("same-name", name)
        seen.add(name.casefold())
    return tuple(names[1:])


def _fault(cells: list[str], width: int) -> str:
    while len(cells) > width and not cells[-1]:
        cells.pop()
    if any(map(_unreadable, cells)):
        return "control"
    if any(len(cell) > LONGEST_CELL for cell in cells):
        return "long"
    if len(cells) != width:
        return "cells"
    if any(map(_formula, cells[1:])) or cells[0].startswith("="):
        return "formula"
    return "" if cells[0] else "no-person"


def _group(cell: str, known: dict[str, str]) -> str:
    """The group of a cell as it was first spelled; empty where it is not known."""
    folded = cell.casefold()
    return "" if not cell or folded in UNKNOWN else known.setdefault(folded, cell)


def _formula(cell: str) -> bool:
    """Whether a spreadsheet would calculate this. References may begin like one (+34…); groups have no need to."""
    return cell.startswith(("=", "+", "@")) or (cell.startswith("-") and len(cell) > 1 and not cell[1].isspace())


def _unreadable(cell: str) -> bool:
    return any(unicodedata.category(character) in ("Cc", "Co", "Cs") for character in cell)
