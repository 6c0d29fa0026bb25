"""At which revision a database is, and which one this code needs: asked by a serving worker, so without Alembic."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from quiz.store.database import Transaction


def current(store: Transaction) -> str | None:
    """The revision that the database is at; raises what the driver raises where it was never migrated."""
    store.cursor.execute("SELECT version_num FROM alembic_version")
    row = store.cursor.fetchone()
    return row[0] if row else None


@cache
def newest() -> str:
    """The revision that this code needs: files of migrations are named after theirs, in order."""
    folder = Path(__file__).parent / "migrations" / "versions"
    return max(file.name.partition("_")[0] for file in folder.glob("[0-9]*.py"))
