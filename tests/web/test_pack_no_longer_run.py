"""Attempts whose quiz is no longer run: the pages say so, and the data can still be taken along and deleted."""

from dataclasses import replace

import pytest
from cast import ITEMS, persona
from test_deleting import DELETE, rows

from quiz.packs.loader import load

HEADING = {"en": "This quiz is no longer run here", "es": "Este test ya no se ofrece aquí"}
JSON = {"Accept": "application/json"}
PAGES = ["", ITEMS[0], "finish", "result", "result/answers", "nowhere"]
OTHER = "client-facing"


@pytest.fixture
def take_away(make_app, settings):
    """Starts the house anew with another quiz only, for the same people and the same database."""

    def take_away(*takers):
        app = make_app(replace(settings, pack=OTHER, packs=OTHER))
        for taker in takers:
            framed = taker.client.framed
            taker.client = app.test_client()
            taker.client.framed.update(framed)

    return take_away


@pytest.fixture
def finished(taker, take_away):
    """Somebody who finished the quiz that is run no more, in both languages one after the other."""
    taker.start().play(persona("clear-hunter"))
    taker.kept = taker.data()
    take_away(taker)
    return taker


@pytest.mark.parametrize("step", PAGES)
def test_every_page_says_why_there_is_nothing_and_what_is_still_theirs(finished, step):
    response = finished.at(step)
    assert response.status_code == 404
    assert finished.page.heading == HEADING[finished.language]
    assert finished.page.lang == finished.language
    assert response.headers["Cache-Control"] == "no-store"
    assert {f"{finished.place}/result.json", f"{finished.place}/delete"} <= {
        link["href"] for link in finished.page.main.all("a")
    }


def test_ones_own_data_is_given_as_before(finished):
    assert finished.data() == finished.kept
    assert list(finished.data()) == list(finished.kept)


def test_one_press_deletes_everything(finished, database):
    finished.at("result")
    finished.get(f"{finished.place}/delete")
    assert finished.page.main["data-step"] == "delete"
    finished.press(DELETE[finished.language])
    assert (finished.seen.status_code, finished.page.lang) == (200, finished.language)
    assert rows(database) == {"tombstones": 1}
    assert finished.at("result").status_code == 410


def test_no_page_of_it_speaks_of_another_quiz(ana, take_away):
    ana.start().play(persona("clear-hunter"))
    take_away(ana)
    others = load(OTHER).texts["es"].pack
    for step in ("result", "delete"):
        ana.at(step)
        assert others.question not in ana.page.html
    ana.press(DELETE["es"])
    assert others.question not in ana.page.html
    assert not [link for link in ana.page.main.all("a") if "roles" in link["href"]]


def test_the_language_can_still_be_changed(ben, take_away):
    ben.start().play(persona("clear-hunter"))
    take_away(ben)
    ben.at("result")
    ben.press("Español")
    assert (ben.page.heading, ben.page.lang) == (HEADING["es"], "es")


def test_who_has_not_finished_is_offered_to_delete_and_no_data_that_are_not_there(ben, take_away, database):
    ben.start().choose(3)
    take_away(ben)
    assert ben.at(ITEMS[1]).status_code == 404
    assert ben.page.heading == HEADING["en"]
    assert f"{ben.place}/result.json" not in ben.page.links
    assert ben.client.get(f"{ben.place}/result.json").status_code == 404
    ben.get(f"{ben.place}/delete")
    ben.press(DELETE["en"])
    assert rows(database) == {"tombstones": 1}


def test_an_answer_is_not_kept_and_a_script_is_told_why(ben, take_away, database):
    ben.start().choose(3)
    take_away(ben)
    response = ben.client.post(f"{ben.place}/{ITEMS[1]}", data={"choice": 3}, headers=JSON)
    assert (response.status_code, set(response.get_json())) == (404, {"error"})
    assert HEADING["en"] in response.get_json()["error"]
    assert ben.client.post(f"{ben.place}/finish").status_code == 404
    assert rows(database) == {"attempts": 1, "answers": 1}


@pytest.mark.parametrize("which", ["alices", "bobs", "carols"])
def test_a_campaigns_sites_frame_it_all_and_nobody_else(request, ben, take_away, database, which):
    """The page client refuses whatever may be framed otherwise."""
    campaign = request.getfixturevalue(which)
    ben.accept(campaign).play(persona("clear-hunter"))
    kept = ben.data()
    take_away(ben)
    for step in PAGES:
        assert ben.at(step).status_code == 404
        assert ben.page.heading == HEADING["en"]
        assert (ben.page.main.get("data-error") == "404") == bool(campaign.sites)
    assert f"{ben.place}/terms" in ben.page.links
    assert ben.at("terms").status_code == 200
    assert campaign.contact in ben.page.text
    assert ben.data() == kept
    ben.at("delete")
    ben.press(DELETE["en"])
    assert ben.seen.status_code == 200
    assert not ben.page.main.all("a", class_="primary")  # the campaign's first page is gone as well
    assert rows(database) == {"tombstones": 1}


def test_a_page_of_it_shows_no_next_visitor_anothers_link(ana, ben, take_away):
    ana.start().choose(3)
    ben.start().choose(3)
    ben.client.post(f"{ben.place}/language", data={"language": "es"})
    take_away(ana, ben)
    for step in ("result", "delete"):
        ana.at(step)
        assert ana.token not in ben.at(step).get_data(as_text=True)
