"""Lists of people to invite, as somebody pastes or uploads them: every line is kept or reported, none is lost."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from quiz.services.invitations.lines import (
    BLANK,
    LONGEST_LINE,
    SEPARATOR,
    BadLine,
    delimiter,
    folded,
    header,
    lines_of,
    parted,
    short,
)

LONGEST = {"name": 200, "email": 254, "reference": 200}
MOST = 5000
"""Lines that are read at a time."""
COLUMNS = ("name", "email", "reference", "language")
"""The cells of a line where no first line names them."""
_SPOKEN = {
    **dict.fromkeys(("es", "spa", "spanish", "espanol", "castellano"), "es"),
    **dict.fromkeys(("en", "eng", "english", "ingles"), "en"),
}
_WITH_NAME = re.compile(r"([^<>]*)<([^<>]+)>")
# What stands for bytes that could not be read, and what turns the direction of the words around it.
_NOT_SAID = frozenset("\ufffd\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


class TooMany(ValueError):
    """A list has more lines than are read at a time; `lines` says how many."""

    def __init__(self, lines: int) -> None:
        self.lines = lines
        super().__init__(f"{lines} lines, at most {MOST}")


@dataclass(frozen=True, slots=True)
class Row:
    """Somebody to invite, checked, with the line (from 1) that names them."""

    line: int
    raw: str
    name: str
    email: str
    reference: str
    language: str


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a line.

    `kind` is one of: quotes, cells, characters, too-long, email, language, other-language, formula, nobody, and for
    somebody who is there already same-email, same-reference. `value` is what it was found in, `column` where,
    `limit` the most that is allowed, `other` the line that was first (0: they were invited before), `also` what is
    wrong with the same line besides.
    """

    line: int
    raw: str
    kind: str
    value: str = ""
    column: str = ""
    limit: int = 0
    other: int = 0
    also: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class People:
    """What a list says. Lines are counted from 1; empty ones are left out."""

    rows: tuple[Row, ...]
    bad: tuple[Problem, ...]
    head: tuple[str, ...] = ()
    """The first lines that name the columns, or the separator, as they stand."""
    ignored: tuple[str, ...] = field(default=())
    """Columns that mean nothing here."""


def read(text: str, languages: Collection[str], usual: str) -> People:
    """Read a list; whoever has no language of their own gets the `usual` one. Raises TooMany, and nothing else.

    The cells of a line are parted by commas, semicolons or tabs. Each line is read for itself, so that a quotation
    mark that is never closed spoils one line and not all that follow.
    """
    lines = [(number, line) for number, line in enumerate(lines_of(text), 1) if line.strip(BLANK)]
    if len(lines) > MOST:
        raise TooMany(len(lines))
    between = delimiter(line for _, line in lines)
    columns: Sequence[str] | None = None
    head: list[str] = []
    ignored: list[str] = []
    rows: list[Row] = []
    bad: list[Problem] = []
    for number, line in lines:
        if not (rows or bad or columns):
            if not head and SEPARATOR.fullmatch(line):
                head.append(line)
                continue
            if named := header(line, between):
                columns, ignored = named
                head.append(line)
                continue
        try:
            rows.append(check(number, line, _cells(line, between, columns), languages, usual))
        except BadLine as wrong:
            bad.append(_problem(number, line, wrong))
    return People(tuple(rows), tuple(bad), tuple(head), tuple(ignored))


def read_one(given: dict[str, str], languages: Collection[str]) -> Row | Problem:
    """Somebody named in the fields of a form."""
    cells = {column: given.get(column, "") for column in COLUMNS}
    try:
        return check(1, "", cells, languages, next(iter(languages)))
    except BadLine as wrong:
        return _problem(1, "", wrong)


def _problem(number: int, line: str, wrong: BadLine) -> Problem:
    also = tuple(_problem(number, line, each) for each in wrong.also)
    return Problem(number, line, wrong.kind, wrong.value, wrong.column, wrong.limit, also=also)


def check(number: int, line: str, cells: dict[str, str], languages: Collection[str], usual: str) -> Row:
    """Somebody to invite, of the cells of a line. Raises BadLine with everything that is wrong."""
    wrong: list[BadLine] = []

    def tried(read: Callable[..., str], *given: object) -> str:
        try:
            return read(*given)
        except BadLine as found:
            wrong.append(found)
            return ""

    told = {column: tried(_told, column, cells.get(column, "")) for column in COLUMNS}
    if not told["name"] and (found := _WITH_NAME.fullmatch(told["email"])):
        told["name"], told["email"] = found[1].strip(' "'), found[2].strip()
    if told["email"]:
        told["email"] = tried(_email, told["email"])
    if not (told["email"] or told["reference"] or {"email", "reference"} & {each.column for each in wrong}):
        wrong.append(BadLine("nobody"))
    told["language"] = tried(_language, told["language"], languages) if told["language"] else usual
    if wrong:
        wrong[0].also = wrong[1:]
        raise wrong[0]
    return Row(number, line, **told)


def _cells(line: str, between: str, columns: Sequence[str] | None) -> dict[str, str]:
    cells = parted(line, between)
    filled = [cell for cell in cells if cell]
    if columns is None and len(filled) == 1 and "@" in filled[0]:
        return {"email": filled[0]}
    names = columns or COLUMNS
    if any(cells[len(names) :]):
        raise BadLine("cells", str(len(cells)), limit=len(names))
    told: dict[str, str] = {}
    for column, cell in zip(names, cells, strict=False):
        # First and last name may stand in cells of their own.
        told[column] = f"{told.get(column, '')} {cell}".strip() if column == "name" else told.get(column) or cell
    return told


def _told(column: str, cell: str) -> str:
    text = unicodedata.normalize("NFC", cell).strip()
    if any(unicodedata.category(each) in ("Cc", "Co", "Cs", "Zl", "Zp") or each in _NOT_SAID for each in text):
        raise BadLine("characters", column=column)
    # A telephone number begins with a plus as well, and is no formula.
    if text.startswith(("=", "@")) or (text[:1] in ("+", "-") and not text[1:].replace(" ", "").isdigit()):
        raise BadLine("formula", text, column)
    if len(text) > LONGEST.get(column, LONGEST_LINE):
        raise BadLine("too-long", text, column, LONGEST[column])
    return text


def _email(text: str) -> str:
    # Only those who invite need it: whoever takes the quiz does not wait until it is imported.
    from email_validator import EmailNotValidError, validate_email

    try:
        return validate_email(text, check_deliverability=False).normalized
    except EmailNotValidError:
        raise BadLine("email", text, "email") from None


def _language(text: str, languages: Collection[str]) -> str:
    found = _SPOKEN.get(folded(text)) or _SPOKEN.get(folded(re.split(r"[-_]", text)[0]))
    if found is None:
        raise BadLine("language", text, "language")
    if found not in languages:
        raise BadLine("other-language", text, "language")
    return found


def duplicates(rows: Iterable[Row], known: Iterable[tuple[str, str]]) -> Iterator[Row | Problem]:
    """Each row, or instead of it that its e-mail or reference was there before, in the list or among those `known`."""
    emails: dict[str, int] = {}
    references: dict[str, int] = {}
    for email, reference in known:
        emails[email.casefold()] = references[reference] = 0
    for row in rows:
        email = row.email.casefold()
        if email and email in emails:
            yield Problem(row.line, row.raw, "same-email", short(row.email), "email", other=emails[email])
        elif row.reference and row.reference in references:
            first = references[row.reference]
            yield Problem(row.line, row.raw, "same-reference", short(row.reference), "reference", other=first)
        else:
            emails[email] = references[row.reference] = row.line
            yield row
