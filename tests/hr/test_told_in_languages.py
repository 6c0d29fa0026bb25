"""Who asks, what for, who reads it, whom to ask: in each language in its own words."""

import pytest
from campaign_cast import TYPED, made, told, wrong
from form_cast import typed

from quiz.services import campaigns, invitations
from quiz.services.campaigns import Texts
from quiz.services.invitations import book
from quiz.services.invitations.rows import Row
from quiz.web.hr.invitations import letter

ES = {"asked_by_es": "Personas, Tidewell", "purpose_es": "Una charla", "readers_es": "El equipo"}
NEW = "/hr/campaigns/new"


@pytest.fixture
def campaign(alice, database, tidewell):
    """A campaign that says everything in both languages; whom to ask is the same."""
    alice.send(NEW, **TYPED | ES)
    return made(database, tidewell)[0]


def test_each_language_has_its_own_and_what_is_the_same_is_kept_once(database, campaign):
    assert (campaign.asked_by, campaign.contact) == ("Personas, Tidewell", "people@tidewell.example")
    own = Texts(asked_by="Tidewell, people team", purpose="A talk about two jobs", readers="The people team")
    assert campaigns.texts_of(database, campaign) == {"en": own}


def test_the_same_in_both_needs_no_texts(alice, database, tidewell):
    alice.send(NEW, **TYPED)
    assert made(database, tidewell)[0].texts_version == 0


@pytest.mark.parametrize(("language", "who"), [("es", "Personas, Tidewell"), ("en", "Tidewell, people team")])
def test_takers_read_it_in_their_language_before_during_and_after(campaign, ana, ben, language, who):
    taker = {"es": ana, "en": ben}[language]
    taker.client.framed[f"/c/{campaign.public_id}"] = campaign.sites
    taker.get(f"/c/{campaign.public_id}")
    other = {"es": "The people team", "en": "El equipo"}[language]
    assert who in taker.page.main.text
    assert other not in taker.page.main.text
    taker.accept(campaign)
    taker.at("terms")
    assert who in taker.page.main.text
    assert other not in taker.page.main.text
    taker.answer_all(3)
    taker.at("result")
    assert who in taker.page.main.text
    assert other not in taker.page.main.text


def test_whoever_changes_the_language_reads_the_other_words(campaign, ana):
    ana.accept(campaign)
    ana.at("terms")
    ana.press("English")
    assert "Tidewell, people team" in ana.page.main.text


def test_an_invitation_is_written_in_the_persons_words(console, database, campaign):
    rows = [Row(1, "", "Ana", "ana@x.example", "", "es"), Row(2, "", "Ben", "ben@x.example", "", "en")]
    book.add(database, campaign, rows, 1)
    with console.test_request_context():
        write = letter.writer(campaign, lambda invitation: invitations.path(campaign, invitation))
        ben, ana = (write(each) for each in book.page(database, campaign).found)
    assert "Personas, Tidewell" in ana.subject
    assert "Una charla" in ana.text
    assert "Tidewell, people team" in ben.subject
    assert "The people team" in ben.text


def test_what_was_said_once_counts_for_every_language_and_stands_in_the_form_of_both(alice, alices_campaign, ana):
    page = alice.get(f"/hr/campaigns/{alices_campaign.public_id}/edit").page
    for language in ("es", "en"):
        assert page.one("input", name=f"asked_by_{language}")["value"] == "Alice of Tidewell"
    ana.client.framed[f"/c/{alices_campaign.public_id}"] = alices_campaign.sites
    ana.get(f"/c/{alices_campaign.public_id}")
    assert "Alice of Tidewell" in ana.page.main.text


def test_each_language_of_the_campaign_needs_it_and_no_other(alice, database, tidewell):
    marked, _ = wrong(alice.send(NEW, **TYPED | {"asked_by_en": " ", "contact_es": ""}))
    assert marked == {"asked_by_en", "contact_es"}
    spanish = TYPED | {"languages": ["es"]} | told(purpose="") | {"purpose_es": "Una charla"}
    assert alice.send(NEW, **spanish).status_code == 303
    assert made(database, tidewell)[0].purpose == "Una charla"


def test_what_people_were_told_stays_in_the_language_in_which_they_were_told_it(alice, database, campaign, ana, ben):
    path = f"/hr/campaigns/{campaign.public_id}/edit"
    for taker in (ana, ben):
        taker.client.framed[f"/c/{campaign.public_id}"] = campaign.sites
        taker.accept(campaign)
    assert alice.send(path, **typed(alice, path) | {"readers_es": "Cualquiera"}).status_code == 303
    assert "El equipo" in ana.at("terms").page.main.text
    assert "Cualquiera" not in ana.page.main.text
    assert "The people team" in ben.at("terms").page.main.text
    ana.get(f"/c/{campaign.public_id}")
    assert "Cualquiera" in ana.page.main.text


def test_the_overview_says_it_once_where_it_is_the_same(alice, campaign):
    terms = [each.text for each in alice.get(f"/hr/campaigns/{campaign.public_id}").page.main.all("dt")]
    assert "Who asks, Español" in terms
    assert "Who asks, English" in terms
    assert terms.count("Whom to ask") == 1
