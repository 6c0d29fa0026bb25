"""One person of a campaign, as the team sees them: found, put on hold, deleted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from quiz.core.pack import Pack
from quiz.services import results
from quiz.services.campaigns import Campaign
from quiz.services.document import Result
from quiz.store import attempts, consents, invitations, persons, results_table
from quiz.store.attempts import Answer
from quiz.store.consents import Consent
from quiz.store.database import Database
from quiz.store.results_table import Row

__all__ = ["Consent", "OnHold", "Person", "Row", "delete", "find", "find_all", "finished", "set_hold"]


class OnHold(ValueError):
    """The person, or their whole campaign, is on legal hold: nothing may be deleted."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who takes part in a campaign; `result` is None until they have finished, `seconds` are by item."""

    row: Row
    result: Result | None
    answers: Mapping[str, Answer]
    consent: Consent | None

    @property
    def seconds(self) -> dict[str, float]:
        """How long each answer took."""
        return {item: answer.took_ms / 1000 for item, answer in self.answers.items()}


def find(database: Database, campaign: Campaign, pack: Pack, attempt_id: int) -> Person | None:
    """A person of a campaign, with the result in the words of today's pack; None if there is none of this campaign."""
    store = database.reader()
    row = results_table.find(store, campaign.id, attempt_id)
    if row is None:
        return None
    result = results.in_words_of(pack, results.load(row.result)) if row.result else None
    return Person(row, result, attempts.answers_of(store, row.id), consents.of(store, row.id).consent)


def find_all(database: Database, campaign: Campaign, pack: Pack, attempt_ids: Sequence[int]) -> list[Person] | None:
    """Several people of a campaign, in the order in which they came; None if one of them is not of this campaign."""
    found = [find(database, campaign, pack, attempt_id) for attempt_id in sorted(attempt_ids)]
    people = [person for person in found if person is not None]
    return people if len(people) == len(found) else None


def finished(database: Database, campaign: Campaign, attempt_ids: Sequence[int]) -> list[Row]:
    """Those people of a campaign who have finished, in the order in which they came; whoever else is left out."""
    store = database.reader()
    rows = [results_table.find(store, campaign.id, attempt_id) for attempt_id in sorted(attempt_ids)]
    return [row for row in rows if row is not None and row.finished_ms is not None]


def set_hold(database: Database, person: Person, *, held: bool) -> bool:
    """Put a person on legal hold, or take them off it; False if they or their campaign were deleted meanwhile."""
    with database.writing() as store:
        return persons.hold(store, person.row.id, held=held)


def delete(database: Database, person: Person, now_ms: int) -> None:
    """Delete everything that is kept of a person, their invitation included.

    Their own address then answers that it was deleted.

    Raises:
        OnHold: the person or their campaign is on hold.
    """
    with database.writing() as store:
        found = persons.deletable(store, person.row.id)
        if found is None:  # somebody else was quicker
            return
        token_hash, held = found
        if held:
            raise OnHold
        invitations.forget(store, person.row.id)
        attempts.forget(store, token_hash, now_ms)
    database.scrub()
