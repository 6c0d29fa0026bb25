"""What only SQLite is asked for: durable and strict by every connection. PostgreSQL is in test_on_postgresql.py."""

import sqlite3
import threading

import pytest

from quiz.services.storage import Database
from quiz.store import attempts
from quiz.store import database as store_database

PREPARE = store_database._prepare_sqlite
"""How the application prepares a connection; while tests run, theirs do not wait for the disk."""
pytestmark = pytest.mark.sqlite_only


def test_a_commit_that_fails_leaves_the_connection_usable(database):
    """The check of a foreign key can be put off until the commit, which then fails."""

    def put_off():
        with database.writing() as store:
            store.cursor.execute("PRAGMA defer_foreign_keys = ON")
            store.cursor.execute("INSERT INTO answers VALUES (999, 'item', 3, 0, 0)")

    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        put_off()
    with database.writing() as store:
        attempts.start(store, bytes(32), "pack", "1", "en", 1_000_000)
    run = database.reader().cursor.execute
    assert run("SELECT count(*) FROM attempts").fetchone() == (1,)
    assert run("SELECT count(*) FROM answers").fetchone() == (0,)


@pytest.mark.parametrize(
    ("pragma", "value"), [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("secure_delete", 1)]
)
def test_every_connection_is_durable_and_strict(settings, monkeypatch, pragma, value):
    monkeypatch.setattr(store_database, "_prepare_sqlite", PREPARE)
    database = Database(settings.database_url)
    found = []

    def look():
        found.append(database.reader().cursor.execute(f"PRAGMA {pragma}").fetchone()[0])
        database.close()

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    assert found == [value]
    assert database.reader().cursor.execute(f"PRAGMA {pragma}").fetchone()[0] == value
    database.close()
