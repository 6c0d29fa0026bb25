"""Brings a database to a revision and back. Alembic does the work and is imported only here."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from quiz.store.database import Database

_FOLDER = Path(__file__).parent


def upgrade(database: Database, revision: str = "head") -> None:
    """Bring the database forward to a revision, by default the newest."""
    with whole(database) as connection:
        command.upgrade(_config(connection), revision)


def downgrade(database: Database, revision: str) -> None:
    """Take the database back to a revision; "base" is an empty database, "-1" one step."""
    with whole(database) as connection:
        command.downgrade(_config(connection), revision)


def current(database: Database) -> str | None:
    """The revision that the database is at."""
    with database.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def newest() -> str | None:
    """The revision that this code needs."""
    return ScriptDirectory(str(_FOLDER)).get_current_head()


def write(database: Database, message: str) -> None:
    """Write a new migration from how the tables differ from the database (for developers)."""
    with whole(database) as connection:
        command.revision(_config(connection), message, autogenerate=True)


def go_to(connection: Connection, revision: str) -> None:
    """Bring the database forward within a transaction that somebody else has begun by `whole`."""
    command.upgrade(_config(connection), revision)


@contextmanager
def whole(database: Database) -> Iterator[Connection]:
    """A connection on which all happens or nothing, and no row is lost on the way.

    SQLite alters a table by making it anew and dropping the old one. With foreign keys enforced, the drop would
    delete every row that refers to it, so they are checked at the end instead.
    """
    if not database.is_sqlite:
        with database.engine.begin() as connection:
            yield connection
        return
    with database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        try:
            yield connection
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
            if broken:
                raise RuntimeError(f"rows would refer to nothing: {broken[:3]}")
            connection.exec_driver_sql("COMMIT")
        except BaseException:
            connection.exec_driver_sql("ROLLBACK")
            raise
        finally:
            connection.exec_driver_sql("PRAGMA foreign_keys = ON")


def _config(connection: Connection) -> Config:
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(_FOLDER))
    config.set_main_option("path_separator", "os")
    return config
