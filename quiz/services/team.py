"""Teams and their people: made, changed, left. How people come in is `admission`'s."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from quiz.services import outbox
from quiz.services.outbox import Letter
from quiz.store import teams
from quiz.store.database import Database, Transaction
from quiz.store.people import map_classes, session
from quiz.store.teams import Person

__all__ = [
    "EmailTaken",
    "LastOwner",
    "Person",
    "add",
    "change_password",
    "change_profile",
    "change_role",
    "drop_second_step",
    "everyone",
    "find",
    "find_by_email",
    "found",
    "map_classes",
    "members",
    "name_of",
    "new",
    "remove",
    "rename",
    "session",
    "use_code",
]

ROLES = ("owner", "viewer")
"""An owner does everything; a viewer looks."""


class EmailTaken(Exception):
    """Somebody with this e-mail is in a team already."""


class LastOwner(Exception):
    """A team would be left without an owner."""


def found(database: Database, name: str, now_ms: int) -> int:
    """Make a team and return its id; the campaigns that were made before there was any become its own."""
    with database.writing() as store:
        return found_in(store, name, now_ms)


def new(database: Database, name: str, now_ms: int) -> int:
    """Make a further team, which adopts nothing, and return its id."""
    with database.writing() as store:
        return teams.create(store, name, now_ms)


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
    """Take somebody into a team and return their id; `email` is already in its normal form. Raises EmailTaken."""
    with database.writing() as store:
        return add_in(store, team_id, role, name, email, language, password_hash, now_ms)


def members(database: Database, team_id: int) -> list[Person]:
    """The members of a team, the first one first."""
    return teams.members(database.reader(), team_id)


def name_of(database: Database, team_id: int) -> str:
    """The name of a team."""
    return teams.name_of(database.reader(), team_id)


def everyone(database: Database) -> list[tuple[int, str]]:
    """The id and name of every team, the oldest first; for the command line, never for a team's own pages."""
    return teams.everyone(database.reader())


def rename(database: Database, team_id: int, name: str) -> None:
    """Give a team another name."""
    with database.writing() as store:
        teams.rename(store, team_id, name)


def find(database: Database, team_id: int, person_id: int) -> Person | None:
    """A member of a team, or None."""
    person = teams.find(database.reader(), person_id)
    return person if person and person.team_id == team_id else None


def find_by_email(database: Database, email: str) -> Person | None:
    """Somebody of any team by their e-mail, or None."""
    return teams.find_by_email(database.reader(), email)


def change_role(database: Database, team_id: int, person_id: int, role: str) -> None:
    """Make a member an owner or a viewer. Raises LastOwner; ValueError for a role that is none."""
    if role not in ROLES:
        raise ValueError(f"no such role: {role!r}")
    _unless_last(database, team_id, person_id, lambda store: teams.set_role(store, person_id, role), role)


def remove(database: Database, team_id: int, person_id: int) -> None:
    """Take a member out of the team; their sessions end at once. Raises LastOwner."""
    _unless_last(database, team_id, person_id, lambda store: teams.remove(store, person_id))


def change_profile(database: Database, person_id: int, name: str, language: str) -> None:
    """Change somebody's name and language."""
    with database.writing() as store:
        teams.set_profile(store, person_id, name, language)


def change_password(
    database: Database, person_id: int, password_hash: str, letter: Letter | None = None, now_ms: int = 0
) -> None:
    """Give somebody another password, and have them told; their sessions end, and so do the links to change it."""
    with database.writing() as store:
        teams.set_password(store, person_id, password_hash, uuid.uuid4().hex)
        if letter is not None:
            outbox.write(store, [letter], now_ms)


def drop_second_step(database: Database, person_id: int) -> None:
    """Let somebody sign in without a code."""
    with database.writing() as store:
        teams.drop_second_step(store, person_id)


def use_code(database: Database, person_id: int, counter: int) -> bool:
    """Use up a code of an authenticator app, for every worker; False if it or a later one was used before."""
    with database.writing() as store:
        return teams.use_code(store, person_id, counter)


def use_recovery_code(database: Database, person_id: int, is_it: Callable[[str], bool]) -> bool:
    """Use up the recovery code that `is_it` knows from how it is kept, for every worker; False if it is not there."""
    with database.writing() as store:
        kept = teams.recovery_codes(store, person_id)
        left = [code for code in kept if not is_it(code)]
        if len(left) == len(kept):
            return False
        teams.keep_recovery_codes(store, person_id, left)
        return True


def found_in(store: Transaction, name: str, now_ms: int) -> int:
    """Make a team inside a transaction, as `found` does."""
    team_id = teams.create(store, name, now_ms)
    teams.adopt(store, team_id)
    return team_id


def add_in(
    store: Transaction,
    team_id: int,
    role: str,
    name: str,
    email: str,
    language: str,
    password_hash: str | None,
    now_ms: int,
) -> int:
    """Take somebody into a team inside a transaction, as `add` does."""
    if teams.find_by_email(store, email):
        raise EmailTaken
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


def _unless_last(
    database: Database, team_id: int, person_id: int, change: Callable[[Transaction], None], role: str = ""
) -> None:
    with database.writing() as store:
        person = teams.find(store, person_id)
        if person is None or person.team_id != team_id:
            return
        if person.role == "owner" and role != "owner" and teams.owners(store, team_id) == 1:
            raise LastOwner
        change(store)
