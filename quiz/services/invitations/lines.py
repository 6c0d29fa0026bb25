"""Lists of people as files and lines: decoded, parted into cells, their columns found."""

from __future__ import annotations

import codecs
import csv
import re
import unicodedata
from collections.abc import Iterable

LONGEST_LINE = 2000
_CALLED = {
    "name": "name|full name|first name|last name|surname|nombre|nombre completo|nombre y apellidos|apellido|apellidos",
    "email": "e mail|email|mail|e mail address|email address|correo|correo electronico|direccion de correo",
    "reference": "reference|ref|id|referencia|identificador",
    "language": "language|lang|idioma|lengua",
}
_COLUMN = {called: column for column, names in _CALLED.items() for called in names.split("|")}
BLANK = ' \t,;"\ufeff\u00a0'
SEPARATOR = re.compile(r"sep=[,;\t]", re.IGNORECASE)
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


class NotText(ValueError):
    """A file is no list of people; `kind` is "workbook" or "binary"."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        super().__init__(kind)


class BadLine(Exception):
    """A line is wrong, in a way that `rows.Problem` tells; `also` is what is wrong with it besides."""

    def __init__(self, kind: str, value: str = "", column: str = "", limit: int = 0) -> None:
        super().__init__(kind)
        self.kind, self.value, self.column, self.limit = kind, short(value), column, limit
        self.also: list[BadLine] = []


def decode(given: bytes) -> str:
    """The text of a file: UTF-8, what spreadsheets write as UTF-16, or else Western European. Raises NotText."""
    if given.startswith(_WORKBOOKS):
        raise NotText("workbook")
    if given.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = given.decode("utf-16", "replace")
    elif b"\0" in given:
        raise NotText("binary")
    else:
        try:
            text = given.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = given.decode("cp1252", "replace")
    if sum(unicodedata.category(each) == "Cc" and each not in "\r\n\t" for each in text[:4096]) > 32:
        raise NotText("binary")
    return text


def lines_of(text: str) -> list[str]:
    """The lines of a text, however they end."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")


def delimiter(lines: Iterable[str]) -> str:
    """What parts the cells of a list, by how often it stands outside quotation marks."""
    count = dict.fromkeys("\t;,", 0)
    for _, line in zip(range(100), lines, strict=False):
        bare = re.sub(r'"[^"]*"', "", line[:LONGEST_LINE])
        for between in count:
            count[between] += bare.count(between)
    return max(count, key=lambda between: count[between])


def parted(line: str, between: str) -> list[str]:
    """The cells of a line, without the spaces around them. Raises BadLine."""
    if len(line) > LONGEST_LINE:
        raise BadLine("too-long", line, limit=LONGEST_LINE)
    try:
        found = list(csv.reader([line], delimiter=between, strict=True, skipinitialspace=between != "\t"))
    except csv.Error:
        raise BadLine("quotes") from None
    return [cell.strip() for cell in found[0]] if found else []


def header(line: str, between: str) -> tuple[list[str], list[str]] | None:
    """The columns that a first line names, those that mean nothing as "", and what these are called; None if none."""
    try:
        cells = parted(line, between)
    except BadLine:
        return None
    columns = [_COLUMN.get(folded(cell), "") for cell in cells]
    known, filled = sum(bool(column) for column in columns), sum(bool(cell) for cell in cells)
    if "@" in line or not known or not ("email" in columns or known * 2 >= filled):
        return None
    return columns, [short(cell) for cell, column in zip(cells, columns, strict=True) if cell and not column]


def folded(text: str) -> str:
    """A word without accents, capitals and signs, to compare it."""
    plain = "".join(each for each in unicodedata.normalize("NFKD", text) if not unicodedata.combining(each))
    return re.sub(r"[\W_]+", " ", plain.casefold()).strip()


def short(text: str) -> str:
    """A text as a message can hold it."""
    return text if len(text) <= 80 else f"{text[:79]}…"
