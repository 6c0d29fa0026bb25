"""Invitations by mail: whose link is still to be mailed."""

from __future__ import annotations

from sqlalchemy import bindparam

from quiz.store.database import Transaction
from quiz.store.invitations import ALL, Invitation, to_send
from quiz.store.tables import invitations

_TO_SEND = ALL.where(to_send, invitations.c.id > bindparam("place")).order_by(invitations.c.id).limit(bindparam("size"))


def waiting(store: Transaction, campaign_id: int, *, after: int, size: int) -> list[Invitation]:
    """Invitations with ids over `after` whose link has not been mailed and still could be, the oldest first."""
    rows = store.run(_TO_SEND, campaign=campaign_id, place=after, size=size).fetchall()
    return [Invitation(*row) for row in rows]
