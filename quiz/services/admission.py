"""How members come in: links that work once and for a time, of which only hashes are kept or which only we can sign."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from itsdangerous import BadSignature, Signer

from quiz.services import outbox, secrets
from quiz.services.outbox import Letter
from quiz.services.team import ROLES, add_in, found_in
from quiz.services.tokens import new_token, token_hash
from quiz.store import team_invitations, teams
from quiz.store.database import Database, Transaction
from quiz.store.team_invitations import Invitation
from quiz.store.teams import Person

__all__ = [
    "AlreadyMember",
    "BadLink",
    "Invitation",
    "invitation",
    "invitations",
    "invite",
    "join",
    "nobody_yet",
    "read_reset",
    "reset_token",
    "revoke",
    "set_up",
    "set_up_token",
]

DAY_MS = 24 * 3600 * 1000
INVITATION_MS = 7 * DAY_MS
RESET_MS = DAY_MS


class BadLink(Exception):
    """A link is not one of ours, was used or revoked, or its time is over."""


class AlreadyMember(Exception):
    """Whoever is invited is in the team already; `name` is theirs there."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def nobody_yet(database: Database) -> bool:
    """Whether no team has an owner, so that somebody has to set up the first one."""
    return teams.owners(database.reader()) == 0


def set_up_token(database: Database, now_ms: int) -> str | None:
    """What the link that makes the first team holds; older ones are void. None where there is an owner already."""
    with database.writing() as store:
        if teams.owners(store):
            return None
        team_invitations.drop_set_up(store)
        return _invite(store, None, "owner", "", now_ms)


def invite(
    database: Database,
    team_id: int,
    role: str,
    email: str,
    now_ms: int,
    write: Callable[[str], Letter] | None = None,
) -> str:
    """What the link to join a team in a role holds; `write` makes a mail of it, which goes out by and by. An older
    one for the same e-mail is void.

    Raises AlreadyMember, and ValueError for a role that is none.
    """
    if role not in ROLES:
        raise ValueError(f"no such role: {role!r}")
    with database.writing() as store:
        team_invitations.drop_expired(store, now_ms)
        if email:
            # Whether somebody is in another team is that team's business: they read it themselves when they join.
            if (known := teams.find_by_email(store, email)) and known.team_id == team_id:
                raise AlreadyMember(known.name)
            team_invitations.drop_of(store, team_id, email)
        token = _invite(store, team_id, role, email, now_ms)
        if write is not None:
            outbox.write(store, [write(token)], now_ms)
        return token


def invitations(database: Database, team_id: int, now_ms: int) -> list[Invitation]:
    """A team's invitations that still work, the oldest first."""
    return [each for each in team_invitations.of_team(database.reader(), team_id) if each.expires_ms > now_ms]


def revoke(database: Database, team_id: int, invitation_id: int) -> Invitation | None:
    """Make a link of a team worthless, and return what it was; None if the team has no such invitation."""
    with database.writing() as store:
        for each in team_invitations.of_team(store, team_id):
            if each.id == invitation_id:
                team_invitations.drop(store, each.id)
                return each
    return None


def invitation(database: Database, token: str, now_ms: int) -> Invitation:
    """What a link invites to. Raises BadLink."""
    return _read(database.reader(), token, now_ms)


def set_up(
    database: Database, token: str, team: str, name: str, email: str, language: str, password_hash: str, now_ms: int
) -> int:
    """Make the first team and its owner, and return the owner's id; all of it or nothing, and once.

    Raises BadLink.
    """
    with database.writing() as store:
        read = _read(store, token, now_ms)
        if read.team_id is not None or teams.owners(store):
            raise BadLink
        team_invitations.drop_set_up(store)
        return add_in(store, found_in(store, team, now_ms), "owner", name, email, language, password_hash, now_ms)


def join(database: Database, token: str, name: str, email: str, language: str, password_hash: str, now_ms: int) -> int:
    """Take whoever has a link into its team, and return their id; the link is used up.

    Raises BadLink, and EmailTaken (then the link stays good).
    """
    with database.writing() as store:
        read = _read(store, token, now_ms)
        if read.team_id is None:
            raise BadLink
        team_invitations.drop(store, read.id)
        return add_in(store, read.team_id, read.role, name, email, language, password_hash, now_ms)


def reset_token(database: Database, person: Person, now_ms: int, outside: Sequence[str] = ()) -> str:
    """What the link to choose a new password holds; it works for a day, and until the password is changed.

    `outside` are the keys of SECRET_KEY.
    """
    signer = _resetting(database, person, outside, now_ms)
    signed: str = signer.sign(f"{person.id}.{now_ms + RESET_MS}").decode()
    return signed


def read_reset(database: Database, token: str, now_ms: int, outside: Sequence[str] = ()) -> Person:
    """Whose password a link changes. Raises BadLink."""
    number, _, rest = token.partition(".")
    expires = rest.partition(".")[0]
    if not (token.isascii() and number.isdigit() and expires.isdigit() and len(number) < 19 and len(expires) < 19):
        raise BadLink
    person = teams.find(database.reader(), int(number))
    if person is None or int(expires) <= now_ms:
        raise BadLink
    try:
        _resetting(database, person, outside, now_ms).unsign(token)
    except BadSignature as error:
        raise BadLink from error
    return person


def _resetting(database: Database, person: Person, outside: Sequence[str], now_ms: int) -> Signer:
    keys = secrets.keys(database, secrets.RESET, outside, now_ms)
    # A new password brings a new uniquifier, so that a link works once. The library signs by the last of its keys.
    return Signer(keys[::-1], salt=f"reset.{person.fs_uniquifier}")


def _read(store: Transaction, token: str, now_ms: int) -> Invitation:
    read = team_invitations.find(store, token_hash(token))
    if read is None or read.expires_ms <= now_ms:
        raise BadLink
    return read


def _invite(store: Transaction, team_id: int | None, role: str, email: str, now_ms: int) -> str:
    token = new_token()
    team_invitations.add(
        store,
        token_hash=token_hash(token),
        team_id=team_id,
        role=role,
        email=email,
        created_ms=now_ms,
        expires_ms=now_ms + INVITATION_MS,
    )
    return token
