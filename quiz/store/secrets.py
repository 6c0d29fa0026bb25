"""The house's own secrets by name, and the sessions that were ended."""

from __future__ import annotations

from sqlalchemy import BigInteger, bindparam, cast, delete, select, update
from sqlalchemy.dialects.postgresql import insert

from quiz.store.database import Transaction
from quiz.store.tables import secrets

_FIND = select(secrets.c.value).where(secrets.c.name == bindparam("name"))
_KEEP = insert(secrets).values(name=bindparam("name"), value=bindparam("value")).on_conflict_do_nothing()

_REPLACE = update(secrets).where(secrets.c.name == bindparam("of")).values(value=bindparam("new"))
_DROP = delete(secrets).where(secrets.c.name == bindparam("name"))

ENDED = "ended:"
"""What the name of an ended session begins with; its value is when it ended."""
_FORGET = delete(secrets).where(
    secrets.c.name.startswith(ENDED), cast(secrets.c.value, BigInteger) < bindparam("before_ms")
)


def find(store: Transaction, name: str) -> str | None:
    """The secret of a name, or None."""
    row = store.run(_FIND, name=name).fetchone()
    return row[0] if row else None


def keep(store: Transaction, name: str, value: str) -> None:
    """Keep a secret, unless there is one of that name already."""
    store.run(_KEEP, name=name, value=value)


def replace(store: Transaction, name: str, value: str) -> None:
    """Put another secret in the place of one that there is."""
    store.run(_REPLACE, of=name, new=value)


def drop(store: Transaction, name: str) -> None:
    """Forget a secret."""
    store.run(_DROP, name=name)


def forget_ended(store: Transaction, before_ms: int) -> None:
    """Forget the sessions that were ended before a time."""
    store.run(_FORGET, before_ms=before_ms)
