"""Deleted campaigns: marked at once, then removed some rows at a time."""

from __future__ import annotations

from typing import Any

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from quiz.store.database import Transaction
from quiz.store.tables import attempts, campaigns, invitations, tombstones

_this = campaigns.c.id == bindparam("campaign")
# Closed as well: the version before this one knows no other way of keeping people out.
_MARK = (
    update(campaigns)
    .where(_this, campaigns.c.deleted_ms.is_(None))
    .values(deleted_ms=bindparam("now_ms"), state="closed")
    .returning(campaigns.c.id)
)
_MARKED = (
    select(campaigns.c.id, campaigns.c.deleted_ms)
    .where(campaigns.c.deleted_ms.is_not(None))
    .order_by(campaigns.c.id)
    .limit(1)
)
_INVITED = select(invitations.c.id).where(invitations.c.campaign_id == bindparam("campaign")).limit(bindparam("size"))
_UNINVITE = delete(invitations).where(invitations.c.id.in_(_INVITED)).returning(invitations.c.id)
# In the order of an index, so that each time only so many rows are looked at.
_SOME = (
    select(attempts.c.id)
    .where(attempts.c.campaign_id == bindparam("campaign"))
    .order_by(attempts.c.started_ms, attempts.c.id)
    .limit(bindparam("size"))
)
_FORGET = delete(attempts).where(attempts.c.id.in_(_SOME)).returning(attempts.c.token_hash)
_BURY = (
    upsert(tombstones)
    .values(token_hash=bindparam("token_hash"), deleted_ms=bindparam("now_ms"))
    .on_conflict_do_nothing()
)
_AWAITS = (
    select(attempts.c.id)
    .select_from(attempts.join(campaigns))
    .where(attempts.c.token_hash == bindparam("token_hash"), campaigns.c.deleted_ms.is_not(None))
)
_DELETE = delete(campaigns).where(_this, campaigns.c.deleted_ms.is_not(None))


def mark(store: Transaction, campaign_id: int, now_ms: int) -> bool:
    """Let nobody find a campaign any more; False if it is deleted already."""
    return store.run(_MARK, campaign=campaign_id, now_ms=now_ms).fetchone() is not None


def marked(store: Transaction) -> tuple[int, int] | None:
    """The id of a deleted campaign that is not removed yet, and when it was deleted."""
    row: Any = store.run(_MARKED).fetchone()
    return (row[0], row[1]) if row else None


def awaits(store: Transaction, token_hash: bytes) -> bool:
    """Whether the attempt of a token belongs to a deleted campaign, and has not been removed yet."""
    return store.run(_AWAITS, token_hash=token_hash).fetchone() is not None


def remove_some(store: Transaction, campaign_id: int, deleted_ms: int, *, size: int) -> int:
    """Remove some rows of a deleted campaign; how many people's answers went.

    First its invitations go, then its attempts, which leave a tombstone each, then the campaign with its texts.
    """
    if store.run(_UNINVITE, campaign=campaign_id, size=size).fetchall():
        return 0
    gone = store.run(_FORGET, campaign=campaign_id, size=size).fetchall()
    for (token_hash,) in gone:
        store.run(_BURY, token_hash=token_hash, now_ms=deleted_ms)
    if not gone:
        store.run(_DELETE, campaign=campaign_id)
    return len(gone)
