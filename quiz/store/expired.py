"""What is past its time: counted and removed. Limits are milliseconds since 1970."""

from __future__ import annotations

from sqlalchemy import and_, bindparam, delete, func, or_, select

from quiz.store.database import Transaction
from quiz.store.tables import attempts, tombstones

_unfinished = and_(attempts.c.finished_ms.is_(None), attempts.c.touched_ms < bindparam("unfinished_ms"))
_finished = and_(attempts.c.finished_ms.is_not(None), attempts.c.touched_ms < bindparam("finished_ms"))
_buried = tombstones.c.deleted_ms < bindparam("tombstones_ms")

_COUNT = select(
    select(func.count()).select_from(attempts).where(_unfinished).scalar_subquery(),
    select(func.count()).select_from(attempts).where(_finished).scalar_subquery(),
    select(func.count()).select_from(tombstones).where(_buried).scalar_subquery(),
)
_REMOVE_ATTEMPTS = delete(attempts).where(or_(_unfinished, _finished))
_REMOVE_TOMBSTONES = delete(tombstones).where(_buried)


def count(store: Transaction, unfinished_ms: int, finished_ms: int, tombstones_ms: int) -> tuple[int, int, int]:
    """How many unfinished attempts, finished attempts and tombstones were last touched before the limits."""
    found = store.run(
        _COUNT, unfinished_ms=unfinished_ms, finished_ms=finished_ms, tombstones_ms=tombstones_ms
    ).fetchone()
    assert found is not None  # counts always make a row
    unfinished, finished, buried = found
    return unfinished, finished, buried


def remove(store: Transaction, unfinished_ms: int, finished_ms: int, tombstones_ms: int) -> None:
    """Delete them, answers and results included."""
    store.run(_REMOVE_ATTEMPTS, unfinished_ms=unfinished_ms, finished_ms=finished_ms)
    store.run(_REMOVE_TOMBSTONES, tombstones_ms=tombstones_ms)
