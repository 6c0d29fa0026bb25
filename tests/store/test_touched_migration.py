"""The migration that works out when an attempt was last touched: forth and back, with the same moments."""

import pytest

from quiz.services import storage
from quiz.services.storage import Database

ATTEMPTS = "SELECT id, token_hash, started_ms, touched_ms, finished_ms FROM attempts ORDER BY id"


@pytest.fixture
def before(tmp_path):
    """A database of revision 0002: one person has answered twice, one has only started."""
    database = Database(f"sqlite:///{tmp_path / 'old.db'}")
    storage.migrate(database, "0002")
    run = database.reader().cursor.execute
    for number, touched in ((1, 700), (2, 5)):
        run(
            "INSERT INTO attempts (id, token_hash, pack, pack_version, language, started_ms, touched_ms)"
            " VALUES (?, ?, 'ae-am', '1', 'es', 5, ?)",
            (number, bytes([number]) * 32, touched),
        )
    run("INSERT INTO answers VALUES (1, 'budget', 3, 9, 600), (1, 'debate', 4, 9, 700)")
    yield database
    database.close()


def test_forth_and_back_gives_the_same_moments_and_keeps_every_answer(before):
    run = before.reader().cursor.execute
    attempts = run(ATTEMPTS).fetchall()
    answers = run("SELECT * FROM answers").fetchall()
    for _ in range(2):
        storage.migrate(before, "0003")
        assert "touched_ms" not in {name for _, name, *_ in run("PRAGMA table_info(attempts)").fetchall()}
        assert run("SELECT * FROM answers").fetchall() == answers
        storage.downgrade(before, "0002")
        assert run(ATTEMPTS).fetchall() == attempts


def test_an_id_is_still_never_given_again(before):
    storage.migrate(before, "0003")
    run = before.reader().cursor.execute
    run("DELETE FROM attempts WHERE id = 2")
    run("INSERT INTO attempts (token_hash, pack, pack_version, language, started_ms) VALUES (x'00', 'a', '1', 'es', 1)")
    assert run("SELECT max(id) FROM attempts").fetchone() == (3,)
