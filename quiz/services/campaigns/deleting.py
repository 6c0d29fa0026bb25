"""Campaigns deleted: gone for everybody at once, and removed by a job, a few people at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from quiz.services.gently import BATCH, gently, go_on
from quiz.store import campaigns, jobs, removal
from quiz.store.campaigns import Campaign
from quiz.store.database import Database

JOB = "deletion"
"""The job that removes what is left of deleted campaigns."""


class Held(RuntimeError):
    """A legal hold, of the campaign or of one of its people, forbids to delete it."""


@dataclass(frozen=True, slots=True)
class Going:
    """What goes with a campaign when it is deleted."""

    started: int
    finished: int
    notes: int
    invitations: int
    held: int
    """Attempts that are under a hold of their own."""


def going(database: Database, campaign: Campaign) -> Going:
    """What would go with a campaign."""
    return Going(*campaigns.count_going(database.reader(), campaign.id))


def delete(database: Database, campaign: Campaign, now_ms: int) -> None:
    """Delete a campaign with everything of it, for good.

    From now on nobody finds it: not its team, nor whoever wants to start, and the addresses of its attempts answer
    "deleted". The job removes its rows; whoever calls this rings for it.

    Raises:
        Held: a hold forbids it.
    """
    with database.writing() as store:
        if campaigns.is_held(store, campaign.id):
            raise Held
        if removal.mark(store, campaign.id, now_ms):
            jobs.want(store, JOB, now_ms)


def clear(database: Database, keep: Callable[[], None] = go_on) -> int:
    """Remove what is left of deleted campaigns; how many people's answers that were. What was begun is gone on with.

    `keep` is called again and again, and may raise.
    """
    people = 0

    def steps() -> Iterator[None]:
        nonlocal people
        while found := removal.marked(database.reader()):
            with database.writing() as store:
                people += removal.remove_some(store, *found, size=BATCH)
            yield

    try:
        gently(steps(), keep)
    finally:
        if people:
            database.scrub()
    return people
