"""One person as the team handles them: put on hold, and whether they may be deleted."""

from __future__ import annotations

from sqlalchemy import bindparam, or_, select, update

from quiz.store.database import Transaction
from quiz.store.tables import attempts, campaigns

_HOLD = update(attempts).where(attempts.c.id == bindparam("attempt_id")).values(hold=bindparam("held"))
_FREE = (
    select(attempts.c.token_hash, or_(attempts.c.hold, campaigns.c.hold))
    .select_from(attempts.join(campaigns))
    .where(attempts.c.id == bindparam("attempt_id"))
)


def hold(store: Transaction, attempt_id: int, *, held: bool) -> None:
    """Put a person on hold, or take them off it."""
    store.run(_HOLD, attempt_id=attempt_id, held=held)


def deletable(store: Transaction, attempt_id: int) -> tuple[bytes, bool] | None:
    """What is kept of a person's token and whether they or their campaign are on hold; None if they are gone."""
    row = store.run(_FREE, attempt_id=attempt_id).fetchone()
    return (bytes(row[0]), bool(row[1])) if row else None
