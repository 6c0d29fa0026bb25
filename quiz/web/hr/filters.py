"""The filter of a campaign's results, as an address holds it: read, written and said in words."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Mapping
from contextlib import suppress
from datetime import date

from flask_babel import format_date, gettext

from quiz.core.outcome import Kind
from quiz.services.filters import QUALITIES, STATUSES, Filter
from quiz.web import address
from quiz.web.i18n import LANGUAGES
from quiz.web.outcomes import outcome_names

LONGEST_SEARCH = 200
_YEARS = range(2000, 2200)


def asked(roles: Collection[str]) -> Filter:
    """The filter of the request's address; what it does not understand counts as absent. Never fails."""
    return read(address.given().to_dict(), roles)


def read(given: Mapping[str, str], roles: Collection[str]) -> Filter:
    """A filter from texts: status, outcome, role, quality, language, search, dates, since, until (2026-11-23)."""
    since, until = _day(given.get("since", "")), _day(given.get("until", ""))
    if since and until and since > until:
        since, until = until, since
    return Filter(
        status=_one_of(STATUSES, given.get("status", "")),
        outcome=_one_of([kind.value for kind in Kind], given.get("outcome", "")),
        role=_one_of(roles, given.get("role", "")),
        quality=_one_of(QUALITIES, given.get("quality", "")),
        language=_one_of(LANGUAGES, given.get("language", "")),
        search=_line(given.get("search", "")),
        dates="finished" if given.get("dates") == "finished" else "",
        since=since,
        until=until,
    )


def query(wanted: Filter) -> dict[str, str]:
    """The texts that `read` makes the same filter from, for `url_for(…, **query(filter))`; only what is set."""
    given = {
        "status": wanted.status,
        "outcome": wanted.outcome,
        "role": wanted.role,
        "quality": wanted.quality,
        "language": wanted.language,
        "search": wanted.search,
        "dates": wanted.dates if wanted.since or wanted.until else "",
        "since": wanted.since.isoformat() if wanted.since else "",
        "until": wanted.until.isoformat() if wanted.until else "",
    }
    return {name: text for name, text in given.items() if text}


def status_names() -> dict[str, str]:
    """What each status is called."""
    return {"finished": gettext("Finished"), "unfinished": gettext("Not finished")}


def quality_names() -> dict[str, str]:
    """What each level of response quality is called."""
    return {
        "good": gettext("Nothing to note"),
        "doubtful": gettext("One sign of doubt"),
        "poor": gettext("Several signs of doubt"),
    }


def in_words(wanted: Filter, role_names: Mapping[str, str]) -> list[str]:
    """What a filter asks for, each condition as a line in the member's language; nothing for an empty one."""
    since = format_date(wanted.since) if wanted.since else ""
    until = format_date(wanted.until) if wanted.until else ""
    finished = wanted.dates == "finished"
    outcomes = outcome_names(many=len(role_names) > 2)
    return [
        *([gettext("Status: %(what)s", what=status_names()[wanted.status])] if wanted.status else []),
        *([gettext("Outcome: %(what)s", what=outcomes[wanted.outcome])] if wanted.outcome else []),
        *([gettext("Role named: %(what)s", what=role_names[wanted.role])] if wanted.role else []),
        *([gettext("Response quality: %(what)s", what=quality_names()[wanted.quality])] if wanted.quality else []),
        *([gettext("Language: %(what)s", what=LANGUAGES[wanted.language])] if wanted.language else []),
        *([gettext("Containing “%(what)s”", what=wanted.search)] if wanted.search else []),
        *([gettext("Started on %(day)s or later", day=since)] if since and not finished else []),
        *([gettext("Started on %(day)s or before", day=until)] if until and not finished else []),
        *([gettext("Finished on %(day)s or later", day=since)] if since and finished else []),
        *([gettext("Finished on %(day)s or before", day=until)] if until and finished else []),
    ]


def _one_of(known: Collection[str], text: str) -> str:
    return text if text in known else ""


def _line(text: str) -> str:
    kept = "".join(each for each in text[:LONGEST_SEARCH] if unicodedata.category(each) not in ("Cc", "Cs", "Co"))
    return unicodedata.normalize("NFC", kept).strip()


def _day(text: str) -> date | None:
    if len(text) == 10:
        with suppress(ValueError):
            day = date.fromisoformat(text)
            return day if day.year in _YEARS else None
    return None
