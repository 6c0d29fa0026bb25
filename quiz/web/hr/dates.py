"""Times of the database as the console shows them: in UTC, in the member's language, everywhere alike."""

from __future__ import annotations

from datetime import UTC, datetime

from babel.dates import format_skeleton
from flask_babel import get_locale


def utc(ms: int) -> datetime:
    """A time of the database; `ms` are milliseconds since 1970."""
    return datetime.fromtimestamp(ms / 1000, UTC)


def day(ms: int) -> str:
    """A day in words: Nov 23, 2026."""
    return _said(ms, "yMMMd")


def moment(ms: int) -> str:
    """A day and a time in words: Nov 23, 2026, 17:04."""
    return f"{day(ms)}, {_said(ms, 'Hm')}"


def machine_moment(ms: int) -> str:
    """The same for machines, to the second: 2026-11-23T17:04:00Z (ISO 8601)."""
    return f"{utc(ms):%Y-%m-%dT%H:%M:%SZ}"


def _said(ms: int, skeleton: str) -> str:
    words: str = format_skeleton(skeleton, utc(ms), locale=get_locale())
    return words
