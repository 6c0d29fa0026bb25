"""The team's notes on a person: written, read, deleted."""

from __future__ import annotations

from dataclasses import dataclass, fields

from sqlalchemy import bindparam, insert, select
from sqlalchemy import delete as delete_from

from quiz.store.database import Transaction
from quiz.store.tables import notes


@dataclass(frozen=True, slots=True)
class Note:
    """What a member of the team (`author` is their e-mail) wrote about a person."""

    id: int
    attempt_id: int
    author: str
    text: str
    written_ms: int


_COLUMNS = [notes.c[field.name] for field in fields(Note)]
_OF = select(*_COLUMNS).where(notes.c.attempt_id == bindparam("attempt_id")).order_by(notes.c.id)
_WRITE = insert(notes).values({column.name: bindparam(column.name) for column in _COLUMNS if column.name != "id"})
_DELETE = (
    delete_from(notes)
    .where(notes.c.id == bindparam("note_id"), notes.c.attempt_id == bindparam("attempt_id"))
    .returning(notes.c.id)
)
_DELETE_OWN = _DELETE.where(notes.c.author == bindparam("author"))


def of(store: Transaction, attempt_id: int) -> list[Note]:
    """The notes on a person, the oldest first."""
    return [Note(*row) for row in store.run(_OF, attempt_id=attempt_id).fetchall()]


def write(store: Transaction, attempt_id: int, author: str, text: str, now_ms: int) -> None:
    """Keep a note."""
    store.run(_WRITE, attempt_id=attempt_id, author=author, text=text, written_ms=now_ms)


def delete(store: Transaction, attempt_id: int, note_id: int, author: str | None) -> bool:
    """Delete a note, only if it is the author's where one is given; False if there is none."""
    if author is None:
        return store.run(_DELETE, attempt_id=attempt_id, note_id=note_id).fetchone() is not None
    return store.run(_DELETE_OWN, attempt_id=attempt_id, note_id=note_id, author=author).fetchone() is not None
