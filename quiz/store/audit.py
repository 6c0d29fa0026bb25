"""The audit log: written, and read page by page."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import bindparam, insert, select

from quiz.store.database import Transaction
from quiz.store.tables import audit


@dataclass(frozen=True, slots=True)
class Entry:
    """Who did what, when (milliseconds since 1970), to which campaign and to what else."""

    id: int
    at_ms: int
    actor: str
    action: str
    campaign: str
    subject: str


_COLUMNS = (audit.c.id, audit.c.at_ms, audit.c.actor, audit.c.action, audit.c.campaign, audit.c.subject)
_NOTE = insert(audit).values(
    {name: bindparam(name) for name in ("at_ms", "team_id", "actor", "action", "campaign", "subject")}
)
_PAGE = (
    select(*_COLUMNS)
    .where(audit.c.team_id == bindparam("team_id"), audit.c.id < bindparam("before"))
    .order_by(audit.c.id.desc())
    .limit(bindparam("size"))
)


def note(
    store: Transaction, team_id: int, actor: str, action: str, now_ms: int, *, campaign: str = "", subject: str = ""
) -> None:
    """Write an entry."""
    store.run(_NOTE, at_ms=now_ms, team_id=team_id, actor=actor, action=action, campaign=campaign, subject=subject)


def page(store: Transaction, team_id: int, *, before: int, size: int) -> list[Entry]:
    """A team's entries with ids under `before`, the newest first."""
    return [Entry(*row) for row in store.run(_PAGE, team_id=team_id, before=before, size=size).fetchall()]
