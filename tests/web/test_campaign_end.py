"""The end of a campaign's quiz: a result or only thanks, a link onwards, and the person's own data in either case."""

import re
from dataclasses import replace

import pytest
from cast import ALICES, BOBS, ITEMS, MINIMUM, Taker, persona


def test_a_result_that_is_shown_has_a_link_onwards_that_only_a_press_follows(taker, alices):
    taker.accept(alices).play(persona("clear-hunter"))
    assert taker.page.main["data-step"] == "result"
    onwards = taker.page.one("a", href=ALICES.redirect_url)
    assert (onwards["target"], onwards["rel"]) == ("_top", "noreferrer")
    assert not taker.page.all("meta", http_equiv="refresh")


def test_a_hidden_result_is_nowhere_but_in_the_persons_own_data(taker, ask):
    campaign = ask(replace(BOBS, redirect_url="https://northgate.example/done"))
    taker.accept(campaign).play(persona("clear-hunter"))
    for step in ("result", "result/answers", "result"):
        taker.at(step)
        main = taker.page.main
        assert main["data-step"] == "thanks"
        assert (main["data-answered"], main["data-total"]) == (str(len(ITEMS)), str(len(ITEMS)))
        assert BOBS.asked_by in main.text
        assert BOBS.contact in main.text
        assert not {"data-outcome", "data-role"} & main.attrs.keys()
        assert not re.search("account (executive|manager)", taker.page.text, re.IGNORECASE)
    assert taker.page.one("a", href="https://northgate.example/done")["target"] == "_top"
    assert taker.data()["outcome"]["kind"] == "clear"


def test_without_an_address_there_is_no_link_onwards(taker, bobs):
    taker.accept(bobs).play(persona("clear-hunter"))
    assert not [link for link in taker.page.all("a") if link.get("target")]


def test_the_thanks_can_be_read_in_the_other_language(ben, bobs):
    ben.accept(bobs).play(persona("clear-hunter"))
    ben.press("Español")
    assert (ben.page.lang, ben.page.main["data-step"]) == ("es", "thanks")
    assert BOBS.asked_by in ben.page.main.text


def test_answers_can_still_be_changed_and_lead_to_the_thanks(ben, bobs):
    ben.accept(bobs).play(persona("clear-hunter"))
    before = ben.data()["contrast"]["mean"]
    ben.at(ITEMS[0])
    ben.choose(persona("clear-hunter").answers[ITEMS[0]] % 5 + 1)
    assert ben.at("result").page.main["data-step"] == "thanks"
    assert ben.data()["contrast"]["mean"] != before


def test_finishing_early_works_as_everywhere(taker, bobs):
    taker.accept(bobs)
    for item in ITEMS[:MINIMUM]:
        taker.at(item)
        taker.choose(2)
    taker.client.post(f"{taker.place}/finish")
    taker.at("result")
    assert (taker.page.main["data-step"], taker.page.main["data-answered"]) == ("thanks", str(MINIMUM))


@pytest.mark.parametrize("wanted", [ALICES, BOBS], ids=lambda it: it.name)
def test_the_person_can_take_the_data_along_and_delete_everything(taker, ask, database, wanted):
    taker.accept(ask(wanted), ref="person-7").play(persona("clear-hunter"))
    links = [link["href"] for link in taker.page.all("a")]
    assert {f"{taker.place}/result.json", f"{taker.place}/delete"} <= set(links)
    assert taker.data()["reference"] == ("person-7" if wanted is ALICES else None)
    assert taker.at("delete").status_code == 200
    assert taker.client.post(f"{taker.place}/delete").status_code == 200
    assert database.reader().cursor.execute("SELECT count(*) FROM attempts").fetchone() == (0,)
    assert taker.at("result").status_code == 410


@pytest.mark.parametrize("shows_result", [True, False])
def test_each_campaign_ends_in_its_own_words_whoever_came_before(app, clock, ask, shows_result):
    people = {}
    for wanted in (replace(ALICES, name="One"), replace(BOBS, redirect_url="https://northgate.example/done"), BOBS):
        taker = Taker(app.test_client(), clock, "en").accept(ask(replace(wanted, shows_result=shows_result)))
        taker.play(persona("clear-hunter"))
        people[taker.token] = (taker, wanted)
    for taker, wanted in [*people.values(), *people.values()]:
        main = taker.at("result").page.main
        onwards = [link["href"] for link in main.all("a", target="_top")]
        assert onwards == [address for address in [wanted.redirect_url] if address]
        if not shows_result:
            assert wanted.asked_by in main.text
            assert wanted.contact in main.text


def starts_outside(taker) -> list:
    """The forms that begin an attempt in no campaign."""
    return [form for form in taker.page.all("form") if form["action"].startswith("/start")]


def test_a_result_that_is_not_reliable_never_leads_out_of_its_campaign(ben, alices):
    ben.accept(alices).play(persona("always-3"))
    assert ben.page.main["data-outcome"] == "none"
    assert not starts_outside(ben)


def test_a_result_that_is_not_reliable_offers_a_new_start(ben):
    ben.start().play(persona("always-3"))
    assert starts_outside(ben)
