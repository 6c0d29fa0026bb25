"""Languages: the browser's, the one asked for, and a change in the middle that loses nothing."""

import pytest
from cast import ITEMS, persona

OTHER = {"es": ("en", "English"), "en": ("es", "Español")}


@pytest.mark.parametrize(
    ("accepted", "spoken"),
    [
        ("es", "es"),
        ("es-MX,es;q=0.9,en;q=0.8", "es"),
        ("en-GB", "en"),
        ("fr, es;q=0.5, en;q=0.3", "es"),
        ("en;q=0.3, es;q=0.5", "es"),
        ("fr", "en"),
        ("", "en"),
        ("\xff\xfe", "en"),
    ],
)
def test_the_landing_speaks_the_language_of_the_browser(client, accepted, spoken):
    assert client.get("/", headers={"Accept-Language": accepted}).page.lang == spoken


@pytest.mark.parametrize("accepted", ["*", "es;q=banana", ";;;", "es" * 4000, "-"])
def test_a_preference_that_says_nothing_is_answered_all_the_same(client, accepted):
    assert client.get("/", headers={"Accept-Language": accepted}).status_code == 200


def test_without_any_preference_the_landing_speaks_english(client):
    assert client.get("/").page.lang == "en"


@pytest.mark.parametrize("path", ["/", "/roles", "/roles/account-manager", "/method", "/privacy"])
@pytest.mark.parametrize("language", ["es", "en"])
def test_the_address_may_ask_for_a_language_and_the_links_keep_it(client, path, language):
    other, name = OTHER[language]
    page = client.get(f"{path}?lang={language}", headers={"Accept-Language": other}).page
    assert page.lang == language
    assert page.one("a", hreflang=other)["href"] == f"{path}?lang={other}"
    assert page.one("a", hreflang=other).text == name
    within = [link for link in page.links if link.startswith("/") and f"lang={other}" not in link]
    assert within
    assert all(link.endswith(f"lang={language}") for link in within)


def test_an_unknown_language_in_the_address_is_passed_over(client):
    assert client.get("/?lang=tlh", headers={"Accept-Language": "es"}).page.lang == "es"


def test_public_pages_say_that_they_vary_with_the_language(client):
    assert "Accept-Language" in client.get("/").headers["Vary"]


def test_an_attempt_speaks_the_language_of_the_page_it_was_started_on(ben):
    ben.get("/?lang=es")
    ben.press("Empezar")
    assert ben.page.lang == "es"
    ben.at("") if ben.place else ben.get(ben.seen.request.path)
    assert ben.page.lang == "es"


def test_a_change_of_language_in_the_middle_keeps_place_and_answers(taker):
    other, name = OTHER[taker.language]
    taker.start()
    for choice in (5, 4, 2, 1):
        taker.choose(choice)
    taker.press(name)
    assert taker.seen.request.path == f"{taker.place}/{ITEMS[4]}"
    assert taker.page.lang == other
    assert taker.page.one("progress")["value"] == "4"
    taker.at(ITEMS[1])
    assert taker.page.one("button", aria_current="true")["value"] == "4"
    taker.press(OTHER[other][1])
    assert taker.seen.request.path == f"{taker.place}/{ITEMS[1]}"
    assert taker.page.lang == taker.language


@pytest.mark.parametrize("step", ["finish", "delete", "result", "result/answers"])
def test_the_language_can_be_changed_on_every_step_of_an_attempt(taker, step):
    other, name = OTHER[taker.language]
    taker.start().answer_all(but=1 if step == "finish" else 0)
    taker.at(step)
    taker.press(name)
    assert taker.seen.request.path == f"{taker.place}/{step}"
    assert taker.page.lang == other


def test_the_language_of_an_attempt_wins_over_browser_and_address(ana):
    ana.start()
    ana.get(f"{ana.place}/{ITEMS[0]}?lang=en", headers={"Accept-Language": "en"})
    assert ana.page.lang == "es"


def test_the_links_of_an_attempt_lead_to_pages_in_its_language(ana):
    ana.start().play(persona("clear-hunter"))
    ana.client.get(f"{ana.place}/result?lang=en")
    public = [link for link in ana.at("result").page.links if link.startswith(("/roles", "/method", "/privacy"))]
    assert public
    assert {link.partition("?")[2] for link in public} == {"lang=es"}


def test_the_first_visitor_does_not_decide_what_the_next_ones_links_ask_for(ana, client):
    client.get("/nothing?lang=es")
    links = ana.get("/elsewhere").page.links
    assert not [link for link in links if link.endswith("lang=es")]


@pytest.mark.parametrize(
    "form",
    [{}, {"language": "tlh"}, {"language": ""}, {"language": ["", "es"]}, {"tongue": "es"}],
)
def test_a_language_that_we_do_not_have_is_refused_and_changes_nothing(ben, form):
    ben.start()
    assert ben.client.post(f"{ben.place}/language", data=form).status_code == 422
    assert ben.at("").page.lang == "en"


@pytest.mark.parametrize(
    "back", ["", "nowhere", "//evil.example", "https://evil.example/", "../../x", "language", "\x00"]
)
def test_a_change_of_language_never_leads_outside_the_attempt(ben, back):
    ben.start()
    response = ben.client.post(f"{ben.place}/language", data={"language": "es", "back": back})
    assert (response.status_code, response.location) == (303, ben.place)


def test_reloading_the_change_of_language_leads_back_to_the_question(ben):
    ben.start().choose(3)
    assert ben.at("language").request.path == f"{ben.place}/{ITEMS[1]}"
