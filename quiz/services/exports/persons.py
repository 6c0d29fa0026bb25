"""The people of an export: what is known of each, and the columns in which it stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

from quiz.core.outcome import Kind
from quiz.core.pack import Pack
from quiz.services import document, results
from quiz.store import exports
from quiz.store.campaigns import Campaign
from quiz.store.database import Database
from quiz.store.exports import Given, Kept
from quiz.store.filters import Filter

Value = str | int | float | datetime | None


class Figures(NamedTuple):
    """Points and the ends of their 90 % interval, to hundredths."""

    points: float
    low: float
    high: float


class Fit(NamedTuple):
    """The same of a role, with the probability that it fits better than every other, to ten-thousandths."""

    points: float
    low: float
    high: float
    best: float


@dataclass(frozen=True, slots=True)
class Person:
    """One attempt of a campaign. What is not known is None, or missing in a mapping; times are in UTC, to the second.

    The figures of a result that is withheld count as not known: no file says what the pages do not. `fits` are by
    role, `scores` by dimension, `answers` (choice and seconds) by item.
    """

    id: int
    reference: str | None
    name: str | None
    email: str | None
    language: str
    status: str
    started_at: datetime
    finished_at: datetime | None
    outcome: str | None
    role: str | None
    runner_up: str | None
    probability: float | None
    reliability: float | None
    flags: tuple[str, ...]
    answered: int
    pack: str
    pack_version: str
    fits: Mapping[str, Fit]
    scores: Mapping[str, Figures]
    answers: Mapping[str, tuple[int, float]]


PLAIN = (
    *("id", "reference", "name", "email", "language", "status", "started_at", "finished_at"),
    *("outcome", "role", "runner_up", "probability", "reliability", "flags", "answered", "pack", "pack_version"),
)
"""The columns that every export has, named as the fields of `Person`."""


@dataclass(frozen=True, slots=True)
class Columns:
    """What an export has columns for, beside the plain ones."""

    roles: tuple[str, ...]
    dimensions: tuple[str, ...]
    items: tuple[str, ...] = ()


def columns_of(pack: Pack, *, with_answers: bool) -> Columns:
    """The columns for a pack; those of the items only if their answers are wanted."""
    return Columns(pack.role_ids, pack.dimension_ids, pack.item_ids if with_answers else ())


def count(database: Database, campaign: Campaign, wanted: Filter) -> int:
    """How many people an export of a campaign will have."""
    return exports.count(database.reader(), campaign.id, wanted)


def people(database: Database, campaign: Campaign, wanted: Filter, *, with_answers: bool) -> Iterator[Person]:
    """The people of a campaign that a filter lets through, the earliest start first, read as they are asked for."""
    for batch in exports.batches(database, campaign.id, wanted, with_answers=with_answers):
        for kept, given in batch:
            yield _person(kept, given)


def row(person: Person, columns: Columns, words: Mapping[str, Mapping[str, str]]) -> list[Value]:
    """A person's cells: the plain ones in the order of PLAIN, then fits, scores and answers.

    `words` says a column's codes as people read them; a code that it does not know stays.
    """
    cells: list[Value] = [_said(getattr(person, name), words.get(name, _NONE)) for name in PLAIN]
    for role in columns.roles:
        cells += person.fits.get(role, (None, None, None, None))
    for dimension in columns.dimensions:
        cells += person.scores.get(dimension, (None, None, None))
    for item in columns.items:
        cells += person.answers.get(item, (None, None))
    return cells


_NONE: Mapping[str, str] = {}


def _said(value: Value | tuple[str, ...], words: Mapping[str, str]) -> Value:
    if isinstance(value, tuple):
        return "; ".join(words.get(each, each) for each in value) or None
    return words.get(value, value) if isinstance(value, str) else value


def _person(kept: Kept, given: Given) -> Person:
    found: document.Result | None = results.load(kept.result) if kept.result else None
    outcome = found["outcome"] if found else None
    shown = found if found and outcome and outcome["kind"] != Kind.NONE else None
    return Person(
        id=kept.id,
        reference=kept.reference,
        name=kept.name,
        email=kept.email,
        language=kept.language,
        status="unfinished" if kept.finished_ms is None else "finished",
        started_at=_moment(kept.started_ms),
        finished_at=None if kept.finished_ms is None else _moment(kept.finished_ms),
        outcome=outcome and outcome["kind"],
        role=outcome and outcome["role"],
        runner_up=outcome and (outcome["runner_up"] if outcome["role"] else None),
        probability=round(shown["outcome"]["probability"], 4) if shown else None,
        reliability=round(found["contrast"]["reliability"], 4) if found else None,
        flags=tuple(found["flags"]) if found else (),
        answered=kept.answered,
        pack=kept.pack,
        pack_version=kept.pack_version,
        fits=_fits(shown) if shown else {},
        scores={dimension: _figures(trait) for dimension, trait in shown["traits"].items()} if shown else {},
        answers={item: (choice, took / 1000) for item, (choice, took) in given.items()},
    )


def _fits(shown: document.Result) -> dict[str, Fit]:
    return {
        role: Fit(*_figures(fit), best=round(results.chance_of_best(shown, role), 4))
        for role, fit in shown["fits"].items()
    }


def _figures(found: document.Figures) -> Figures:
    return Figures(round(found["points"], 2), round(found["low"], 2), round(found["high"], 2))


def _moment(ms: int) -> datetime:
    return datetime.fromtimestamp(ms // 1000, UTC)
