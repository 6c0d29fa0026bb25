"""The audit log: written, and read page by page."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, insert, select, update

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
_NOTE = (
    insert(audit)
    .values({name: bindparam(name) for name in ("at_ms", "team_id", "actor", "action", "campaign", "subject")})
    .returning(audit.c.id)
)
_AMEND = update(audit).where(audit.c.id == bindparam("entry")).values(subject=bindparam("new_subject"))
_ACTORS = select(audit.c.actor).distinct().where(audit.c.team_id == bindparam("team_id")).order_by(audit.c.actor)
_DELETED = (
    select(audit.c.campaign, audit.c.subject)
    .where(audit.c.team_id == bindparam("team_id"), audit.c.action == "campaign-deleted")
    .order_by(audit.c.id.desc())
)
_CONDITIONS = {
    "campaign": audit.c.campaign == bindparam("of_campaign"),
    "actor": audit.c.actor == bindparam("of_actor"),
}


def note(
    store: Transaction, team_id: int, actor: str, action: str, now_ms: int, *, campaign: str = "", subject: str = ""
) -> int:
    """Write an entry, and return its id."""
    values = {"at_ms": now_ms, "team_id": team_id, "actor": actor, "action": action, "campaign": campaign}
    row = store.run(_NOTE, **values, subject=subject).fetchone()
    assert row is not None  # it was written a line before
    number: int = row[0]
    return number


def amend(store: Transaction, entry_id: int, subject: str) -> None:
    """Say more exactly what an action was done to that goes on still."""
    store.run(_AMEND, entry=entry_id, new_subject=subject)


def page(
    store: Transaction, team_id: int, *, before: int, size: int, campaign: str = "", actor: str = ""
) -> list[Entry]:
    """A team's entries with ids under `before`, the newest first; only of a campaign or an actor, if one is given."""
    asked = tuple(name for name, value in (("campaign", campaign), ("actor", actor)) if value)
    bound = {"team_id": team_id, "before": before, "size": size, "of_campaign": campaign, "of_actor": actor}
    return [Entry(*row) for row in store.run(_page(asked), **bound).fetchall()]


def actors(store: Transaction, team_id: int) -> list[str]:
    """Everybody who is in a team's log, in the order of the alphabet."""
    return [actor for (actor,) in store.run(_ACTORS, team_id=team_id).fetchall()]


def deleted(store: Transaction, team_id: int) -> list[tuple[str, str]]:
    """The public ids and last names of the campaigns that a team's log says were deleted, the last one first."""
    return [(campaign, name) for campaign, name in store.run(_DELETED, team_id=team_id).fetchall()]


@cache
def _page(asked: tuple[str, ...]) -> Select[Any]:
    return (
        select(*_COLUMNS)
        .where(audit.c.team_id == bindparam("team_id"), audit.c.id < bindparam("before"))
        .where(*(_CONDITIONS[name] for name in asked))
        .order_by(audit.c.id.desc())
        .limit(bindparam("size"))
    )
