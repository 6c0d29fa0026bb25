"""What is past its time: counted and removed. Limits are milliseconds since 1970."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from sqlalchemy import and_, bindparam, delete, func, or_, select

from quiz.store.database import Transaction
from quiz.store.tables import answers, attempts, campaigns, tombstones

DAY_MS = 24 * 60 * 60 * 1000

# Worked out from the answers, so that keeping one writes one row and no other.
_last_answer_ms = select(func.max(answers.c.answered_ms)).where(answers.c.attempt_id == attempts.c.id)
_touched_ms = func.coalesce(_last_answer_ms.scalar_subquery(), attempts.c.started_ms)

_days = select(campaigns.c.retain_days).where(campaigns.c.id == attempts.c.campaign_id).scalar_subquery()
# A campaign says for itself how long it keeps answers. Without one there are no days, and this is not true.
_campaign_over = _touched_ms < bindparam("now_ms") - DAY_MS * _days

_unfinished = and_(attempts.c.finished_ms.is_(None), or_(_touched_ms < bindparam("unfinished_ms"), _campaign_over))
_finished = and_(
    attempts.c.finished_ms.is_not(None),
    or_(and_(attempts.c.campaign_id.is_(None), _touched_ms < bindparam("finished_ms")), _campaign_over),
)
_buried = tombstones.c.deleted_ms < bindparam("tombstones_ms")

_COUNT = select(
    select(func.count()).select_from(attempts).where(_unfinished).scalar_subquery(),
    select(func.count()).select_from(attempts).where(_finished).scalar_subquery(),
    select(func.count()).select_from(tombstones).where(_buried).scalar_subquery(),
)
_REMOVE_ATTEMPTS = delete(attempts).where(or_(_unfinished, _finished))
_REMOVE_TOMBSTONES = delete(tombstones).where(_buried)


@dataclass(frozen=True, slots=True)
class Limits:
    """What was last touched before these moments is past its time; `now_ms` is what campaigns count back from."""

    now_ms: int
    unfinished_ms: int
    finished_ms: int
    tombstones_ms: int


def count(store: Transaction, limits: Limits) -> tuple[int, int, int]:
    """How many unfinished attempts, finished attempts and tombstones are past their time."""
    found = store.run(_COUNT, **asdict(limits)).fetchone()
    assert found is not None  # counts always make a row
    unfinished, finished, buried = found
    return unfinished, finished, buried


def remove(store: Transaction, limits: Limits) -> None:
    """Delete them, answers and results included."""
    store.run(_REMOVE_ATTEMPTS, **asdict(limits))
    store.run(_REMOVE_TOMBSTONES, **asdict(limits))
