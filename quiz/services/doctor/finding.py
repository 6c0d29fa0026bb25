"""What a check finds, and what it looks at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from quiz.services.library import Library
from quiz.store.database import Database


@dataclass(frozen=True, slots=True)
class Finding:
    """One check: how it stands ("ok", "warning", "problem"), what was looked at, what was found, what to do."""

    level: str
    what: str
    found: str
    do: str = ""


@dataclass(frozen=True, slots=True)
class Patient:
    """An installation. `settings` has the fields of `quiz.settings.Settings`."""

    settings: Any
    database: Database
    library: Library
    now_ms: int


def ok(what: str, found: str) -> Finding:
    """All is well."""
    return Finding("ok", what, found)


def warning(what: str, found: str, do: str) -> Finding:
    """It works, but somebody may be sorry one day."""
    return Finding("warning", what, found, do)


def problem(what: str, found: str, do: str) -> Finding:
    """Something does not work, or what people have given may be lost."""
    return Finding("problem", what, found, do)
