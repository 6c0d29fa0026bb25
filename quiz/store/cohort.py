"""What reports on a whole campaign read: counts made by the database, and an even sample of results."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, case, func, select

from quiz.store.database import Transaction
from quiz.store.filters import Filter, Shape, clauses, shape, values
from quiz.store.tables import answers, attempts, fits

_SPREAD, _RING = 2_654_435_761, 2**32
"""Multiples of the first (2³² by the golden ratio, a prime: Knuth) fill the ring evenly, in no visible order."""

_campaign = attempts.c.campaign_id == bindparam("campaign")
_finished = attempts.c.finished_ms.is_not(None)
_sampled = (attempts.c.id * _SPREAD) % _RING < bindparam("limit")


@dataclass(frozen=True, slots=True)
class Bundle:
    """Attempts that are alike in all of this, and how many. `signs` of poor response quality are 0, 1 or 2 for more."""

    finished: bool
    language: str
    outcome: str | None
    role: str | None
    signs: int
    people: int


@dataclass(frozen=True, slots=True)
class Finisher:
    """Somebody who finished, as far as an adverse-impact report needs to know them."""

    id: int
    reference: str | None
    email: str | None
    outcome: str | None
    role: str | None
    pack_version: str


@cache
def _bundles(wanted: Shape) -> Select[Any]:
    alike = (
        _finished,
        attempts.c.language,
        attempts.c.outcome,
        attempts.c.role,
        case((attempts.c.flags > 1, 2), else_=attempts.c.flags),
    )
    return select(*alike, func.count()).where(_campaign, *clauses(wanted)).group_by(*alike)


@cache
def _durations(wanted: Shape) -> Select[Any]:
    took = attempts.c.finished_ms - attempts.c.started_ms
    return select(took).where(_campaign, _finished, *clauses(wanted))


@cache
def _answered(wanted: Shape) -> Select[Any]:
    of_them = attempts.join(answers, answers.c.attempt_id == attempts.c.id)
    counted = select(answers.c.item, func.count()).select_from(of_them).where(_campaign, _sampled, *clauses(wanted))
    return counted.group_by(answers.c.item)


@cache
def _sample_size(wanted: Shape) -> Select[Any]:
    return select(func.count()).where(_campaign, _sampled, *clauses(wanted))


@cache
def _results(wanted: Shape) -> Select[Any]:
    columns = select(attempts.c.pack_version, attempts.c.result)
    return columns.where(_campaign, _finished, _sampled, *clauses(wanted)).order_by(attempts.c.id)


@cache
def _otherwise_made(wanted: Shape) -> Select[Any]:
    other = attempts.c.pack_version != bindparam("version")
    return select(func.count()).where(_campaign, _finished, other, *clauses(wanted))


_FINISHERS = (
    select(
        *(attempts.c.id, attempts.c.reference, attempts.c.email),
        *(attempts.c.outcome, attempts.c.role, attempts.c.pack_version),
    )
    .where(_campaign, _finished)
    .order_by(attempts.c.finished_ms, attempts.c.id)
)
_POINTS = select(fits.c.attempt_id, fits.c.points).where(
    fits.c.campaign_id == bindparam("campaign"), fits.c.role == bindparam("of_role")
)


def bundles(store: Transaction, campaign_id: int, wanted: Filter) -> list[Bundle]:
    """All attempts that a filter means, counted by what they are like."""
    rows = store.run(_bundles(shape(wanted)), campaign=campaign_id, **values(wanted)).fetchall()
    return [Bundle(bool(row[0]), *row[1:]) for row in rows]


def durations(store: Transaction, campaign_id: int, wanted: Filter) -> list[int]:
    """Milliseconds from start to finish of everybody who finished, in no particular order."""
    rows = store.run(_durations(shape(wanted)), campaign=campaign_id, **values(wanted)).fetchall()
    return [took for (took,) in rows]


def answered(
    store: Transaction, campaign_id: int, wanted: Filter, started: int, most: int
) -> tuple[int, Mapping[str, int]]:
    """How many people, of an even sample of those who started, and how many of them answered each item."""
    bound = {"campaign": campaign_id, "limit": _limit(started, most), **values(wanted)}
    size = store.run(_sample_size(shape(wanted)), **bound).fetchone()
    assert size is not None  # counts always make a row
    people: int = size[0]
    return people, dict(store.run(_answered(shape(wanted)), **bound).fetchall())


def results(store: Transaction, campaign_id: int, wanted: Filter, finished: int, most: int) -> list[tuple[str, str]]:
    """Of an even sample of those who finished, the pack version that made the result, and the result as JSON.

    They are about `most`, or all if they are fewer.
    """
    bound = {"campaign": campaign_id, "limit": _limit(finished, most), **values(wanted)}
    return [(version, text) for version, text in store.run(_results(shape(wanted)), **bound).fetchall()]


def otherwise_made(store: Transaction, campaign_id: int, wanted: Filter, version: str) -> int:
    """How many have a result that another version of the pack made."""
    row = store.run(_otherwise_made(shape(wanted)), campaign=campaign_id, version=version, **values(wanted)).fetchone()
    assert row is not None  # counts always make a row
    count: int = row[0]
    return count


def finishers(store: Transaction, campaign_id: int) -> list[Finisher]:
    """Everybody who finished, those who did so first before the others."""
    return [Finisher(*row) for row in store.run(_FINISHERS, campaign=campaign_id).fetchall()]


def points(store: Transaction, campaign_id: int, role: str) -> Mapping[int, float]:
    """Everybody's fit of a role, in points, by the id of the attempt."""
    return dict(store.run(_POINTS, campaign=campaign_id, of_role=role).fetchall())


def _limit(people: int, most: int) -> int:
    """Where to cut the ring, so that about `most` of so many people lie below; everybody, if they are no more."""
    return _RING if people <= most else -(-_RING * most // people)
