"""What is past its time: counted and removed. Limits are milliseconds since 1970."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    ScalarSelect,
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

from quiz.store.database import Transaction
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
_over = and_(or_(_unfinished, _finished), not_(_held))
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


def _counted(table: Table, *conditions: ColumnElement[bool]) -> ScalarSelect[int]:
    return select(func.count()).select_from(table).where(*conditions).scalar_subquery()


_COUNT = select(
    _counted(attempts, _unfinished, not_(_held)),
    _counted(attempts, _finished, not_(_held)),
    _counted(tombstones, _buried),
    _counted(invitations, _useless),
    _counted(attempts, or_(_unfinished, _finished), _held),
)
_REMOVE_INVITATIONS = delete(invitations).where(_useless)
_REMOVE_ATTEMPTS = delete(attempts).where(_over)
_REMOVE_TOMBSTONES = delete(tombstones).where(_buried)


@dataclass(frozen=True, slots=True)
class Limits:
    """What was last touched before these moments is past its time; `now_ms` is what campaigns count back from."""

    now_ms: int
    unfinished_ms: int
    finished_ms: int
    tombstones_ms: int


def count(store: Transaction, limits: Limits) -> tuple[int, ...]:
    """How many unfinished and finished attempts, tombstones and invitations go, and how many attempts are held."""
    found = store.run(_COUNT, **asdict(limits)).fetchone()
    assert found is not None  # counts always make a row
    return found


def remove(store: Transaction, limits: Limits) -> None:
    """Delete them, answers and results included; what is held stays."""
    for statement in (_REMOVE_INVITATIONS, _REMOVE_ATTEMPTS, _REMOVE_TOMBSTONES):
        store.run(statement, **asdict(limits))
