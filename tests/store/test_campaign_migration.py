"""The migration that brings campaigns: forth, back and forth again, with everything that people had answered."""

import sqlite3

import pytest

from quiz.services import storage
from quiz.services.storage import Database

TABLES = {
    "attempts": "id, token_hash, pack, pack_version, language, started_ms, touched_ms, finished_ms, result",
    "answers": "attempt_id, item, choice, took_ms, answered_ms",
    "tombstones": "token_hash, deleted_ms",
}
"""What there was before campaigns."""


def run(database, sql, *values):
    return database.reader().cursor.execute(sql, values)


def everything(database):
    """Every row of the first tables, in the columns that they began with."""
    found = {}
    for table, columns in TABLES.items():
        found[table] = run(database, f"SELECT {columns} FROM {table} ORDER BY 1, 2").fetchall()
    return found


@pytest.fixture
def before(tmp_path):
    """A database before campaigns, with two people's answers and the mark of a third."""
    database = Database(f"sqlite:///{tmp_path / 'old.db'}")
    storage.migrate(database, "0001")
    for number in (1, 2):
        run(
            database,
            f"INSERT INTO attempts ({TABLES['attempts']}) VALUES (?, ?, 'ae-am', '1.0.0', 'es', 1, 2, ?, ?)",
            *(number, bytes([number]) * 32, 3 if number == 2 else None, '{"kind": "clear"}' if number == 2 else None),
        )
        for item in ("sports-club", "long-list", "budget"):
            run(database, "INSERT INTO answers VALUES (?, ?, ?, 900, 2)", number, item, number + 2)
    run(database, "INSERT INTO tombstones VALUES (?, 5)", b"\x07" * 32)
    yield database
    database.close()


def join(database):
    """Put the first person into a campaign."""
    run(
        database,
        "INSERT INTO campaigns VALUES (1, 'abc', 'n', 'ae-am', '1', 'open', 'a', 'p', 'r', 'c', 'https://a.example',"
        " 'plain', 's', 1, '', 90, 1)",
    )
    run(database, "UPDATE attempts SET campaign_id = 1, reference = 'person-7' WHERE id = 1")


def test_there_are_answers_to_lose(before):
    assert {table: len(rows) for table, rows in everything(before).items()} == {
        **{"attempts": 2, "answers": 6, "tombstones": 1}
    }


def test_forth_back_and_forth_again_keeps_every_attempt_and_answer(before):
    rows = everything(before)
    for step in ("0002", "0001", "0002", "0001", "0002"):
        (storage.migrate if step == "0002" else storage.downgrade)(before, step)
        assert storage.revisions(before)[0] == step
        assert everything(before) == rows
        assert run(before, "PRAGMA foreign_key_check").fetchall() == []


def test_back_keeps_the_answers_of_who_is_in_a_campaign_and_drops_only_that(before):
    rows = everything(before)
    storage.migrate(before, "0002")
    join(before)
    assert everything(before) == rows
    storage.downgrade(before, "0001")
    assert everything(before) == rows
    storage.migrate(before, "0002")
    assert everything(before) == rows
    assert run(before, "SELECT campaign_id, reference FROM attempts").fetchall() == [(None, None)] * 2
    assert run(before, "SELECT count(*) FROM campaigns").fetchone() == (0,)


def test_afterwards_a_deleted_attempt_still_takes_its_answers_along(before):
    for step in ("0002", "0001", "0002"):
        (storage.migrate if step == "0002" else storage.downgrade)(before, step)
    run(before, "DELETE FROM attempts WHERE id = 1")
    assert run(before, "SELECT DISTINCT attempt_id FROM answers").fetchall() == [(2,)]


def test_afterwards_no_attempt_is_of_a_campaign_that_does_not_exist(before):
    storage.migrate(before, "0002")
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        run(before, "UPDATE attempts SET campaign_id = 9")
    join(before)
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        run(before, "DELETE FROM campaigns")
    with pytest.raises(sqlite3.IntegrityError, match="CHECK"):
        run(before, "UPDATE campaigns SET state = 'lost'")


def test_a_token_is_still_only_anybodys_once(before):
    storage.migrate(before)
    with pytest.raises(sqlite3.IntegrityError, match="UNIQUE"):
        run(before, "UPDATE attempts SET token_hash = ?", bytes(32))


def test_a_migration_that_fails_changes_nothing(before, monkeypatch):
    rows = everything(before)
    monkeypatch.setattr("alembic.op.batch_alter_table", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        storage.migrate(before)
    assert storage.revisions(before)[0] == "0001"
    assert everything(before) == rows
    assert run(before, "SELECT count(*) FROM sqlite_master WHERE name = 'campaigns'").fetchone() == (0,)
    assert run(before, "PRAGMA foreign_keys").fetchone() == (1,)
