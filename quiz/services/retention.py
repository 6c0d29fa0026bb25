"""Retention: what has been kept long enough is removed, a few people at a time, and each campaign's team reads it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from quiz.services.audit import COMMAND_LINE
from quiz.services.gently import batches, gently, go_on
from quiz.store import audit, expired
from quiz.store.database import Database, Transaction
from quiz.store.expired import DAY_MS, Limits

TOMBSTONE_DAYS = 30
"""How long a deleted address answers "deleted" and not "not found"."""
TOMBSTONES = 500
"""Tombstones that are removed at once: they are small."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many are past their time and go; `held` are the attempts that would go were it not for a legal hold."""

    unfinished: int
    finished: int
    tombstones: int
    invitations: int = 0
    held: int = 0


def retain(
    database: Database,
    *,
    unfinished_days: int,
    finished_days: int,
    now_ms: int,
    remove: bool = False,
    actor: str = COMMAND_LINE,
    keep: Callable[[], None] = go_on,
) -> Counts:
    """Count what is past its time, or `remove` it and count what went.

    A campaign's own days count for its attempts. What has a legal hold, on the person or on the campaign, stays. What
    is left of deleted campaigns is not looked at. The audit log of each campaign's team says that `actor` removed how
    many people and invitations. `keep` is called again and again between short transactions, and may raise: what went
    until then is gone, and noted.
    """
    limits = Limits(
        now_ms=now_ms,
        unfinished_ms=now_ms - unfinished_days * DAY_MS,
        finished_ms=now_ms - finished_days * DAY_MS,
        tombstones_ms=now_ms - TOMBSTONE_DAYS * DAY_MS,
    )
    counted = Counts(*expired.count(database.reader(), limits))
    if not remove:
        return counted
    removal = _Removal(database, limits, actor)
    try:
        gently(removal.steps(), keep)
    finally:
        database.scrub()
    return Counts(removal.unfinished, removal.finished, removal.tombstones, removal.invitations, counted.held)


@dataclass(slots=True, eq=False)
class _Noted:
    """What went of a campaign so far, and the entry that says so."""

    public_id: str
    team_id: int | None
    people: int = 0
    unused: int = 0
    entry: int | None = None


@dataclass(slots=True)
class _Removal:
    """One run: what went so far."""

    database: Database
    limits: Limits
    actor: str
    unfinished: int = 0
    finished: int = 0
    tombstones: int = 0
    invitations: int = 0
    noted: dict[int, _Noted] = field(default_factory=dict)

    def steps(self) -> Iterator[None]:
        """Each is a transaction."""
        for ids in batches(expired.look(self.database, "attempts", self.limits)):
            with self.database.writing() as store:
                self._note(store, {self._attempt(store, each) for each in ids})
            yield
        for ids in batches(expired.look(self.database, "invitations", self.limits)):
            with self.database.writing() as store:
                self._note(store, {self._invitation(store, each) for each in ids})
            yield
        for hashes in batches(expired.look(self.database, "tombstones", self.limits), TOMBSTONES):
            with self.database.writing() as store:
                self.tombstones += sum(expired.remove_tombstone(store, each, self.limits) for each in hashes)
            yield

    def _attempt(self, store: Transaction, attempt_id: int) -> _Noted | None:
        gone = expired.remove_attempt(store, attempt_id, self.limits)
        if gone is None:
            return None
        self.finished += gone.finished
        self.unfinished += not gone.finished
        self.invitations += gone.invitations
        found = self._of(store, gone.campaign_id)
        if found:
            found.people += 1
        return found

    def _invitation(self, store: Transaction, invitation_id: int) -> _Noted | None:
        campaign_id = expired.remove_invitation(store, invitation_id, self.limits)
        if campaign_id is None:
            return None
        self.invitations += 1
        found = self._of(store, campaign_id)
        if found:
            found.unused += 1
        return found

    def _of(self, store: Transaction, campaign_id: int | None) -> _Noted | None:
        if campaign_id is None:
            return None
        if campaign_id not in self.noted:
            self.noted[campaign_id] = _Noted(*expired.whose(store, campaign_id))
        return self.noted[campaign_id]

    def _note(self, store: Transaction, changed: set[_Noted | None]) -> None:
        """Keep in the transaction that removes them how many went: one entry a run, which grows."""
        for each in changed:
            if each is None or each.team_id is None:
                continue
            subject = f"people {each.people}, invitations {each.unused}"
            if each.entry is None:
                now_ms, campaign = self.limits.now_ms, each.public_id
                each.entry = audit.note(
                    store, each.team_id, self.actor, "time-was-up", now_ms, campaign=campaign, subject=subject
                )
            else:
                audit.amend(store, each.entry, subject)
