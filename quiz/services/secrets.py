"""The house's own secrets: made once, kept in the database, the same for every worker and after every restart."""

from __future__ import annotations

import secrets

from quiz.store import secrets as kept
from quiz.store.database import Database


def secret(database: Database, name: str) -> str:
    """The secret of a name, 256 random bits; made when it is first asked for."""
    found = kept.find(database.reader(), name)
    if found is None:
        with database.writing() as store:
            kept.keep(store, name, secrets.token_urlsafe(32))
        found = kept.find(database.reader(), name)
    assert found is not None  # it was kept a line before, by us or by another worker
    return found
