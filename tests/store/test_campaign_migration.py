"""The migration that brings campaigns: forth, back and forth again, with everything that people had answered."""

import pytest
from released import ATTEMPT, CAMPAIGN
from rows import insert, run
from sqlalchemy import inspect

from quiz.services import storage

TABLES = {
    "attempts": "id, token_hash, pack, pack_version, language, started_ms, touched_ms, finished_ms, result",
    "answers": "attempt_id, item, choice, took_ms, answered_ms",
    "tombstones": "token_hash, deleted_ms",
}
"""What there was before campaigns."""


def everything(database):
    """Every row of the first tables, in the columns that they began with."""
    found = {}
    for table, columns in TABLES.items():
        found[table] = run(database, f"SELECT {columns} FROM {table} ORDER BY 1, 2").fetchall()
    return found


@pytest.fixture
def before(bare_database):
    """A database before campaigns, with two people's answers and the mark of a third."""
    database = bare_database
    storage.migrate(database, "0001")
    for number in (1, 2):
        done = {"finished_ms": 3, "result": '{"kind": "clear"}'} if number == 2 else {}
        person = ATTEMPT | {"id": number, "token_hash": bytes([number]) * 32, "pack_version": "1.0.0"}
        insert(database, "attempts", **person, **done, touched_ms=2)
        for item in ("sports-club", "long-list", "budget"):
            insert(database, "answers", attempt_id=number, item=item, choice=number + 2, took_ms=900, answered_ms=2)
    insert(database, "tombstones", token_hash=b"\x07" * 32, deleted_ms=5)
    return database


def refused(database):
    """What the driver raises when a rule of a table would be broken."""
    return database.engine.dialect.loaded_dbapi.IntegrityError


def join(database):
    """Put the first person into a campaign."""
    insert(database, "campaigns", **CAMPAIGN, id=1, pack_version="1", reference="plain")
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
        if before.is_sqlite:
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
    with pytest.raises(refused(before), match=r"(?i)foreign key"):
        run(before, "UPDATE attempts SET campaign_id = 9")
    join(before)
    with pytest.raises(refused(before), match=r"(?i)foreign key"):
        run(before, "DELETE FROM campaigns")
    with pytest.raises(refused(before), match=r"(?i)check"):
        run(before, "UPDATE campaigns SET state = 'lost'")


def test_a_token_is_still_only_anybodys_once(before):
    storage.migrate(before)
    with pytest.raises(refused(before), match=r"(?i)unique"):
        run(before, "UPDATE attempts SET token_hash = :hash", hash=bytes(32))


def test_a_migration_that_fails_changes_nothing(before, monkeypatch):
    rows = everything(before)
    monkeypatch.setattr("alembic.op.batch_alter_table", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        storage.migrate(before)
    assert storage.revisions(before)[0] == "0001"
    assert everything(before) == rows
    assert "campaigns" not in inspect(before.engine).get_table_names()
    if before.is_sqlite:
        assert run(before, "PRAGMA foreign_keys").fetchone() == (1,)
