"""Which attempts of a campaign are meant: a filter, and what the database understands by it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import ColumnElement, bindparam

from quiz.store.sought import fold
from quiz.store.tables import attempts

STATUSES = ("unfinished", "finished")
QUALITIES = ("good", "doubtful", "poor")
"""No sign of poor response quality; one; more than one, which withhold a named winner."""

Shape = tuple[str, ...]
"""Which conditions a filter sets, without their values: few enough for one prepared statement each."""


@dataclass(frozen=True, slots=True)
class Filter:
    """What attempts have to be like; what is empty asks for nothing.

    The days are in UTC and inclusive, by default of the start; with `dates` "finished", of the end.
    """

    status: str = ""
    outcome: str = ""
    role: str = ""
    quality: str = ""
    language: str = ""
    search: str = ""
    dates: str = ""
    since: date | None = None
    until: date | None = None

    def __bool__(self) -> bool:
        """Whether it asks for anything at all."""
        return any(getattr(self, field.name) for field in fields(self) if field.name != "dates")


_finished = attempts.c.finished_ms.is_not(None)
_CONDITIONS: dict[str, ColumnElement[bool]] = {
    "finished": _finished,
    "unfinished": attempts.c.finished_ms.is_(None),
    "outcome": attempts.c.outcome == bindparam("of_outcome"),
    "role": attempts.c.role == bindparam("of_role"),
    "good": _finished & (attempts.c.flags == 0),
    "doubtful": _finished & (attempts.c.flags == 1),
    "poor": _finished & (attempts.c.flags > 1),
    "language": attempts.c.language == bindparam("of_language"),
    "since": attempts.c.started_ms >= bindparam("since_ms"),
    "until": attempts.c.started_ms < bindparam("until_ms"),
    "finished-since": attempts.c.finished_ms >= bindparam("since_ms"),
    "finished-until": attempts.c.finished_ms < bindparam("until_ms"),
    "search": attempts.c.sought.like(bindparam("search"), escape="\\"),
}


def shape(wanted: Filter) -> Shape:
    """Which conditions a filter sets; statements are kept by this (`functools.cache`), values are bound."""
    named = (wanted.status, wanted.quality)
    valued = ("outcome", "role", "language", "search")
    of = "finished-" if wanted.dates == "finished" else ""
    return (
        *(name for name in named if name),
        *(name for name in valued if getattr(wanted, name)),
        *(of + name for name in ("since", "until") if getattr(wanted, name)),
    )


def clauses(wanted: Shape) -> Sequence[ColumnElement[bool]]:
    """The conditions on `attempts`, for `select(…).where(*clauses(shape(filter)))`."""
    return [_CONDITIONS[name] for name in wanted]


def values(wanted: Filter) -> dict[str, object]:
    """What to bind to the conditions: `store.run(statement, **values(filter))`."""
    text = fold(wanted.search).replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return {
        "of_outcome": wanted.outcome,
        "of_role": wanted.role,
        "of_language": wanted.language,
        "since_ms": _ms(wanted.since) if wanted.since else None,
        "until_ms": _ms(wanted.until) + 86_400_000 if wanted.until else None,
        "search": f"%{text}%",
    }


def _ms(day: date) -> int:
    return (datetime(day.year, day.month, day.day, tzinfo=UTC) - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(
        milliseconds=1
    )
