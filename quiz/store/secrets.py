"""The house's own secrets by name."""

from __future__ import annotations

from sqlalchemy import bindparam, select
from sqlalchemy.dialects.sqlite import insert

from quiz.store.database import Transaction
from quiz.store.tables import secrets

_FIND = select(secrets.c.value).where(secrets.c.name == bindparam("name"))
_KEEP = insert(secrets).values(name=bindparam("name"), value=bindparam("value")).on_conflict_do_nothing()


def find(store: Transaction, name: str) -> str | None:
    """The secret of a name, or None."""
    row = store.run(_FIND, name=name).fetchone()
    return row[0] if row else None


def keep(store: Transaction, name: str, value: str) -> None:
    """Keep a secret, unless there is one of that name already."""
    store.run(_KEEP, name=name, value=value)
