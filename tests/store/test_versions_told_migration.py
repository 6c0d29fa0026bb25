"""The migration to versions that people were told: who began before has theirs, no deleted campaign comes back."""

import pytest
from rows import run

from quiz.services import storage
from quiz.services.storage import Database, NoWayBack

CAMPAIGN = {
    "public_id": "abc",
    "name": "n",
    "pack": "ae-am",
    "pack_version": "1.0.0+1.0.0",
    "state": "open",
    **{name: name for name in ("asked_by", "purpose", "readers", "contact")},
    "sites": "",
    "identification": "none",
    "secret": "s",
    "redirect_url": "",
    "retain_days": 90,
    "created_ms": 1,
}


def insert(database, table, **values):
    columns, places = ", ".join(values), ", ".join(f":{name}" for name in values)
    run(database, f"INSERT INTO {table} ({columns}) VALUES ({places})", **values)


@pytest.fixture
def before(tmp_path):
    """A campaign with a second version of its texts, and three people: before it, after it, and one who agreed."""
    database = Database(f"sqlite:///{tmp_path / 'old.db'}")
    storage.migrate(database, "0007")
    insert(database, "campaigns", id=1, shows_result=True, texts_version=2, **CAMPAIGN)
    for version, at in ((1, 10), (2, 20)):
        texts = dict.fromkeys(("intro", "privacy", "consent", "thanks"), "x")
        insert(database, "campaign_texts", campaign_id=1, version=version, language="es", created_ms=at, **texts)
    for number, started in ((1, 5), (2, 15), (3, 25), (4, 25)):
        known = {"pack": "ae-am", "pack_version": "1.0.0+1.0.0", "language": "es", "started_ms": started}
        campaign = {"campaign_id": 1} if number < 4 else {}
        insert(database, "attempts", id=number, token_hash=bytes([number]) * 32, **known, **campaign)
    insert(
        database,
        "consents",
        attempt_id=3,
        texts_version=1,
        language="es",
        given_ms=25,
        to_contact=True,
        to_sharing=False,
    )
    yield database
    database.close()


def test_everybody_has_the_version_that_they_agreed_to_or_that_was_there_when_they_began(before):
    storage.migrate(before)
    told = run(before, "SELECT id, told_version FROM attempts ORDER BY id").fetchall()
    assert told == [(1, 0), (2, 1), (3, 1), (4, None)]


def test_the_way_back_keeps_everything(before):
    storage.migrate(before)
    storage.downgrade(before, "0007")
    assert run(before, "SELECT count(*) FROM attempts").fetchone() == (4,)
    storage.migrate(before)
    assert run(before, "SELECT told_version FROM attempts WHERE id = 2").fetchone() == (1,)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE campaigns SET deleted_ms = 5",
        "INSERT INTO campaign_told VALUES (1, 1, 'a', 'b', 'c', 'd')",
    ],
)
def test_there_is_no_way_back_that_would_bring_back_a_deleted_campaign_or_forget_what_people_were_told(before, change):
    storage.migrate(before)
    run(before, change)
    with pytest.raises(NoWayBack):
        storage.downgrade(before, "0007")
    assert run(before, "SELECT told_version FROM attempts WHERE id = 2").fetchone() == (1,)
