"""The team's notes on a person. Anybody of the team may write; each may delete their own, owners any."""

from __future__ import annotations

from quiz.services.person import Person
from quiz.store import notes
from quiz.store.database import Database
from quiz.store.notes import Note
from quiz.store.results_table import LARGEST_ID

__all__ = ["LONGEST", "Note", "delete", "of", "write"]

LONGEST = 4000
"""Characters of a note."""


def of(database: Database, person: Person) -> list[Note]:
    """The notes on a person, the oldest first."""
    return notes.of(database.reader(), person.row.id)


def write(database: Database, person: Person, author: str, text: str, now_ms: int) -> None:
    """Keep a note by `author` (an e-mail). ValueError for an empty one, or one that is too long."""
    if not text.strip() or len(text) > LONGEST:
        raise ValueError("a note has from 1 to 4000 characters")
    with database.writing() as store:
        notes.write(store, person.row.id, author, text.strip(), now_ms)


def delete(database: Database, person: Person, note_id: int, author: str | None) -> bool:
    """Delete a note on a person that `author` wrote, or whoever it was (None); False if there is no such note."""
    if note_id > LARGEST_ID:
        return False
    with database.writing() as store:
        return notes.delete(store, person.row.id, note_id, author)
