"""What is wrong with a campaign that somebody wants: every problem at once, each with its field."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from quiz.services.campaigns.origins import is_address, origin_problem
from quiz.services.campaigns.wanted import (
    FIRST_MS,
    IDENTIFICATIONS,
    LANGUAGES,
    LAST_MS,
    LONGEST_ADDRESS,
    LONGEST_PASSAGE,
    LONGEST_TEXT,
    MOST_DAYS,
    MOST_SITES,
    PASSAGES,
    TOLD,
    Texts,
    Wanted,
)

LINES = ("name", *TOLD)
"""Fields of one line that must say something."""
_HIDDEN = ("Cc", "Co", "Cs")
_COLOUR = re.compile(r"#[0-9a-f]{6}")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a field.

    `kind` is one of: missing, too-long, unreadable, one-line, unknown, fixed, promised, too-many, number,
    address, colour, contrast, date, order, unspoken, and of a site scheme, user, path, port, wildcard, host. `value`
    is what it was found in, `better` what would do instead, `line` the line of a list (from 1), `limit` the most
    allowed.
    """

    field: str
    kind: str
    value: str = ""
    better: str = ""
    line: int = 0
    limit: int = 0


class Unusable(ValueError):
    """What was asked for cannot be made; `problems` says everything that is wrong with it."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(", ".join(f"{problem.field} {problem.kind}" for problem in self.problems))


def problems(
    wanted: Wanted, texts: Mapping[str, Texts] | None = None, spoken_by_pack: Collection[str] = LANGUAGES
) -> list[Problem]:
    """Everything that is wrong, in the order of the fields, with a quiz that has these languages.

    Without `texts` the campaign speaks in the usual words; with them, one that keeps names must say in each of its
    languages what people agree to.
    """
    unspoken = [each for each in wanted.languages if each in LANGUAGES and each not in spoken_by_pack]
    return [
        *_settings(wanted),
        *(Problem("languages", "unspoken", value=language) for language in unspoken),
        *_passages(wanted, texts),
    ]


def is_readable(text: str, also: str = "") -> bool:
    """Whether a text has no control characters but `also`, and none for private use, which mark the slots of pages."""
    return not any(unicodedata.category(sign) in _HIDDEN for sign in text if sign not in also)


def readable(text: str) -> str:
    """A text of several lines with a mark (U+FFFD) for each character that cannot be shown."""
    return "".join("\ufffd" if not is_readable(sign, also="\r\n") else sign for sign in text)


def _settings(wanted: Wanted) -> Iterator[Problem]:
    for field in LINES:
        text = getattr(wanted, field)
        if not text.strip():
            yield Problem(field, "missing")
        yield from _line(field, text)
    if len(wanted.sites) > MOST_SITES:
        yield Problem("sites", "too-many", limit=MOST_SITES)
    for line, site in enumerate(wanted.sites[:MOST_SITES], 1):
        if found := origin_problem(site):
            yield Problem("sites", found[0], value=site, better=found[1], line=line)
    if wanted.identification not in IDENTIFICATIONS:
        yield Problem("identification", "unknown", value=wanted.identification)
    if not wanted.languages:
        yield Problem("languages", "missing")
    for language in wanted.languages:
        if language not in LANGUAGES:
            yield Problem("languages", "unknown", value=language)
    if wanted.redirect_url and not (is_readable(wanted.redirect_url) and is_address(wanted.redirect_url)):
        yield Problem("redirect_url", "address", limit=LONGEST_ADDRESS)
    if not 1 <= wanted.retain_days <= MOST_DAYS:
        yield Problem("retain_days", "number", value=str(wanted.retain_days)[:20], limit=MOST_DAYS)
    if wanted.accent and not _COLOUR.fullmatch(wanted.accent):
        yield Problem("accent", "colour", value=wanted.accent[:20])
    yield from _dates(wanted.opens_ms, wanted.closes_ms)


def _line(field: str, text: str) -> Iterator[Problem]:
    if len(text) > LONGEST_TEXT:
        yield Problem(field, "too-long", value=str(len(text)), limit=LONGEST_TEXT)
    if not is_readable(text):
        yield Problem(field, "one-line" if is_readable(text, also="\r\n") and text.strip() else "unreadable")


def _dates(opens_ms: int | None, closes_ms: int | None) -> Iterator[Problem]:
    for field, moment in (("opens", opens_ms), ("closes", closes_ms)):
        if moment is not None and not FIRST_MS <= moment <= LAST_MS:
            yield Problem(field, "date")
    if opens_ms is not None and closes_ms is not None and closes_ms <= opens_ms:
        yield Problem("closes", "order")


def _passages(wanted: Wanted, texts: Mapping[str, Texts] | None) -> Iterator[Problem]:
    for language, said in (texts or {}).items():
        if language not in LANGUAGES:
            yield Problem("languages", "unknown", value=language)
            continue
        for name in TOLD:
            yield from _line(f"{name}_{language}", getattr(said, name))
        for name in PASSAGES:
            field, text = f"{name}_{language}", getattr(said, name)
            if len(text) > LONGEST_PASSAGE:
                yield Problem(field, "too-long", value=str(len(text)), limit=LONGEST_PASSAGE)
            if not is_readable(text, also="\n"):
                yield Problem(field, "unreadable")
    if texts is not None and wanted.identification == "named":
        for language in LANGUAGES:
            if language in wanted.languages and not texts.get(language, Texts()).consent.strip():
                yield Problem(f"consent_{language}", "missing")
