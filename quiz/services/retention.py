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
    """How many are past their time and go; `held` are the attempts that would go were it not for a legal hold."""

    unfinished: int
    finished: int
    tombstones: int
    invitations: int = 0
    held: int = 0


def retain(
    database: Database, *, unfinished_days: int, finished_days: int, now_ms: int, remove: bool = False
) -> Counts:
    """Count what is past its time and, if `remove`, delete it in the same transaction.

    A campaign's own days count for its attempts. What has a legal hold, on the person or on the campaign, stays.
    """
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
