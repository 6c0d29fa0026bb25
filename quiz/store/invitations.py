"""Invitations: the people that a campaign asks by name, each by a link of their own, and how far they have come."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Text, and_, bindparam, case, delete, exists, false, func, insert, not_, null, or_, select, update

from quiz.store.database import Transaction
from quiz.store.tables import attempts, campaigns, invitations, outbox

STATUSES = ("invited", "mailed", "opened", "started", "completed", "revoked")
FAILED, WAITING = "failed", "waiting"
"""Not how far somebody has come, but that the last mail to them failed, or waits to be sent; pages of invitations can
be of it as well."""
_FIRST = 2**62


@dataclass(frozen=True, slots=True)
class Invitation:
    """Somebody invited. Times are milliseconds since 1970; `round` counts the links made, the last one is good."""

    id: int
    campaign_id: int
    name: str
    email: str
    reference: str
    language: str
    round: int
    invited_ms: int
    sent_ms: int | None
    opened_ms: int | None
    revoked_ms: int | None
    attempt_id: int | None
    started_ms: int | None
    finished_ms: int | None
    status: str
    """One of STATUSES: the furthest that they have come, or revoked."""
    failed_ms: int | None
    """When the last mail to them failed; None once one waits or has gone out."""
    held: bool
    """Whether a legal hold forbids to delete it: the campaign's, or that of the attempt that came of it."""
    waits: bool
    """Whether a mail to them waits to be sent."""
    reason: str
    """Why the last mail failed, or was put off: as in MailFailed, or shut (nobody could start), or late."""
    answer: str
    """What the mail server said to it."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many have come how far; who has started has opened, whatever came of it.

    `to_send` have had no mail yet and none waits for them; for `waiting` one does; to `failed` of all, the last failed.
    """

    invited: int
    mailed: int
    opened: int
    started: int
    completed: int
    revoked: int
    to_send: int
    waiting: int
    failed: int


_STATUS = case(
    (invitations.c.revoked_ms.is_not(None), "revoked"),
    (attempts.c.finished_ms.is_not(None), "completed"),
    (attempts.c.id.is_not(None), "started"),
    (invitations.c.opened_ms.is_not(None), "opened"),
    (invitations.c.sent_ms.is_not(None), "mailed"),
    else_="invited",
)
_HELD = or_(campaigns.c.hold, func.coalesce(attempts.c.hold, false()))
_waits = outbox.c.state == "waiting"
_FAILED_MS = case((outbox.c.state == "failed", outbox.c.ended_ms), else_=null())
_TABLE = invitations.outerjoin(attempts, attempts.c.id == invitations.c.attempt_id).outerjoin(
    outbox, outbox.c.invitation_id == invitations.c.id
)
ALL = (
    select(
        *(invitations.c[name] for name in ("id", "campaign_id", "name", "email", "reference", "language", "round")),
        *(invitations.c[name] for name in ("invited_ms", "sent_ms", "opened_ms", "revoked_ms", "attempt_id")),
        attempts.c.started_ms,
        attempts.c.finished_ms,
        _STATUS,
        _FAILED_MS,
        _HELD,
        func.coalesce(_waits, false()),
        func.coalesce(outbox.c.reason, ""),
        func.coalesce(outbox.c.answer, ""),
    )
    .select_from(_TABLE.join(campaigns, campaigns.c.id == invitations.c.campaign_id))
    .where(invitations.c.campaign_id == bindparam("campaign"))
)
_FIND = ALL.where(invitations.c.id == bindparam("invitation"))
_wanted_status = bindparam("status", type_=Text)
_FILTERED = ALL.where(
    or_(
        _wanted_status == "",
        _wanted_status == _STATUS,
        _wanted_status == outbox.c.state,  # none of STATUSES is called like a state of a mail
    ),
    or_(
        *(
            func.lower(invitations.c[name]).like(func.lower(bindparam("pattern", type_=Text)), escape="\\")
            for name in ("name", "email", "reference")
        )
    ),
)
_BEFORE = (
    _FILTERED.where(invitations.c.id < bindparam("place")).order_by(invitations.c.id.desc()).limit(bindparam("size"))
)
_AFTER = _FILTERED.where(invitations.c.id > bindparam("place")).order_by(invitations.c.id).limit(bindparam("size"))
to_send = and_(
    invitations.c.sent_ms.is_(None),
    invitations.c.email != "",
    invitations.c.revoked_ms.is_(None),
    invitations.c.attempt_id.is_(None),
    not_(exists().where(outbox.c.invitation_id == invitations.c.id, _waits).correlate(invitations)),
)
_COUNT = (
    select(
        func.count(),
        func.count(invitations.c.sent_ms),
        func.count(func.coalesce(invitations.c.opened_ms, invitations.c.attempt_id)),
        func.count(attempts.c.id),
        func.count(attempts.c.finished_ms),
        func.count(invitations.c.revoked_ms),
        func.count(case((to_send, 1))),
        func.count(case((_waits, 1))),
        func.count(_FAILED_MS),
    )
    .select_from(_TABLE)
    .where(invitations.c.campaign_id == bindparam("campaign"))
)
_KNOWN = select(invitations.c.email, invitations.c.reference).where(invitations.c.campaign_id == bindparam("campaign"))
_NEW = ("campaign_id", "name", "email", "reference", "language", "invited_ms")
_ADD = insert(invitations).values({name: bindparam(name) for name in _NEW}).returning(invitations.c.id)
this = and_(invitations.c.campaign_id == bindparam("campaign"), invitations.c.id == bindparam("invitation"))
_OPENED = update(invitations).where(this, invitations.c.opened_ms.is_(None)).values(opened_ms=bindparam("now_ms"))
_NAMELESS = (
    update(invitations).where(invitations.c.attempt_id == bindparam("attempt")).values(name="", email="", reference="")
)
_of_attempt = select(invitations.c.id).where(invitations.c.attempt_id == bindparam("attempt"))
_UNMAILED = delete(outbox).where(outbox.c.invitation_id.in_(_of_attempt))
_FORGET = delete(invitations).where(invitations.c.attempt_id == bindparam("attempt"))
_STARTED = update(invitations).where(this, invitations.c.attempt_id.is_(None)).values(attempt_id=bindparam("attempt"))
_RENEW = (
    update(invitations)
    .where(this, invitations.c.attempt_id.is_(None))
    .values(
        round=invitations.c.round + 1,
        invited_ms=bindparam("now_ms"),
        sent_ms=null(),
        opened_ms=null(),
        revoked_ms=null(),
    )
    .returning(invitations.c.id)
)
_REVOKE = (
    update(invitations)
    .where(this, invitations.c.revoked_ms.is_(None))
    .values(revoked_ms=bindparam("now_ms"))
    .returning(invitations.c.id)
)
_REMOVE = delete(invitations).where(this).returning(invitations.c.id)


