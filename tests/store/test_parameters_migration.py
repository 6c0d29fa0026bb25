"""The migration to parameters with versions of their own: back and forth, and no way back that would mix up results."""

import pytest
from released import ATTEMPT, CAMPAIGN
from rows import insert, run

from quiz.services import storage
from quiz.services.storage import NoWayBack


@pytest.fixture
def before(bare_database):
    """A campaign and two attempts, by packs of two versions."""
    database = bare_database
    storage.migrate(database, "0004")
    insert(database, "campaigns", **CAMPAIGN, id=1, pack_version="1.0.0", identification="none")
    for number, version in ((1, "1.0.0"), (2, "2.1.0")):
        insert(database, "attempts", **ATTEMPT, id=number, token_hash=bytes([number]) * 32, pack_version=version)
    return database


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
