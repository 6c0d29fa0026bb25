"""Invitations by mail: whose link is to be mailed, who takes it, and what became of it."""

from __future__ import annotations

from sqlalchemy import bindparam, case, null, update

from quiz.store.database import Transaction
from quiz.store.invitations import ALL, Invitation, this, to_send
from quiz.store.tables import invitations

_TO_SEND = ALL.where(to_send, invitations.c.id > bindparam("place")).order_by(invitations.c.id).limit(bindparam("size"))
_SENT = update(invitations).where(this).values(sent_ms=bindparam("when_ms"), failed_ms=null())
_FAILED = (
    update(invitations)
    .where(this)
    .values(sent_ms=case((bindparam("never"), null()), else_=invitations.c.sent_ms), failed_ms=bindparam("when_ms"))
)
_CLAIM = (
    update(invitations)
    .where(this, to_send)
    .values(sent_ms=bindparam("now_ms"), failed_ms=null())
    .returning(invitations.c.id)
)


def waiting(store: Transaction, campaign_id: int, *, after: int, size: int) -> list[Invitation]:
    """Invitations with ids over `after` whose link has not been mailed and still could be, the oldest first."""
    rows = store.run(_TO_SEND, campaign=campaign_id, place=after, size=size).fetchall()
    return [Invitation(*row) for row in rows]


def claim(store: Transaction, invitation: Invitation, now_ms: int) -> bool:
    """Take an invitation to mail its link for the first time; False if somebody else has, or it may not be."""
    run = store.run(_CLAIM, campaign=invitation.campaign_id, invitation=invitation.id, now_ms=now_ms)
    return run.fetchone() is not None


def sent(store: Transaction, invitation: Invitation, when_ms: int) -> None:
    """Keep when the last mail went out."""
    store.run(_SENT, campaign=invitation.campaign_id, invitation=invitation.id, when_ms=when_ms)


def failed(store: Transaction, invitation: Invitation, when_ms: int | None) -> None:
    """Keep when a mail failed (None: it was not its own fault); the claim of a first mail is given back."""
    when = {"when_ms": when_ms, "never": invitation.sent_ms is None}
    store.run(_FAILED, campaign=invitation.campaign_id, invitation=invitation.id, **when)
