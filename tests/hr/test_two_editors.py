"""Two owners with the same form open: nobody's work is overwritten unseen."""

import pytest
from campaign_cast import began, noted, told
from form_cast import typed
from rows import run

from quiz.services import campaigns, person
from quiz.services.campaigns import Texts


@pytest.fixture
def dora(sign_in, tidewell):
    """Dora owns Tidewell, too."""
    return sign_in("Dora", tidewell, "owner")


@pytest.fixture
def path(alices_campaign):
    return f"/hr/campaigns/{alices_campaign.public_id}/edit"


def kept(database, campaign):
    return campaigns.find(database, campaign.public_id)


def test_a_save_on_stale_ground_is_refused_and_says_who_changed_what(
    alice, dora, path, database, alices_campaign, tidewell
):
    alices, doras = typed(alice, path), typed(dora, path)
    assert dora.send(path, **doras | told(purpose="A walk") | {"intro_es": "Hola"}).status_code == 303
    answer = alice.send(path, **alices | {"name": "Autumn fair", "retain_days": "80"})
    assert answer.status_code == 409
    page = answer.page.main
    assert page.one("div", role="alert").one("h2").text.startswith("dora@1.example has changed this campaign")
    assert "in the form as it was saved: What for; Introduction in Spanish." in page.one("div", role="alert").text
    assert page.one("input", name="name")["value"] == "Autumn fair"
    assert page.one("input", name="retain_days")["value"] == "80"
    assert (kept(database, alices_campaign).name, kept(database, alices_campaign).purpose) == ("Spring fair", "A walk")
    assert noted(database, tidewell)[0][:2] == ("dora", "campaign-changed")


def test_saving_again_keeps_both_peoples_work(alice, dora, path, database, alices_campaign):
    alices, doras = typed(alice, path), typed(dora, path)
    dora.send(path, **doras | told(purpose="A walk") | {"intro_es": "Hola"})
    refused = alice.send(path, **alices | {"name": "Autumn fair"})
    assert alice.send(path, **typed(alice, path, refused.page)).status_code == 303
    now = kept(database, alices_campaign)
    assert (now.name, now.purpose) == ("Autumn fair", "A walk")
    assert campaigns.texts_of(database, now) == {"es": Texts(intro="Hola")}


def test_a_tick_of_somebody_else_outlives_the_second_press(alice, dora, path, database, alices_campaign):
    alices, doras = typed(alice, path), typed(dora, path)
    del doras["shows_result"]
    dora.send(path, **doras | {"private": "y", "languages": ["en"]})
    refused = alice.send(path, **alices | {"name": "Autumn fair"})
    told_of = refused.page.one("div", role="alert")
    assert "Languages; Only people with an invitation" in told_of.text.replace("People see their result; ", "")
    assert not told_of.all("li")
    alice.send(path, **typed(alice, path, refused.page))
    now = kept(database, alices_campaign)
    assert (now.name, bool(now.private), bool(now.shows_result), now.languages) == ("Autumn fair", True, False, "en")


def test_what_both_changed_is_shown_and_the_second_press_decides(alice, dora, path, database, alices_campaign):
    alices, doras = typed(alice, path), typed(dora, path)
    dora.send(path, **doras | {"name": "Doras fair", "retain_days": "70", "intro_en": "Hello from Dora"})
    refused = alice.send(path, **alices | {"name": "Alices fair", "retain_days": "70", "intro_en": "Hello from Alice"})
    assert refused.status_code == 409
    both = [each.text for each in refused.page.one("div", role="alert").all("li")]
    assert both == ["Name: Doras fair", "Introduction in English: Hello from Dora"], "what is the same is no clash"
    assert alice.send(path, **typed(alice, path, refused.page)).status_code == 303
    now = kept(database, alices_campaign)
    assert (now.name, now.retain_days) == ("Alices fair", 70)
    assert campaigns.texts_of(database, now)["en"].intro == "Hello from Alice"


