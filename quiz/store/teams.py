"""Teams and their members, as rows."""

from __future__ import annotations

import json
from dataclasses import dataclass

from sqlalchemy import Text, bindparam, cast, delete, func, insert, null, or_, select, update

from quiz.store.database import Transaction
from quiz.store.tables import campaigns, teams, users


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of a team; `role` is owner or viewer. `second_step` tells whether they sign in with a code as well."""

    id: int
    team_id: int
    role: str
    name: str
    email: str
    language: str
    created_ms: int
    second_step: bool
    fs_uniquifier: str
    """What their sessions hold on to: with another one, all of them end."""


_TEAM = insert(teams).values(name=bindparam("name"), created_ms=bindparam("now_ms")).returning(teams.c.id)
_NAME = select(teams.c.name).where(teams.c.id == bindparam("team_id"))
_TEAMS = select(teams.c.id, teams.c.name).order_by(teams.c.id)
_RENAME = update(teams).where(teams.c.id == bindparam("team")).values(name=bindparam("new_name"))
_NEW = ("team_id", "role", "name", "email", "language", "created_ms", "password", "fs_uniquifier")
_PERSON = insert(users).values({name: bindparam(name) for name in (*_NEW, "fs_webauthn_user_handle")})
_PERSON = _PERSON.returning(users.c.id)
_ALL = select(
    *(users.c.id, users.c.team_id, users.c.role, users.c.name, users.c.email, users.c.language, users.c.created_ms),
    users.c.tf_totp_secret.is_not(None),
    users.c.fs_uniquifier,
)
_OF_TEAM = _ALL.where(users.c.team_id == bindparam("team_id")).order_by(users.c.id)
_BY_ID = _ALL.where(users.c.id == bindparam("person_id"))
_BY_EMAIL = _ALL.where(func.lower(users.c.email) == func.lower(bindparam("email")))
_OWNERS = select(func.count()).select_from(users).where(users.c.role == "owner")
_OWNERS_OF = _OWNERS.where(users.c.team_id == bindparam("team_id"))
_ADOPT = update(campaigns).where(campaigns.c.team_id.is_(None)).values(team_id=bindparam("new_team"))
_ROLE = update(users).where(users.c.id == bindparam("person")).values(role=bindparam("new_role"))
_PROFILE = (
    update(users)
    .where(users.c.id == bindparam("person"))
    .values(name=bindparam("new_name"), language=bindparam("new_language"))
)
_PASSWORD = (
    update(users)
    .where(users.c.id == bindparam("person"))
    .values(password=bindparam("new_password"), fs_uniquifier=bindparam("new_uniquifier"))
)
_ONE_STEP = (
    update(users)
    .where(users.c.id == bindparam("person"))
    .values(tf_totp_secret=null(), tf_primary_method=null(), mf_recovery_codes=null())
)
_USE_CODE = (
    update(users)
    .where(
        users.c.id == bindparam("person"),
        or_(users.c.tf_last_used.is_(None), users.c.tf_last_used < bindparam("counter")),
    )
    .values(tf_last_used=bindparam("used"))
    .returning(users.c.id)
)
# As text: one driver reads JSON by itself, the other does not.
_RECOVERY_CODES = select(cast(users.c.mf_recovery_codes, Text)).where(users.c.id == bindparam("person"))
_KEEP_RECOVERY_CODES = (
    update(users).where(users.c.id == bindparam("person")).values(mf_recovery_codes=bindparam("kept"))
)
_REMOVE = delete(users).where(users.c.id == bindparam("person"))


def create(store: Transaction, name: str, now_ms: int) -> int:
    """Keep a team; its id."""
    row = store.run(_TEAM, name=name, now_ms=now_ms).fetchone()
    assert row is not None  # an insert returns its row
    team_id: int = row[0]
    return team_id


def name_of(store: Transaction, team_id: int) -> str:
    """The name of a team."""
    row = store.run(_NAME, team_id=team_id).fetchone()
    assert row is not None  # ids of teams come from their members, and teams are not deleted
    name: str = row[0]
    return name


def everyone(store: Transaction) -> list[tuple[int, str]]:
    """The id and name of every team, the oldest first."""
    return [(team_id, name) for team_id, name in store.run(_TEAMS).fetchall()]


def rename(store: Transaction, team_id: int, name: str) -> None:
    """Give a team another name."""
    store.run(_RENAME, team=team_id, new_name=name)


def add(store: Transaction, **person: object) -> int:
    """Keep a member, with everything that `users` needs; their id."""
    row = store.run(_PERSON, **person).fetchone()
    assert row is not None  # an insert returns its row
    person_id: int = row[0]
    return person_id


def members(store: Transaction, team_id: int) -> list[Person]:
    """The members of a team, the first one first."""
    return [Person(*row) for row in store.run(_OF_TEAM, team_id=team_id).fetchall()]


def find(store: Transaction, person_id: int) -> Person | None:
    """Somebody by their id, or None."""
    row = store.run(_BY_ID, person_id=person_id).fetchone()
    return Person(*row) if row else None


def find_by_email(store: Transaction, email: str) -> Person | None:
    """Somebody by their e-mail in its normal form, capital letters or not; or None."""
    row = store.run(_BY_EMAIL, email=email).fetchone()
    return Person(*row) if row else None


def owners(store: Transaction, team_id: int | None = None) -> int:
    """How many owners a team has, or all teams together."""
    row = (store.run(_OWNERS) if team_id is None else store.run(_OWNERS_OF, team_id=team_id)).fetchone()
    assert row is not None  # counts always make a row
    count: int = row[0]
    return count


def adopt(store: Transaction, team_id: int) -> None:
    """Give a team the campaigns that no team has."""
    store.run(_ADOPT, new_team=team_id)


def set_role(store: Transaction, person_id: int, role: str) -> None:
    """Make somebody an owner or a viewer."""
    store.run(_ROLE, person=person_id, new_role=role)


def set_profile(store: Transaction, person_id: int, name: str, language: str) -> None:
    """Change somebody's name and language."""
    store.run(_PROFILE, person=person_id, new_name=name, new_language=language)


def set_password(store: Transaction, person_id: int, password: str, uniquifier: str) -> None:
    """Change somebody's password, as a hash, and end their sessions."""
    store.run(_PASSWORD, person=person_id, new_password=password, new_uniquifier=uniquifier)


def use_code(store: Transaction, person_id: int, counter: int) -> bool:
    """Keep the counter of a code; False, and nothing, if it or a later one was used before."""
    return store.run(_USE_CODE, person=person_id, counter=counter, used=counter).fetchone() is not None


def recovery_codes(store: Transaction, person_id: int) -> list[str]:
    """The recovery codes that are left, as they are kept; none for somebody who is gone."""
    row = store.run(_RECOVERY_CODES, person=person_id).fetchone()
    return json.loads(row[0]) or [] if row and row[0] else []


def keep_recovery_codes(store: Transaction, person_id: int, codes: list[str]) -> None:
    """Keep these recovery codes in place of those before."""
    store.run(_KEEP_RECOVERY_CODES, person=person_id, kept=json.dumps(codes))


def drop_second_step(store: Transaction, person_id: int) -> None:
    """Let somebody sign in without a code."""
    store.run(_ONE_STEP, person=person_id)


def remove(store: Transaction, person_id: int) -> None:
    """Forget somebody, and their passkeys."""
    store.run(_REMOVE, person=person_id)
