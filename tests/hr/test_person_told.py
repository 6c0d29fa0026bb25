"""What a person was told and agreed to, read by the team on the person's page: the version that the person read."""

from dataclasses import replace

import pytest
from cast import ALICES, START, content

from quiz.services import campaigns, joining, take
from quiz.services.campaigns import Texts
from quiz.services.joining import Arrival, Given

PACK = content().pack
NAMED = replace(ALICES, identification="named")
TEXTS = {
    "es": Texts(consent="Acepto lo primero", privacy="Nadie más lo ve"),
    "en": Texts(consent="I agree to the first", privacy="Nobody else sees it"),
}
LATER = {"es": Texts(consent="Acepto lo segundo"), "en": Texts(consent="I agree to the second")}


@pytest.fixture
def campaign(database, tidewell):
    return campaigns.create(database, PACK, NAMED, START, team_id=tidewell, texts=TEXTS)


def begin(database, campaign, language="en"):
    """Ana agrees and starts, in a language; her token."""
    given = Given("Ana Ruiz", "ana@example.org", to_contact=True)
    return joining.join(database, PACK, campaign, Arrival(), given, language, START)


def place(database, campaign, token):
    return f"/hr/campaigns/{campaign.public_id}/results/{take.find(database, token).id}"


def told(member, path):
    """What the person was told, as it stands on their page."""
    return member.get(path).page.main.one("details", class_="told")


@pytest.mark.parametrize("language", ["es", "en"])
def test_it_is_what_the_person_reads_themselves(alice, app, database, campaign, language):
    token = begin(database, campaign, language)
    changed = replace(NAMED, purpose="Something else", readers="Everybody")
    campaigns.change(database, campaign, changed, LATER, START + 1)
    shown = told(alice, place(database, campaign, token))
    assert shown.one("div", lang=language)
    for words in (TEXTS[language].consent, TEXTS[language].privacy, NAMED.purpose, NAMED.readers, "Ana Ruiz"):
        assert words in shown.text
    assert "Everybody" not in shown.text
    theirs = app.test_client()
    theirs.framed[f"/a/{token}"] = campaign.sites
    main = theirs.get(f"/a/{token}/terms").page.main
    assert [each.text for each in main.all("dd")] == [each.text for each in shown.all("dd")]
    assert main.one("section", aria_labelledby="agreed").text == shown.one("section", aria_labelledby="agreed").text


def test_whoever_started_later_agreed_to_the_later_words(alice, database, campaign):
    now = campaigns.change(database, campaign, replace(NAMED, readers="Everybody"), LATER, START + 1)
    shown = told(alice, place(database, campaign, begin(database, now)))
    assert "I agree to the second" in shown.text
    assert "Everybody" in shown.text
    assert "I agree to the first" not in shown.text


def test_who_was_asked_for_nothing_was_told_something_as_well(alice, database, tidewell):
    made = campaigns.create(database, PACK, ALICES, START, team_id=tidewell)
    token = joining.join(database, PACK, made, Arrival("A-1"), Given(), "es", START)
    shown = told(alice, place(database, made, token))
    assert ALICES.purpose in shown.text
    assert not shown.all("section")


def test_another_team_does_not_read_it(charlie, bob, database, campaign):
    path = place(database, campaign, begin(database, campaign))
    assert told(bob, path)
    assert charlie.get(path).status_code == 404


def test_no_later_owner_is_told_the_page_in_another_language_than_their_own(sign_in, tidewell, database, campaign):
    page = sign_in("Eva", tidewell, "viewer", "es").get(place(database, campaign, begin(database, campaign))).page
    assert page.lang == "es"
    assert page.main.one("details", class_="told").one("summary").text.startswith("Leer")
