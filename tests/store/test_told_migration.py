"""The migration to words in each language: what campaigns had said once goes on counting, and the way back keeps it."""

import pytest

from quiz.services import campaigns, storage
from quiz.services.campaigns import Texts
from quiz.services.storage import Database


def run(database, sql, *values):
    return database.reader().cursor.execute(sql, values)


@pytest.fixture
def before(tmp_path):
    """A campaign with an introduction in Spanish, and somebody invited."""
    database = Database(f"sqlite:///{tmp_path / 'old.db'}")
    storage.migrate(database, "0005")
    columns = "id, public_id, name, pack, pack_version, state, asked_by, purpose, readers, contact, sites"
    columns += ", identification, secret, shows_result, redirect_url, retain_days, created_ms, texts_version"
    values = (1, "abc", "n", "ae-am", "1.0.0+1.0.0", "open", "Ana", "p", "r", "c", "", "none", "s", 1, "", 90, 1, 1)
    run(database, f"INSERT INTO campaigns ({columns}) VALUES ({', '.join('?' * len(values))})", *values)
    run(database, "INSERT INTO campaign_texts VALUES (1, 1, 'es', 'Hola', '', '', '', 1)")
    run(
        database,
        "INSERT INTO invitations (id, campaign_id, name, email, reference, language, invited_ms)"
        " VALUES (7, 1, 'Eva', 'eva@x.example', '', 'es', 1)",
    )
    yield database
    database.close()


def test_what_was_said_once_is_told_in_every_language(before):
    storage.migrate(before)
    campaign = campaigns.find(before, "abc")
    texts = campaigns.texts_of(before, campaign)
    assert texts == {"es": Texts(intro="Hola")}
    for language in ("es", "en"):
        assert campaigns.as_told(campaign, texts.get(language, Texts())).asked_by == "Ana"


def test_texts_and_invitations_outlive_the_way_back_and_forth(before):
    storage.migrate(before)
    run(before, "UPDATE campaign_texts SET asked_by = 'Ana, en español'")
    storage.downgrade(before, "0005")
    assert run(before, "SELECT * FROM campaign_texts").fetchall() == [(1, 1, "es", "Hola", "", "", "", 1)]
    assert run(before, "SELECT id, email FROM invitations").fetchall() == [(7, "eva@x.example")]
    storage.migrate(before)
    assert campaigns.texts_of(before, campaigns.find(before, "abc")) == {"es": Texts(intro="Hola")}
    row = run(
        before,
        "INSERT INTO invitations (campaign_id, name, email, reference, language, invited_ms)"
        " VALUES (1, '', 'b@x.example', '', 'es', 1) RETURNING id",
    ).fetchone()
    assert row == (8,), "a number was given again"
