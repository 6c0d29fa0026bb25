"""The migration to words in each language: what campaigns had said once goes on counting, and the way back keeps it."""

import pytest
from released import CAMPAIGN
from rows import insert, run

from quiz.services import campaigns, storage
from quiz.services.campaigns import Texts

INVITED = {"campaign_id": 1, "reference": "", "language": "es", "invited_ms": 1}


@pytest.fixture
def before(bare_database):
    """A campaign with an introduction in Spanish, and somebody invited."""
    database = bare_database
    storage.migrate(database, "0005")
    insert(database, "campaigns", **CAMPAIGN, id=1, pack_version="1.0.0+1.0.0", identification="none", texts_version=1)
    run(database, "INSERT INTO campaign_texts VALUES (1, 1, 'es', 'Hola', '', '', '', 1)")
    insert(database, "invitations", **INVITED, name="Eva", email="eva@x.example")
    return database


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
    assert run(before, "SELECT id, email FROM invitations").fetchall() == [(1, "eva@x.example")]
    storage.migrate(before)
    assert campaigns.texts_of(before, campaigns.find(before, "abc")) == {"es": Texts(intro="Hola")}
    insert(before, "invitations", **INVITED, name="", email="b@x.example")
    assert run(before, "SELECT max(id) FROM invitations").fetchone() == (2,), "a number was given again"
