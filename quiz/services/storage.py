"""The handle on what is kept: doors pass it on without looking inside; commands migrate it."""

from __future__ import annotations

from quiz.store.away import is_away
from quiz.store.database import Database, NoWayBack

__all__ = ["Database", "NoWayBack", "downgrade", "is_away", "migrate", "revisions", "write_migration"]

# Alembic is imported where it is used: a server that answers people never needs it.


def migrate(database: Database, revision: str = "head") -> None:
    """Bring the database forward to a revision, by default the newest."""
    from quiz.store import migrations

    migrations.upgrade(database, revision)


def downgrade(database: Database, revision: str) -> None:
    """Take the database back to a revision: "base" is an empty database, "-1" one step.

    NoWayBack if what stays would lose something that it needs; then nothing changes.
    """
    from quiz.store import migrations

    migrations.downgrade(database, revision)


def revisions(database: Database) -> tuple[str | None, str | None]:
    """The revision that the database is at, and the one that this code needs."""
    from quiz.store import migrations

    return migrations.current(database), migrations.newest()


def write_migration(database: Database, message: str) -> None:
    """Write a new migration from how the tables differ from the database (for developers)."""
    from quiz.store import migrations

    migrations.write(database, message)
