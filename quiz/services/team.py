"""Teams and their people: made, joined, left."""

from __future__ import annotations

import uuid

from quiz.store import teams
from quiz.store.database import Database
from quiz.store.people import map_classes, session
from quiz.store.teams import Person

__all__ = ["Person", "add", "found", "map_classes", "members", "session"]

ROLES = ("owner", "viewer")
"""An owner does everything; a viewer looks."""


def found(database: Database, name: str, now_ms: int) -> int:
    """Make a team and return its id; the campaigns that were made before there was any become its own."""
    with database.writing() as store:
        team_id = teams.create(store, name, now_ms)
        teams.adopt(store, team_id)
    return team_id


def add(
    database: Database,
    team_id: int,
    role: str,
    name: str,
    email: str,
    language: str,
    password_hash: str | None,
    now_ms: int,
) -> int:
    """Take somebody into a team and return their id; `email` is already in its normal form."""
    with database.writing() as store:
        return teams.add(
            store,
            team_id=team_id,
            role=role,
            name=name,
            email=email,
            language=language,
            password=password_hash,
            created_ms=now_ms,
            fs_uniquifier=uuid.uuid4().hex,
            fs_webauthn_user_handle=uuid.uuid4().hex,
        )


def members(database: Database, team_id: int) -> list[Person]:
    """The members of a team, the first one first."""
    return teams.members(database.reader(), team_id)
