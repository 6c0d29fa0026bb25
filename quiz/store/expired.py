"""What is past its time: counted and removed. Limits are milliseconds since 1970."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    ScalarSelect,
    Select,
    Table,
    and_,
    bindparam,
    cast,
    delete,
    exists,
    func,
    not_,
    or_,
    select,
)

from quiz.store.database import Database, Transaction
from quiz.store.tables import answers, attempts, campaigns, invitations, tombstones

DAY_MS = 24 * 60 * 60 * 1000

# Worked out from the answers, so that keeping one writes one row and no other.
_last_answer_ms = select(func.max(answers.c.answered_ms)).where(answers.c.attempt_id == attempts.c.id)
_touched_ms = func.coalesce(_last_answer_ms.scalar_subquery(), attempts.c.started_ms)

_days = (
    select(cast(campaigns.c.retain_days, BigInteger)).where(campaigns.c.id == attempts.c.campaign_id).scalar_subquery()
)
# A campaign says for itself how long it keeps answers. Without one there are no days, and this is not true.
_campaign_over = _touched_ms < bindparam("now_ms") - DAY_MS * _days
_unfinished_over = or_(_touched_ms < bindparam("unfinished_ms"), _campaign_over)
_finished_over = or_(and_(attempts.c.campaign_id.is_(None), _touched_ms < bindparam("finished_ms")), _campaign_over)

# A legal hold is put on one person or on a whole campaign, and outlasts every period.
_held = or_(attempts.c.hold, exists().where(campaigns.c.id == attempts.c.campaign_id, campaigns.c.hold))
_unfinished = and_(attempts.c.finished_ms.is_(None), _unfinished_over)
_finished = and_(attempts.c.finished_ms.is_not(None), _finished_over)
# What is left of a deleted campaign is another job's, which leaves tombstones.
_deleted = exists().where(campaigns.c.id == attempts.c.campaign_id, campaigns.c.deleted_ms.is_not(None))
_over = and_(or_(_unfinished, _finished), not_(_held), not_(_deleted))
_buried = tombstones.c.deleted_ms < bindparam("tombstones_ms")

# Whom somebody invited goes with the attempt that came of it. Where none did, the invitation stays as long as it can
# be used, and from then on for the campaign's days.
_of_campaign = campaigns.c.id == invitations.c.campaign_id
_since_ms: ColumnElement[int] = bindparam("now_ms") - DAY_MS * cast(campaigns.c.retain_days, BigInteger)
_shut = or_(campaigns.c.state == "closed", campaigns.c.closes_ms < _since_ms)
_last_used = (invitations.c.invited_ms, invitations.c.sent_ms, invitations.c.opened_ms)
_unused = exists().where(
    _of_campaign,
    invitations.c.attempt_id.is_(None),
    not_(campaigns.c.hold),
    or_(_shut, invitations.c.revoked_ms.is_not(None)),
    *(func.coalesce(moment, 0) < _since_ms for moment in _last_used),
)
_useless = or_(invitations.c.attempt_id.in_(select(attempts.c.id).where(_over)), _unused)


def _page(key: Column[Any], condition: ColumnElement[bool]) -> Select[Any]:
    return select(key).where(key > bindparam("after"), condition).order_by(key).limit(bindparam("size"))


def _counted(table: Table, *conditions: ColumnElement[bool]) -> ScalarSelect[int]:
    return select(func.count()).select_from(table).where(*conditions).scalar_subquery()


_COUNT = select(
    _counted(attempts, _unfinished, not_(_held), not_(_deleted)),
    _counted(attempts, _finished, not_(_held), not_(_deleted)),
    _counted(tombstones, _buried),
    _counted(invitations, _useless),
    _counted(attempts, or_(_unfinished, _finished), _held),
)
PAGE = 1000
"""Keys that are read at a time."""
# What is removed is looked for first, while others write, and looked at again before it goes.
_attempt = attempts.c.id == bindparam("attempt")
_LOOK = {
    "attempts": _page(attempts.c.id, _over),
    "invitations": _page(invitations.c.id, _unused),
    "tombstones": _page(tombstones.c.token_hash, _buried),
}
_BEFORE_ALL = {"attempts": 0, "invitations": 0, "tombstones": b""}
_UNINVITE = (
    delete(invitations)
    .where(invitations.c.attempt_id.in_(select(attempts.c.id).where(_attempt, _over)))
    .returning(invitations.c.id)
)
_REMOVE_ATTEMPT = delete(attempts).where(_attempt, _over).returning(attempts.c.campaign_id, attempts.c.finished_ms)
_REMOVE_UNUSED = (
    delete(invitations).where(invitations.c.id == bindparam("invitation"), _unused).returning(invitations.c.campaign_id)
)
_UNBURY = (
    delete(tombstones)
    .where(tombstones.c.token_hash == bindparam("token_hash"), _buried)
    .returning(tombstones.c.deleted_ms)
)
_WHOSE = select(campaigns.c.public_id, campaigns.c.team_id).where(campaigns.c.id == bindparam("campaign"))


@dataclass(frozen=True, slots=True)
class Limits:
    """What was last touched before these moments is past its time; `now_ms` is what campaigns count back from."""

    now_ms: int
    unfinished_ms: int
    finished_ms: int
    tombstones_ms: int


@dataclass(frozen=True, slots=True)
class Removed:
    """An attempt that was removed: of which campaign, if any, whether it was finished, how many invitations went."""

    campaign_id: int | None
    finished: bool
    invitations: int


def count(store: Transaction, limits: Limits) -> tuple[int, ...]:
    """How many unfinished and finished attempts, tombstones and invitations go, and how many attempts are held."""
    found = store.run(_COUNT, **asdict(limits)).fetchone()
    assert found is not None  # counts always make a row
    return found


def look(database: Database, table: str, limits: Limits) -> Iterator[Any]:
    """The keys of the attempts, unused invitations or tombstones that go, read a page at a time."""
    after: Any = _BEFORE_ALL[table]
    while page := database.reader().run(_LOOK[table], **asdict(limits), after=after, size=PAGE).fetchall():
        yield from (key for (key,) in page)
        after = page[-1][0]


def remove_attempt(store: Transaction, attempt_id: int, limits: Limits) -> Removed | None:
    """Remove an attempt, with answers, result and invitation; None, having removed nothing, if it stays."""
    values = asdict(limits) | {"attempt": attempt_id}
    invited = store.run(_UNINVITE, **values).fetchall()
    row: Any = store.run(_REMOVE_ATTEMPT, **values).fetchone()
    return Removed(row[0], row[1] is not None, len(invited)) if row else None


def remove_invitation(store: Transaction, invitation_id: int, limits: Limits) -> int | None:
    """Remove an invitation that nobody used, and return its campaign's id; None if it stays."""
    row = store.run(_REMOVE_UNUSED, **asdict(limits), invitation=invitation_id).fetchone()
    return row[0] if row else None


def remove_tombstone(store: Transaction, token_hash: bytes, limits: Limits) -> bool:
    """Remove a tombstone; False if it stays."""
    return store.run(_UNBURY, **asdict(limits), token_hash=token_hash).fetchone() is not None


def whose(store: Transaction, campaign_id: int) -> tuple[str, int | None]:
    """The public id of a campaign and its team's id; nothing and None if it is gone."""
    row: Any = store.run(_WHOSE, campaign=campaign_id).fetchone()
    return (row[0], row[1]) if row else ("", None)
