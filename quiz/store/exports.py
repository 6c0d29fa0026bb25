"""A campaign's people for exports: read batch by batch, each batch wholly, so that no cursor is left open between."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import Select, bindparam, func, select, tuple_

from quiz.store.database import Database, Transaction
from quiz.store.filters import Filter, Shape, clauses, shape, values
from quiz.store.tables import answers, attempts

BATCH = 250


@dataclass(frozen=True, slots=True)
class Kept:
    """An attempt as it is kept; times in milliseconds, `result` as JSON."""

    started_ms: int
    id: int
    reference: str | None
    name: str | None
    email: str | None
    language: str
    finished_ms: int | None
    result: str | None
    pack: str
    pack_version: str
    answered: int


Given = Mapping[str, tuple[int, int]]
"""Choice and milliseconds by item."""

_place = tuple_(attempts.c.started_ms, attempts.c.id)
_after = _place > tuple_(bindparam("after_ms"), bindparam("after_id"))
_up_to = _place <= tuple_(bindparam("up_to_ms"), bindparam("up_to_id"))
_mine = attempts.c.campaign_id == bindparam("campaign_id")
_answered = select(func.count()).where(answers.c.attempt_id == attempts.c.id).scalar_subquery()


def count(store: Transaction, campaign_id: int, wanted: Filter) -> int:
    """How many attempts of a campaign a filter lets through."""
    row = store.run(_count(shape(wanted)), campaign_id=campaign_id, **values(wanted)).fetchone()
    assert row is not None  # counts always make a row
    found: int = row[0]
    return found


def batches(
    database: Database, campaign_id: int, wanted: Filter, *, with_answers: bool
) -> Iterator[list[tuple[Kept, Given]]]:
    """The attempts that a filter lets through, the earliest start first, some hundred at a time.

    Each batch sees what is committed when it is read; nobody comes twice, and whoever is deleted on the way is left
    out from then on. The answers are empty unless asked for.
    """
    condition, bound = shape(wanted), {"campaign_id": campaign_id, **values(wanted)}
    after_ms, after_id = -1, -1
    while True:
        store, start = database.reader(), {"after_ms": after_ms, "after_id": after_id}
        found = [Kept(*row) for row in store.run(_people(condition), **start, **bound).fetchall()]
        if not found:
            return
        after_ms, after_id = found[-1].started_ms, found[-1].id
        given: dict[int, Given] = {}
        if with_answers:
            end = {"up_to_ms": after_ms, "up_to_id": after_id}
            rows: list[Any] = store.run(_answers(condition), **start, **end, **bound).fetchall()
            # Rows of an attempt come together: they are read attempt by attempt.
            given = {
                attempt: {item: (choice, took) for _, item, choice, took in them}
                for attempt, them in groupby(rows, itemgetter(0))
            }
        yield [(one, given.get(one.id, {})) for one in found]


@cache
def _count(condition: Shape) -> Select[Any]:
    return select(func.count()).select_from(attempts).where(_mine, *clauses(condition))


@cache
def _people(condition: Shape) -> Select[Any]:
    columns = (attempts.c.reference, attempts.c.name, attempts.c.email, attempts.c.language, attempts.c.finished_ms)
    made = (attempts.c.result, attempts.c.pack, attempts.c.pack_version, _answered)
    return (
        select(attempts.c.started_ms, attempts.c.id, *columns, *made)
        .where(_mine, _after, *clauses(condition))
        .order_by(attempts.c.started_ms, attempts.c.id)
        .limit(bindparam("batch", BATCH))
    )


@cache
def _answers(condition: Shape) -> Select[Any]:
    return (
        select(answers.c.attempt_id, answers.c.item, answers.c.choice, answers.c.took_ms)
        .join_from(attempts, answers)
        .where(_mine, _after, _up_to, *clauses(condition))
        .order_by(attempts.c.started_ms, attempts.c.id)
    )
