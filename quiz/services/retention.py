"""Retention: what has been kept long enough is removed."""

from __future__ import annotations

from dataclasses import dataclass

from quiz.store import expired
from quiz.store.database import Database
from quiz.store.expired import DAY_MS, Limits

TOMBSTONE_DAYS = 30
"""How long a deleted address answers "deleted" and not "not found"."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many attempts and tombstones are past their time."""

    unfinished: int
    finished: int
    tombstones: int


def retain(
    database: Database, *, unfinished_days: int, finished_days: int, now_ms: int, remove: bool = False
) -> Counts:
    """Count what is past its time and, if `remove`, delete it in the same transaction."""
    limits = Limits(
        now_ms=now_ms,
        unfinished_ms=now_ms - unfinished_days * DAY_MS,
        finished_ms=now_ms - finished_days * DAY_MS,
        tombstones_ms=now_ms - TOMBSTONE_DAYS * DAY_MS,
    )
    with database.writing() as store:
        counts = Counts(*expired.count(store, limits))
        if remove:
            expired.remove(store, limits)
    if remove:
        database.scrub()
    return counts
