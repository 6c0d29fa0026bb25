"""What PostgreSQL alone is asked for, by every connection of the application. SQLite's part is in test_sqlite.py."""

import threading

import psycopg
import pytest

from quiz.store import attempts

pytestmark = pytest.mark.postgresql_only


def shown(database, name):
    """A server's setting as it counts for this thread's statements, and for those of sessions and migrations."""
    found = [database.reader().cursor.execute(f"SHOW {name}").fetchone()[0]]
    with database.engine.connect() as connection:
        found.append(connection.exec_driver_sql(f"SHOW {name}").scalar_one())
    return found


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("synchronous_commit", "on"),
        ("transaction_isolation", "read committed"),
        ("session_replication_role", "origin"),  # with it, foreign keys are checked
        ("lock_timeout", "10s"),
        ("statement_timeout", "1min"),
        ("TimeZone", "UTC"),
    ],
)
def test_every_connection_is_durable_strict_and_never_waits_for_good(database, name, value):
    found = []
    thread = threading.Thread(target=lambda: found.extend(shown(database, name)))
    thread.start()
    thread.join()
    assert [*found, *shown(database, name)] == [value] * 4


def test_within_a_transaction_it_is_the_same(database):
    with database.writing() as store:
        for name, value in (("transaction_isolation", "read committed"), ("synchronous_commit", "on")):
            store.cursor.execute(f"SHOW {name}")
            assert store.cursor.fetchone() == (value,)


def test_a_commit_that_fails_leaves_the_connection_usable(database):
    """The check of a foreign key can be put off until the commit, which then fails."""
    run = database.reader().cursor.execute
    run("CREATE TEMPORARY TABLE parents (id int PRIMARY KEY)")
    run("CREATE TEMPORARY TABLE children (id int REFERENCES parents DEFERRABLE INITIALLY DEFERRED)")

    def put_off():
        with database.writing() as store:
            store.cursor.execute("INSERT INTO children VALUES (999)")

    with pytest.raises(psycopg.errors.ForeignKeyViolation):
        put_off()
    with database.writing() as store:
        attempts.start(store, bytes(32), "pack", "1", "en", 1_000_000)
    assert run("SELECT count(*) FROM attempts").fetchone() == (1,)
    assert run("SELECT count(*) FROM children").fetchone() == (0,)


def test_an_answer_of_nobody_is_refused(database):
    with pytest.raises(psycopg.errors.ForeignKeyViolation), database.writing() as store:
        store.cursor.execute("INSERT INTO answers VALUES (999, 'item', 3, 0, 0)")
