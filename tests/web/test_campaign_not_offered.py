"""A campaign whose quiz is no longer run: its page says so, and whom to ask, wherever it is shown."""

from dataclasses import replace

import pytest
from cast import ALICES, BOBS, CAROLS, ITEMS, persona

from quiz.packs.loader import load
from quiz.services.campaigns import Texts

OTHER = "client-facing"
HEADING = {"en": "This quiz is no longer offered here", "es": "Este test ya no se ofrece aquí"}


@pytest.fixture
def take_away(make_app, settings):
    """Starts the house anew with another quiz only, for the same people and the same database."""

    def take_away(taker):
        framed = taker.client.framed
        taker.client = make_app(replace(settings, pack=OTHER, packs=OTHER)).test_client()
        taker.client.framed.update(framed)

    return take_away


@pytest.mark.parametrize("wanted", [ALICES, BOBS, CAROLS, replace(ALICES, private=True)], ids=lambda it: it.name)
def test_it_says_so_and_whom_to_ask_and_its_sites_may_frame_it(taker, ask, take_away, wanted):
    """The page client refuses whatever may be framed otherwise."""
    campaign = ask(wanted)
    taker.client.framed[f"/c/{campaign.public_id}"] = campaign.sites
    take_away(taker)
    for query in ("", "?ref=one", "?invite=x.y"):
        assert taker.get(f"/c/{campaign.public_id}{query}").status_code == 404
        assert (taker.page.heading, taker.page.lang) == (HEADING[taker.language], taker.language)
        assert wanted.contact in taker.page.main.text
        assert wanted.asked_by in taker.page.main.text
        assert not taker.page.main.all("form")
        assert (taker.page.main.get("data-error") == "404") == bool(wanted.sites)


def test_it_speaks_of_no_other_quiz(ana, alices, take_away):
    ana.client.framed[f"/c/{alices.public_id}"] = alices.sites
    take_away(ana)
    ana.get(f"/c/{alices.public_id}")
    other = load(OTHER).texts["es"].pack
    assert other.question not in ana.page.html
    assert other.name not in ana.page.html


def test_a_press_on_a_page_that_was_open_says_the_same_and_keeps_nothing(ben, alices, take_away, database):
    ben.client.framed[f"/c/{alices.public_id}"] = alices.sites
    take_away(ben)
    answer = ben.client.post(f"/c/{alices.public_id}/start", data={"language": "en"})
    assert (answer.status_code, answer.page.heading) == (404, HEADING["en"])
    told = ben.client.post(f"/c/{alices.public_id}/start", headers={"Accept": "application/json"})
    assert (told.status_code, set(told.get_json())) == (404, {"error"})
    assert database.reader().cursor.execute("SELECT count(*) FROM attempts").fetchone() == (0,)


def test_it_is_told_in_the_campaigns_own_words_and_can_be_read_in_the_other_language(ben, ask, take_away):
    campaign = ask(ALICES, {"es": Texts(contact="ayuda@tidewell.example")})
    ben.client.framed[f"/c/{campaign.public_id}"] = campaign.sites
    take_away(ben)
    ben.get(f"/c/{campaign.public_id}")
    assert f"/c/{campaign.public_id}?lang=es" in ben.page.links
    ben.get(f"/c/{campaign.public_id}?lang=es")
    assert ben.page.heading == HEADING["es"]
    assert "ayuda@tidewell.example" in ben.page.main.text


def test_whoever_had_begun_still_gets_their_data(ben, alices, take_away):
    ben.accept(alices).play(persona("clear-hunter"))
    take_away(ben)
    assert ben.data()["answers"]
    assert ben.at(ITEMS[0]).status_code == 404
