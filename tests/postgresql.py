"""Databases on a PostgreSQL server for tests: made, emptied, dropped."""

from __future__ import annotations

import os

import psycopg

from quiz.services import storage
from quiz.services.storage import Database
from quiz.store.tables import metadata

SERVER = os.environ.get("TEST_DATABASE_SERVER", "")
"""A PostgreSQL server to test with, in place of SQLite: an address without a database."""


class Emptied:
    """A migrated database that tests use one after the other; each of them finds it empty."""

    def __init__(self) -> None:
        self.name = f"rolefit_test_{os.getpid()}"
        self.url = f"{SERVER}/{self.name}"
        self._connection: psycopg.Connection | None = None
        self._revision: str | None = None

    def empty(self) -> None:
        """Remove every row and every other connection; make the database anew where a test changed its tables."""
        if self._connection is None:
            self._make()
            return
        try:
            self._connection.execute(_EMPTY)
            (at,) = self._connection.execute("SELECT version_num FROM alembic_version").fetchone() or (None,)
        except psycopg.errors.UndefinedTable:
            at = None
        if at != self._revision:
            self.drop()
            self._make()

    def drop(self) -> None:
        """Drop the database."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        drop(self.name)

    def _make(self) -> None:
        make(self.name)
        database = Database(self.url)
        storage.migrate(database)
        self._revision, _ = storage.revisions(database)
        database.close()
        self._connection = psycopg.connect(self.url, autocommit=True)
        self._connection.execute("SET session_replication_role = replica")  # foreign keys need no order


_EMPTY = "; ".join(
    (
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
        " AND pid <> pg_backend_pid() AND backend_type = 'client backend'",
        # A few rows go quicker than a file for each table and index is made anew.
        *(f"DELETE FROM {table.name}" for table in metadata.sorted_tables),
        "SELECT setval(oid::regclass, 1, false) FROM pg_class WHERE relkind = 'S'",
    )
)


def make(name: str) -> None:
    """Make a database anew, with nothing in it."""
    drop(name)
    _run(f'CREATE DATABASE "{name}"')


def drop(name: str) -> None:
    """Drop a database, whoever is still connected to it."""
    _run(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _run(sql: str) -> None:
    with psycopg.connect(f"{SERVER}/postgres", autocommit=True) as connection:
        connection.execute(sql)
