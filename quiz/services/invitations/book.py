"""The invitations of a campaign, for those who invite: made, looked through, renewed, revoked, removed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from quiz.services.campaigns import Campaign, Held
from quiz.services.invitations.rows import Problem, Row, duplicates
from quiz.store import invitations, outbox
from quiz.store.database import Database
from quiz.store.invitations import FAILED, STATUSES, WAITING, Counts, Invitation

__all__ = ["FAILED", "SIZE", "STATUSES", "WAITING", "Counts", "Invitation", "Page"]

SIZE = 25
"""Invitations on a page."""
_CHUNK = 1000


@dataclass(frozen=True, slots=True)
class Page:
    """Some invitations, the newest first, and the places from where to go on; None where there is nothing."""

    found: tuple[Invitation, ...]
    newer: int | None
    older: int | None


def add(database: Database, campaign: Campaign, rows: Iterable[Row], now_ms: int) -> tuple[int, list[Problem]]:
    """Invite people: how many, and who was left out because their e-mail or reference is there already."""
    with database.writing() as store:
        checked = list(duplicates(rows, invitations.known(store, campaign.id)))
        good = [each for each in checked if isinstance(each, Row)]
        people = ({name: getattr(row, name) for name in ("name", "email", "reference", "language")} for row in good)
        made = invitations.add(store, campaign.id, people, now_ms)
    return len(made), [each for each in checked if isinstance(each, Problem)]


def find(database: Database, campaign: Campaign, invitation_id: int) -> Invitation | None:
    """An invitation of a campaign, or None."""
    return invitations.find(database.reader(), campaign.id, invitation_id)


def count(database: Database, campaign: Campaign) -> Counts:
    """How many of a campaign's people have come how far."""
    return invitations.count(database.reader(), campaign.id)


def page(
    database: Database,
    campaign: Campaign,
    *,
    status: str = "",
    search: str = "",
    before: int | None = None,
    after: int | None = None,
) -> Page:
    """The newest invitations of a status (or FAILED, WAITING; any if empty) with a text in name, e-mail or reference.

    With `before` or `after`, those next to that place, older or newer.
    """
    newer = after is not None
    place = after if newer else before
    asked = {"status": status, "search": search, "place": place, "newer": newer, "size": SIZE + 1}
    found = invitations.page(database.reader(), campaign.id, **asked)  # type: ignore[arg-type]
    more = len(found) > SIZE
    if more:
        found = found[1:] if newer else found[:-1]
    if not found:
        return Page((), None, None)
    return Page(
        tuple(found),
        newer=found[0].id if (more if newer else before is not None) else None,
        older=found[-1].id if (newer or more) else None,
    )


def all_of(database: Database, campaign: Campaign) -> Iterator[Invitation]:
    """All invitations of a campaign, the oldest first, read a thousand at a time."""
    place = 0
    while True:
        found = invitations.page(
            database.reader(), campaign.id, status="", search="", place=place, newer=True, size=_CHUNK
        )
        yield from reversed(found)
        if len(found) < _CHUNK:
            return
        place = found[0].id


def renew(database: Database, invitation: Invitation, now_ms: int) -> bool:
    """Make a new link, so that the one before is no longer good; False if the person has started with it."""
    with database.writing() as store:
        renewed = invitations.renew(store, invitation, now_ms)
        if renewed:
            outbox.drop(store, invitation.id)
        return renewed


def revoke(database: Database, invitation: Invitation, now_ms: int) -> bool:
    """Make the link no longer good; an attempt that has begun stays. False if it was not before."""
    with database.writing() as store:
        outbox.drop(store, invitation.id)
        return invitations.revoke(store, invitation, now_ms)


def remove(database: Database, invitation: Invitation) -> bool:
    """Delete what is kept of an invitation, at once and for good; an attempt that has begun stays.

    Raises:
        Held: a hold forbids it.
    """
    if invitation.held:
        raise Held
    with database.writing() as store:
        gone = invitations.remove(store, invitation)
    database.scrub()
    return gone
