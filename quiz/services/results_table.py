"""The table of a campaign's results: filtered, sorted and read page by page, without offsets that slow down."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TypeVar

from quiz.services import results
from quiz.services.campaigns import Campaign
from quiz.services.filters import Filter
from quiz.store import results_table
from quiz.store.database import Database
from quiz.store.results_table import LARGEST_ID, Cursor, Fit, Row, Sort

__all__ = [
    "COUNTED",
    "SIZE",
    "Cursor",
    "Entry",
    "Filter",
    "Fit",
    "Page",
    "Row",
    "Sort",
    "page",
    "read_cursor",
    "write_cursor",
]

SIZE = 25
"""Rows of a page."""
COUNTED = 10_000
"""People are counted as far as this; to count on would take longer than to show them."""
_LONGEST_KEY = 2000

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Entry:
    """A row with its fits, empty where there is no reliable result, and what was noted about the answering."""

    row: Row
    fits: tuple[Fit, ...] = ()
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the table, where to go on from either end of it, and how many match at least."""

    entries: tuple[Entry, ...]
    matches: int
    previous: str = ""
    next: str = ""
    more: bool = field(default=False)
    """Whether there are more than `matches`."""


def page(
    database: Database, campaign: Campaign, wanted: Filter, sort: Sort, *, after: str = "", before: str = ""
) -> Page:
    """The page after or before a cursor, as an earlier page gave it, or the first one.

    A cursor holds the last row's own values, so that nobody is skipped or shown twice when others come or go.
    """
    store = database.reader()
    cursor = read_cursor(sort, after) or read_cursor(sort, before)
    back = cursor is not None and read_cursor(sort, after) is None
    found = results_table.page(store, campaign.id, wanted, sort, SIZE + 1, cursor, back=back)
    if back and len(found) <= SIZE:  # the first page: as full as it can be
        cursor, back = None, False
        found = results_table.page(store, campaign.id, wanted, sort, SIZE + 1, None, back=False)
    beyond = len(found) > SIZE
    shown = found[-SIZE:] if back else found[:SIZE]
    matches = results_table.count(store, campaign.id, wanted, sort, COUNTED + 1)
    return Page(
        entries=tuple(
            Entry(
                row,
                tuple(results_table.fits(store, row.id)) if row.outcome not in (None, "none") else (),
                tuple(results.load(row.result)["flags"]) if row.result else (),
            )
            for _, row in shown
        ),
        matches=min(matches, COUNTED),
        previous=write_cursor(shown[0][0]) if shown and (beyond if back else cursor is not None) else "",
        next=write_cursor(shown[-1][0]) if shown and (back or beyond) else "",
        more=matches > COUNTED,
    )


def read_cursor(sort: Sort, text: str) -> Cursor | None:
    """A cursor as an address holds it; None for nothing, and for what no page gave."""
    number, _, key = text[:_LONGEST_KEY].partition("~")
    if not (number.isascii() and number.isdigit()) or int(number) > LARGEST_ID:
        return None
    if sort.by == "name":
        return Cursor(key, int(number))
    try:
        value = float(key) if sort.by == "fit" else int(key)
    except ValueError:
        return None
    return Cursor(value, int(number)) if math.isfinite(value) and abs(value) <= LARGEST_ID else None


def write_cursor(cursor: Cursor) -> str:
    """A cursor as an address holds it; `read_cursor` reads it."""
    return f"{cursor.id}~{cursor.key!r}" if isinstance(cursor.key, float) else f"{cursor.id}~{cursor.key}"
