"""The migration to parameters with versions of their own: back and forth, and no way back that would mix up results."""

import pytest

from quiz.services import storage
from quiz.services.storage import Database, NoWayBack


def run(database, sql, *values):
    return database.reader().cursor.execute(sql, values)


@pytest.fixture
def before(tmp_path):
    """A campaign and two attempts, by packs of two versions."""
    database = Database(f"sqlite:///{tmp_path / 'old.db'}")
    storage.migrate(database, "0004")
    columns = "id, public_id, name, pack, pack_version, state, asked_by, purpose, readers, contact, sites"
    columns += ", identification, secret, shows_result, redirect_url, retain_days, created_ms"
    values = (1, "abc", "n", "ae-am", "1.0.0", "open", "Ana", "p", "r", "c", "", "none", "s", 1, "", 90, 1)
    run(database, f"INSERT INTO campaigns ({columns}) VALUES ({', '.join('?' * len(values))})", *values)
    columns = "id, token_hash, pack, pack_version, language, started_ms"
    for number, version in ((1, "1.0.0"), (2, "2.1.0")):
        values = (number, bytes([number]) * 32, "ae-am", version, "es", 1)
        run(database, f"INSERT INTO attempts ({columns}) VALUES (?, ?, ?, ?, ?, ?)", *values)
    yield database
    database.close()


def versions(database):
    tables = "SELECT 'campaign' AS what, id, pack_version FROM campaigns UNION SELECT 'attempt', id, pack_version FROM"
    return [row[2] for row in run(database, f"{tables} attempts ORDER BY what, id").fetchall()]


def test_what_there_was_is_by_the_first_parameters_and_the_way_back_takes_them_off(before):
    for _ in range(2):
        storage.migrate(before)
        assert versions(before) == ["1.0.0+1.0.0", "2.1.0+1.0.0", "1.0.0+1.0.0"]
        storage.downgrade(before, "0004")
        assert versions(before) == ["1.0.0", "2.1.0", "1.0.0"]


@pytest.mark.parametrize("table", ["attempts", "campaigns"])
def test_there_is_no_way_back_while_results_are_by_other_parameters_and_nothing_changes(before, table):
    storage.migrate(before)
    run(before, f"UPDATE {table} SET pack_version = '1.0.0+1.1.0' WHERE id = 1")
    kept, at = versions(before), storage.revisions(before)[0]
    with pytest.raises(NoWayBack, match=r"attempts or campaigns of 1\.0\.0\+1\.1\.0\."):
        storage.downgrade(before, "0004")
    assert (versions(before), storage.revisions(before)[0]) == (kept, at)
