"""One person as the team handles them: put on hold, and whether they may be deleted."""

from __future__ import annotations

from sqlalchemy import bindparam, exists, or_, select, update

from quiz.store.database import Transaction
from quiz.store.tables import attempts, campaigns

# Those of a deleted campaign are there until a job has come to them, and no hold keeps them any more.
_HOLD = (
    update(attempts)
    .where(
        attempts.c.id == bindparam("attempt_id"),
        exists().where(campaigns.c.id == attempts.c.campaign_id, campaigns.c.deleted_ms.is_(None)),
    )
    .values(hold=bindparam("held"))
    .returning(attempts.c.id)
)
_FREE = (
    select(attempts.c.token_hash, or_(attempts.c.hold, campaigns.c.hold))
    .select_from(attempts.join(campaigns))
    .where(attempts.c.id == bindparam("attempt_id"))
)


def hold(store: Transaction, attempt_id: int, *, held: bool) -> bool:
    """Put a person on hold, or take them off it; False if they are gone, or their campaign is deleted."""
    return store.run(_HOLD, attempt_id=attempt_id, held=held).fetchone() is not None


def deletable(store: Transaction, attempt_id: int) -> tuple[bytes, bool] | None:
    """What is kept of a person's token and whether they or their campaign are on hold; None if they are gone."""
    row = store.run(_FREE, attempt_id=attempt_id).fetchone()
    return (bytes(row[0]), bool(row[1])) if row else None