def test_what_the_other_one_chose_is_said_in_words(alice, dora, path):
    alices, doras = typed(alice, path), typed(dora, path)
    dora.send(path, **doras | {"private": "y", "opens": "2027-01-15T08:00", "identification": "none", "sites": ""})
    mine = {"identification": "signed", "opens": "2027-01-16T08:00", "sites": "https://a.example", "accent": "#1a5fb4"}
    refused = alice.send(path, **alices | mine)
    told_of = {each.one("b").text: each.text for each in refused.page.one("div", role="alert").all("li")}
    assert told_of["Opens:"] == "Opens: Jan 15, 2027, 08:00 UTC"
    assert told_of["How you know who somebody is:"].endswith("Not at all: the answers are anonymous")
    assert told_of["Sites that may show it:"].endswith("empty")
    assert len(told_of) == 3


def test_a_third_save_in_between_is_refused_again(alice, dora, path):
    alices = typed(alice, path)
    dora.send(path, **typed(dora, path) | {"name": "One"})
    refused = alice.send(path, **alices | {"name": "Two"})
    dora.send(path, **typed(dora, path) | {"name": "Three"})
    again = alice.send(path, **typed(alice, path, refused.page))
    assert again.status_code == 409
    assert again.page.main.one("input", name="name")["value"] == "Two"
    assert "Name: Three" in again.page.main.text


def test_a_mistake_is_told_first_and_the_ground_is_not_forgotten_by_it(alice, dora, path):
    alices = typed(alice, path)
    dora.send(path, **typed(dora, path) | {"name": "One"})
    wrong = alice.send(path, **alices | {"retain_days": "x"})
    assert wrong.status_code == 422
    assert alice.send(path, **typed(alice, path, wrong.page) | {"retain_days": "80"}).status_code == 409


@pytest.mark.parametrize("ground", ["", "x", "name", "name=1 =", "999999999999999999999 a=b", "\ue000", "0 " * 9000])
def test_ground_that_no_form_holds_is_never_an_error_of_ours(alice, path, ground):
    assert alice.send(path, **typed(alice, path) | {"ground": ground}).status_code in (303, 409)


def test_a_pause_in_between_is_no_clash(alice, dora, path, alices_campaign, database):
    alices = typed(alice, path)
    dora.send(f"/hr/campaigns/{alices_campaign.public_id}/state", state="paused")
    assert alice.send(path, **alices | {"name": "Autumn fair"}).status_code == 303
    assert (kept(database, alices_campaign).name, kept(database, alices_campaign).state) == ("Autumn fair", "paused")


@pytest.mark.parametrize("of", ["campaign", "person"])
def test_who_holds_what_is_deleted_meanwhile_is_not_told_that_it_is_held(
    alice, alices_campaign, monkeypatch, database, tidewell, of
):
    began(database, alices_campaign)
    place = f"/hr/campaigns/{alices_campaign.public_id}"
    (attempt,) = run(database, "SELECT id FROM attempts").fetchone()
    where, service = {"campaign": (place, campaigns), "person": (f"{place}/results/{attempt}", person)}[of]
    set_hold = service.set_hold

    def deleted_first(*given, **more):
        campaigns.delete(database, alices_campaign, 1)
        return set_hold(*given, **more)

    monkeypatch.setattr(service, "set_hold", deleted_first)
    assert alice.send(f"{where}/hold", hold="on", held="1").status_code == 404
    assert not [action for _, action, _ in noted(database, tidewell) if action.endswith("hold")]


def test_a_campaign_that_is_gone_meanwhile_is_not_found(alice, dora, path, alices_campaign, monkeypatch, database):
    alices = typed(alice, path)
    change = campaigns.change

    def deleted_first(*given, **more):
        campaigns.delete(database, alices_campaign, 1)
        return change(*given, **more)

    monkeypatch.setattr(campaigns, "change", deleted_first)
    assert alice.send(path, **alices).status_code == 404
