"""The migration that brings the console: whom campaigns had already is found, filtered and sorted like everybody."""

import json

import pytest
from released import ATTEMPT, CAMPAIGN
from rows import insert, run

from quiz.services import storage

FIT = {"points": 61.0, "low": 52.0, "high": 70.0}
RESULT = {
    "outcome": {"kind": "leaning", "role": "account-manager"},
    "flags": ["hurried"],
    "fits": {"account-manager": FIT},
}


@pytest.fixture
def before(bare_database):
    """A campaign with somebody who has finished and somebody who has not, and one person without a campaign."""
    database = bare_database
    storage.migrate(database, "0003")
    insert(database, "campaigns", **CAMPAIGN, id=1, pack_version="1", reference="plain")
    for number, campaign, reference, result in ((1, 1, "Muñoz 7", RESULT), (2, 1, None, None), (3, None, None, RESULT)):
        text = json.dumps(result) if result else None
        known = {"campaign_id": campaign, "reference": reference, "result": text, "finished_ms": 2 if result else None}
        person = ATTEMPT | {"token_hash": bytes([number]) * 32, "pack_version": "1"}
        insert(database, "attempts", **person, **known, id=number)
    return database


def standings(database):
    return run(database, "SELECT id, sought, outcome, role, flags FROM attempts ORDER BY id").fetchall()


def test_it_writes_what_the_table_of_results_needs_and_only_for_campaigns(before):
    storage.migrate(before)
    assert standings(before) == [
        (1, "munoz 7", "leaning", "account-manager", 1),
        (2, "", None, None, 0),
        (3, "", None, None, 0),
    ]
    assert run(before, "SELECT * FROM fits").fetchall() == [(1, "account-manager", 1, 61.0, 52.0, 70.0)]


def test_results_and_references_outlive_the_way_back_and_forth(before):
    rows = run(before, "SELECT id, reference, result FROM attempts ORDER BY id").fetchall()
    for _ in range(2):
        storage.migrate(before)
        forth = standings(before)
        storage.downgrade(before, "0003")
        assert run(before, "SELECT id, reference, result FROM attempts ORDER BY id").fetchall() == rows
    storage.migrate(before)
    assert standings(before) == forth