def find(store: Transaction, campaign_id: int, invitation_id: int) -> Invitation | None:
    """An invitation of a campaign, or None."""
    row = store.run(_FIND, campaign=campaign_id, invitation=invitation_id).fetchone()
    return Invitation(*row) if row else None


def page(
    store: Transaction, campaign_id: int, *, status: str, search: str, place: int | None, newer: bool, size: int
) -> list[Invitation]:
    """The newest invitations of a campaign that are of a status (any if empty) and hold a text.

    With a `place`, those right before that id, or right after it if `newer`; the newest first in any case.
    """
    statement = _AFTER if newer else _BEFORE
    start = place if place is not None else 0 if newer else _FIRST
    escaped = search.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    values = {"status": status, "pattern": f"%{escaped}%", "place": start, "size": size}
    found = [Invitation(*row) for row in store.run(statement, campaign=campaign_id, **values).fetchall()]
    return found[::-1] if newer else found


def count(store: Transaction, campaign_id: int) -> Counts:
    """How many of a campaign's people have come how far."""
    row = store.run(_COUNT, campaign=campaign_id).fetchone()
    assert row is not None  # counts always make a row
    return Counts(*row)


def known(store: Transaction, campaign_id: int) -> list[tuple[str, str]]:
    """E-mail and reference of everybody that a campaign has invited; either may be empty."""
    return [(email, reference) for email, reference in store.run(_KNOWN, campaign=campaign_id).fetchall()]


def add(store: Transaction, campaign_id: int, people: Iterable[Mapping[str, str]], now_ms: int) -> list[int]:
    """Keep people (name, email, reference, language of each); their ids."""
    made: list[int] = []
    for person in people:
        row = store.run(_ADD, campaign_id=campaign_id, invited_ms=now_ms, **person).fetchone()
        assert row is not None  # an insert returns its row
        made.append(row[0])
    return made


def opened(store: Transaction, invitation: Invitation, now_ms: int) -> None:
    """Keep when a link was first opened."""
    store.run(_OPENED, campaign=invitation.campaign_id, invitation=invitation.id, now_ms=now_ms)


def started(store: Transaction, invitation: Invitation, attempt_id: int) -> None:
    """Keep which attempt came of an invitation, unless it has one."""
    store.run(_STARTED, campaign=invitation.campaign_id, invitation=invitation.id, attempt=attempt_id)


def renew(store: Transaction, invitation: Invitation, now_ms: int) -> bool:
    """Begin a new round, as if just invited; False if they have started or are gone."""
    run = store.run(_RENEW, campaign=invitation.campaign_id, invitation=invitation.id, now_ms=now_ms)
    return run.fetchone() is not None


def revoke(store: Transaction, invitation: Invitation, now_ms: int) -> bool:
    """Keep that the link is no longer good; False if it was not before, or is gone."""
    run = store.run(_REVOKE, campaign=invitation.campaign_id, invitation=invitation.id, now_ms=now_ms)
    return run.fetchone() is not None


def make_nameless(store: Transaction, attempt_id: int) -> None:
    """Leave of the invitation that an attempt came by, if any, only that there is one.

    What was mailed goes as well: a mail that waits holds an address, and what a server said may name somebody.
    """
    store.run(_UNMAILED, attempt=attempt_id)
    store.run(_NAMELESS, attempt=attempt_id)


def forget(store: Transaction, attempt_id: int) -> None:
    """Delete the invitation that an attempt came by, if any."""
    store.run(_FORGET, attempt=attempt_id)


def remove(store: Transaction, invitation: Invitation) -> bool:
    """Delete an invitation; an attempt that came of it stays. False if it was gone."""
    run = store.run(_REMOVE, campaign=invitation.campaign_id, invitation=invitation.id)
    return run.fetchone() is not None
