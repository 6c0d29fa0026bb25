"""Looks at an installation: each check says how it stands and, where that is not well, what to do."""

from __future__ import annotations

from collections.abc import Callable

from quiz.services.doctor import configuration, kept, surroundings
from quiz.services.doctor.finding import Finding, Patient
from quiz.services.library import Library
from quiz.store.database import Database

__all__ = ["Finding", "examine"]

LONGEST = 250
"""Characters of an error that are told."""

Check = Callable[[Patient], list[Finding]]

CHECKS: tuple[Check, ...] = (
    configuration.addresses,
    configuration.limits,
    configuration.figures,
    surroundings.packs,
    surroundings.static_folder,
    surroundings.disk,
    surroundings.mail,
    surroundings.redis,
)
"""Checks that need no database."""
OF_DATABASE: tuple[Check, ...] = (kept.settings, kept.migrations)
WHEN_MIGRATED: tuple[Check, ...] = (kept.writing, kept.clock, kept.secrets, kept.retention, kept.removal)


def examine(settings: object, database: Database, library: Library, now_ms: int) -> list[Finding]:
    """Every finding, in the order in which an operator would ask. No check stops the others."""
    patient = Patient(settings, database, library, now_ms)
    findings = [found for check in CHECKS for found in _tried(check, patient)]
    try:
        database.ping()
    except Exception as error:  # the driver's own
        where = "the file and its folder" if database.is_sqlite else "the server and what DATABASE_URL says of it"
        do = f"Check {where}. People see an error page until it answers."
        return [*findings, Finding("problem", "database", f"no answer: {_said(error)}", do)]
    of_database = [found for check in OF_DATABASE for found in _tried(check, patient)]
    findings += of_database
    if not any(found.what == "migrations" and found.level == "problem" for found in of_database):
        findings += [found for check in WHEN_MIGRATED for found in _tried(check, patient)]
    return findings


def _tried(check: Check, patient: Patient) -> list[Finding]:
    try:
        return check(patient)
    except Exception as error:  # whatever it is, it is a finding
        do = "This check could not be made; what stands above may say why."
        return [Finding("problem", check.__name__.replace("_", " "), f"{type(error).__name__}: {_said(error)}", do)]


def _said(error: Exception) -> str:
    """What the driver or the system said, in one line; a statement and its values are no part of it."""
    lines = str(getattr(error, "orig", error)).strip().splitlines()
    return (lines[0] if lines else type(error).__name__)[:LONGEST]
