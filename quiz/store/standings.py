"""What a table of results needs of a result, kept beside it: outcome, role, flags, and a fit a role."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import bindparam, delete, insert, update

from quiz.store.database import Transaction
from quiz.store.tables import attempts, fits


@dataclass(frozen=True, slots=True)
class Standing:
    """An outcome's kind, the role that it names, how many flags; role, points and interval of each fit."""

    outcome: str
    role: str | None
    flags: int
    fits: tuple[tuple[str, float, float, float], ...]


_OUTCOME = (
    update(attempts)
    .where(attempts.c.id == bindparam("attempt_id"))
    .values(outcome=bindparam("kind"), role=bindparam("named"), flags=bindparam("signs"))
)
_FORGET_FITS = delete(fits).where(fits.c.attempt_id == bindparam("attempt_id"))
_FIT = insert(fits).values({column.name: bindparam(column.name) for column in fits.c})


def keep(store: Transaction, attempt_id: int, campaign_id: int, standing: Standing) -> None:
    """Keep it in place of the one before."""
    named = {"kind": standing.outcome, "named": standing.role, "signs": standing.flags}
    store.run(_OUTCOME, attempt_id=attempt_id, **named)
    store.run(_FORGET_FITS, attempt_id=attempt_id)
    for fitted, points, low, high in standing.fits:
        store.run(_FIT, attempt_id=attempt_id, role=fitted, campaign_id=campaign_id, points=points, low=low, high=high)
