"""Teams and their members, as rows."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import bindparam, insert, select, update

from quiz.store.database import Transaction
from quiz.store.tables import campaigns, teams, users


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of a team; `role` is owner or viewer."""

    id: int
    team_id: int
    role: str
    name: str
    email: str
    language: str


_TEAM = insert(teams).values(name=bindparam("name"), created_ms=bindparam("now_ms")).returning(teams.c.id)
_NEW = ("team_id", "role", "name", "email", "language", "created_ms", "password", "fs_uniquifier")
_PERSON = insert(users).values({name: bindparam(name) for name in (*_NEW, "fs_webauthn_user_handle")})
_PERSON = _PERSON.returning(users.c.id)
_OF_TEAM = (
    select(users.c.id, users.c.team_id, users.c.role, users.c.name, users.c.email, users.c.language)
    .where(users.c.team_id == bindparam("team_id"))
    .order_by(users.c.id)
)
_ADOPT = update(campaigns).where(campaigns.c.team_id.is_(None)).values(team_id=bindparam("new_team"))


def create(store: Transaction, name: str, now_ms: int) -> int:
    """Keep a team; its id."""
    row = store.run(_TEAM, name=name, now_ms=now_ms).fetchone()
    assert row is not None  # an insert returns its row
    team_id: int = row[0]
    return team_id


def add(store: Transaction, **person: object) -> int:
    """Keep a member, with everything that `users` needs; their id."""
    row = store.run(_PERSON, **person).fetchone()
    assert row is not None  # an insert returns its row
    person_id: int = row[0]
    return person_id


def members(store: Transaction, team_id: int) -> list[Person]:
    """The members of a team, the first one first."""
    return [Person(*row) for row in store.run(_OF_TEAM, team_id=team_id).fetchall()]


def adopt(store: Transaction, team_id: int) -> None:
    """Give a team the campaigns that no team has."""
    store.run(_ADOPT, new_team=team_id)
