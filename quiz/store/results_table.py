"""The table of a campaign's results: a page of it by keyset, how many there are, and one row of it."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache
from typing import Any, Literal

from sqlalchemy import ColumnElement, Select, bindparam, case, func, literal, null, select, tuple_

from quiz.core.outcome import Kind
from quiz.store.database import Transaction
from quiz.store.filters import Filter, Shape, clauses, shape, values
from quiz.store.tables import attempts
from quiz.store.tables import fits as _fits

Order = Literal["started", "finished", "name", "fit"]
Key = int | float | str
LARGEST_ID = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Row:
    """A person's row; `result` is JSON, in a page only where there are flags to name."""

    id: int
    name: str | None
    email: str | None
    reference: str | None
    language: str
    started_ms: int
    finished_ms: int | None
    outcome: str | None
    role: str | None
    flags: int
    hold: bool
    result: str | None

    @property
    def known_as(self) -> str:
        """Name, e-mail or reference; empty for somebody who is known by a number only."""
        return self.name or self.email or self.reference or ""


@dataclass(frozen=True, slots=True)
class Sort:
    """By what the rows stand, and which way. By `fit`, of `role`, stand only those with a reliable result."""

    by: Order = "started"
    descending: bool = True
    role: str = ""


@dataclass(frozen=True, slots=True)
class Cursor:
    """The row after which, or before which, a page begins: the value that rows stand by, and its id."""

    key: Key
    id: int


Fit = tuple[str, float, float, float]
"""A role, its fit and the ends of its interval, in points."""

_COLUMNS = [attempts.c[field.name] for field in fields(Row)[:-1]]
_KEYS: dict[str, ColumnElement[Any]] = {
    "started": attempts.c.started_ms,
    "finished": attempts.c.finished_ms,
    "name": attempts.c.sought,
    "fit": _fits.c.points,
}
_BEGIN: dict[str, tuple[Key, Key]] = {"name": ("", "\U0010ffff")}
"""Below and above every key."""
_CAMPAIGN: ColumnElement[Any] = bindparam("campaign_id")
_FIND = select(*_COLUMNS, attempts.c.result).where(
    attempts.c.id == bindparam("attempt_id"), attempts.c.campaign_id == _CAMPAIGN
)
_FITS = (
    select(_fits.c.role, _fits.c.points, _fits.c.low, _fits.c.high)
    .where(_fits.c.attempt_id == bindparam("attempt_id"))
    .order_by(_fits.c.role)
)


def page(
    store: Transaction, campaign_id: int, wanted: Filter, sort: Sort, size: int, cursor: Cursor | None, *, back: bool
) -> list[tuple[Cursor, Row]]:
    """At most `size` rows after a cursor or, with `back`, the last ones before it, in the order of the sort."""
    descending = sort.descending != back
    begin = cursor or Cursor(_BEGIN.get(sort.by, (-1, 2**62))[descending], LARGEST_ID if descending else 0)
    found = store.run(
        _page(shape(wanted), sort.by, descending),
        campaign_id=campaign_id,
        sorted_role=sort.role,
        key=begin.key,
        last=begin.id,
        size=size,
        **values(wanted),
    ).fetchall()
    rows = [(Cursor(row[0], row[1]), Row(*row[1:])) for row in found]
    return rows[::-1] if back else rows


def count(store: Transaction, campaign_id: int, wanted: Filter, sort: Sort, most: int) -> int:
    """How many rows there are, counted as far as `most`."""
    statement = _count(shape(wanted), sort.by)
    found = store.run(statement, campaign_id=campaign_id, sorted_role=sort.role, size=most, **values(wanted)).fetchone()
    assert found is not None  # counts always make a row
    return int(found[0])


def find(store: Transaction, campaign_id: int, attempt_id: int) -> Row | None:
    """One person of a campaign, result included, or None."""
    if attempt_id > LARGEST_ID:  # more than the database can look for
        return None
    row = store.run(_FIND, campaign_id=campaign_id, attempt_id=attempt_id).fetchone()
    return Row(*row) if row else None


def fits(store: Transaction, attempt_id: int) -> list[Fit]:
    """A person's fits, by role id."""
    return [(row[0], row[1], row[2], row[3]) for row in store.run(_FITS, attempt_id=attempt_id).fetchall()]


def _matching(wanted: Shape, by: Order, *columns: ColumnElement[Any]) -> Select[Any]:
    """Columns of the attempts that a filter means and that have what they are sorted by."""
    having: dict[str, list[ColumnElement[bool]]] = {
        "finished": [attempts.c.finished_ms.is_not(None)],
        "fit": [attempts.c.outcome != Kind.NONE.value],
    }
    return select(*columns).where(attempts.c.campaign_id == _CAMPAIGN, *having.get(by, []), *clauses(wanted))


def _by_fit(wanted: Shape) -> Select[Any]:
    """The same by fit. What a filter means is found in an index of its own, not attempt by attempt."""
    fitting = select(_fits.c.attempt_id.label("id"), _fits.c.points.label("key")).where(
        _fits.c.campaign_id == _CAMPAIGN, _fits.c.role == bindparam("sorted_role")
    )
    if wanted:
        return fitting.where(_fits.c.attempt_id.in_(_matching(wanted, "fit", attempts.c.id)))
    return fitting.join(attempts).where(attempts.c.outcome != Kind.NONE.value)


@cache
def _page(wanted: Shape, by: Order, descending: bool) -> Select[Any]:
    key, number = _KEYS[by], _fits.c.attempt_id if by == "fit" else attempts.c.id
    if by in ("started", "finished") and "search" in wanted:
        # A sum is in no index: so the one that holds what is searched is read, and not every row of the table.
        key = key + 0
    last = tuple_(bindparam("key", type_=key.type), bindparam("last"))
    place = tuple_(key, number)
    keys = (
        (_by_fit(wanted) if by == "fit" else _matching(wanted, by, number.label("id"), key.label("key")))
        .where(place < last if descending else place > last)
        .order_by(*((key.desc(), number.desc()) if descending else (key, number)))
        .limit(bindparam("size"))
        .subquery("page")
    )
    signs = case((attempts.c.flags > 0, attempts.c.result), else_=null())
    return (
        select(keys.c.key, *_COLUMNS, signs)
        .select_from(keys.join(attempts, attempts.c.id == keys.c.id))
        .order_by(*((keys.c.key.desc(), keys.c.id.desc()) if descending else (keys.c.key, keys.c.id)))
    )


@cache
def _count(wanted: Shape, by: Order) -> Select[Any]:
    found = _matching(wanted, by, literal(1).label("one")).limit(bindparam("size")).subquery("found")
    return select(func.count()).select_from(found)
