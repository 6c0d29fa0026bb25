"""The migration that works out when an attempt was last touched: forth and back, with the same moments."""

import pytest
from released import ATTEMPT
from rows import insert, run
from sqlalchemy import inspect

from quiz.services import storage

ATTEMPTS = "SELECT id, token_hash, started_ms, touched_ms, finished_ms FROM attempts ORDER BY id"


@pytest.fixture
def before(bare_database):
    """A database of revision 0002: one person has answered twice, one has only started."""
    database = bare_database
    storage.migrate(database, "0002")
    for number, touched in ((1, 700), (2, 5)):
        person = ATTEMPT | {"token_hash": bytes([number]) * 32, "pack_version": "1", "started_ms": 5}
        insert(database, "attempts", **person, touched_ms=touched)
    run(database, "INSERT INTO answers VALUES (1, 'budget', 3, 9, 600), (1, 'debate', 4, 9, 700)")
    return database


def test_forth_and_back_gives_the_same_moments_and_keeps_every_answer(before):
    attempts = run(before, ATTEMPTS).fetchall()
    answers = run(before, "SELECT * FROM answers").fetchall()
    for _ in range(2):
        storage.migrate(before, "0003")
        assert "touched_ms" not in {each["name"] for each in inspect(before.engine).get_columns("attempts")}
        assert run(before, "SELECT * FROM answers").fetchall() == answers
        storage.downgrade(before, "0002")
        assert run(before, ATTEMPTS).fetchall() == attempts


def test_an_id_is_still_never_given_again(before):
    storage.migrate(before, "0003")
    run(before, "DELETE FROM attempts WHERE id = 2")
    insert(before, "attempts", **ATTEMPT, token_hash=b"\0", pack_version="1")
    assert run(before, "SELECT max(id) FROM attempts").fetchone() == (3,)
