"""Invitations to teams, as rows: of each link only a hash is kept."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import bindparam, delete, func, insert, select

from quiz.store.database import Transaction
from quiz.store.tables import team_invitations, teams


@dataclass(frozen=True, slots=True)
class Invitation:
    """A link to join a team (`team_id`, `team`) in a role, or to make the first team (None and "")."""

    id: int
    team_id: int | None
    team: str
    role: str
    email: str
    created_ms: int
    expires_ms: int


_KEPT = ("token_hash", "team_id", "role", "email", "created_ms", "expires_ms")
_NEW = insert(team_invitations).values({name: bindparam(name) for name in _KEPT})
_ALL = select(
    *(team_invitations.c.id, team_invitations.c.team_id, teams.c.name, team_invitations.c.role),
    *(team_invitations.c.email, team_invitations.c.created_ms, team_invitations.c.expires_ms),
).select_from(team_invitations.outerjoin(teams))
_FIND = _ALL.where(team_invitations.c.token_hash == bindparam("token_hash"))
_OF_TEAM = _ALL.where(team_invitations.c.team_id == bindparam("team_id")).order_by(team_invitations.c.id)
_DROP = delete(team_invitations).where(team_invitations.c.id == bindparam("invitation_id"))
_DROP_OF = delete(team_invitations).where(
    team_invitations.c.team_id == bindparam("team_id"),
    func.lower(team_invitations.c.email) == func.lower(bindparam("email")),
)
_DROP_SET_UP = delete(team_invitations).where(team_invitations.c.team_id.is_(None))
_DROP_EXPIRED = delete(team_invitations).where(team_invitations.c.expires_ms <= bindparam("now_ms"))


def add(store: Transaction, **invitation: object) -> None:
    """Keep an invitation, with everything that the table needs."""
    store.run(_NEW, **invitation)


def find(store: Transaction, token_hash: bytes) -> Invitation | None:
    """The invitation of a link, or None."""
    row = store.run(_FIND, token_hash=token_hash).fetchone()
    return _invitation(row) if row else None


def of_team(store: Transaction, team_id: int) -> list[Invitation]:
    """The invitations of a team, the oldest first."""
    return [_invitation(row) for row in store.run(_OF_TEAM, team_id=team_id).fetchall()]


def drop(store: Transaction, invitation_id: int) -> None:
    """Make a link worthless."""
    store.run(_DROP, invitation_id=invitation_id)


def drop_of(store: Transaction, team_id: int, email: str) -> None:
    """Make every link of a team for an e-mail worthless, capital letters or not."""
    store.run(_DROP_OF, team_id=team_id, email=email)


def drop_set_up(store: Transaction) -> None:
    """Make every link that makes the first team worthless."""
    store.run(_DROP_SET_UP)


def drop_expired(store: Transaction, now_ms: int) -> None:
    """Forget the invitations whose time is over."""
    store.run(_DROP_EXPIRED, now_ms=now_ms)


def _invitation(row: tuple[object, ...]) -> Invitation:
    number, team_id, team, *others = row
    return Invitation(number, team_id, team or "", *others)  # type: ignore[arg-type]  # the columns are the fields
