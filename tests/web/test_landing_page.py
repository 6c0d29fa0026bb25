"""The landing page: what this is, how long it takes, what is kept; one press starts."""

import json
from dataclasses import replace

import pytest
from cast import ITEMS, content

from quiz.core.explain import prospect
from quiz.core.measure import Measure


def test_the_landing_says_what_it_is_for_and_what_one_gets(taker):
    words = content().texts[taker.language].pack
    page = taker.get("/").page
    assert page.heading == words.name
    for text in (words.question, words.lead, words.limits, *words.gets):
        assert text in page.main.text


@pytest.mark.parametrize(
    ("language", "told"),
    [("en", ("32 questions", "about 5 minutes")), ("es", ("32 preguntas", "unos 5 minutos"))],
)
def test_the_landing_says_how_long_it_takes(client, language, told):
    text = client.get(f"/?lang={language}").page.main.text
    assert len(ITEMS) == 32
    assert content().minutes == 5
    for words in told:
        assert words in text


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", ("17 days", "71 days", "No name, no email, no account, no cookie", "gone at once")),
        ("es", ("17 días", "71 días", "cookie", "al momento")),
    ],
)
@pytest.mark.parametrize("path", ["/", "/privacy"])
def test_landing_and_privacy_say_what_is_kept_and_how_long_as_the_settings_have_it(
    make_app, settings, path, language, told
):
    app = make_app(replace(settings, retain_unfinished_days=17, retain_finished_days=71))
    text = app.test_client().get(f"{path}?lang={language}").page.main.text
    for words in told:
        if path == "/" or "account" not in words:
            assert words in text


def test_one_press_starts_at_the_first_question(taker):
    assert taker.start().seen.request.path == f"{taker.place}/{ITEMS[0]}"
    assert taker.page.lang == taker.language


def test_a_start_keeps_nothing_but_an_empty_attempt(ben, database):
    ben.start()
    assert database.reader().cursor.execute("SELECT count(*) FROM attempts").fetchone() == (1,)
    assert database.reader().cursor.execute("SELECT count(*) FROM answers").fetchone() == (0,)


def test_every_start_has_a_link_of_its_own_that_nobody_can_guess(ben):
    tokens = {ben.start().token for _ in range(20)}
    assert len(tokens) == 20
    assert all(len(token) == 43 for token in tokens)


def test_opening_the_address_of_a_press_leads_back_and_starts_nothing(client, database):
    response = client.get("/start?lang=es")
    assert (response.status_code, response.location) == (303, "/?lang=es")
    assert client.get("/start").location == "/"
    assert database.reader().cursor.execute("SELECT count(*) FROM attempts").fetchone() == (0,)


def test_landing_links_to_the_roles_the_method_and_privacy(client):
    links = client.get("/").page.links
    roles = {f"/roles/{role}" for role in content().pack.role_ids}
    assert {"/roles", "/method", "/privacy"} | roles <= set(links)


def test_a_contact_is_shown_only_where_one_is_set(make_app, settings):
    app = make_app(replace(settings, contact="team@example.org"))
    assert "mailto:team@example.org" in app.test_client().get("/privacy").page.links
    app = make_app(settings)
    assert not [link for link in app.test_client().get("/privacy").page.links if link.startswith("mailto:")]


def test_the_method_page_says_the_figures_the_rules_and_the_prohibited_uses(client):
    text = client.get("/method?lang=en").page.main.text
    simulated = json.loads(content().folder.joinpath("simulated.json").read_text())
    reliability = f"{prospect(Measure(content().pack), ITEMS).reliability_then:.2f}"
    shares = [f"{round(100 * simulated[share])} of 100" for share in ("called", "accuracy_when_called")]
    told = ("select or reject", "no norms", "no criterion validity", "80%", "95%", "expert judgement")
    for words in (*told, *shares, reliability):
        assert words in text


def test_privacy_says_that_only_a_fingerprint_of_the_link_is_kept(client):
    assert "hash" in client.get("/privacy?lang=en").page.main.text
    assert "hash" in client.get("/privacy?lang=es").page.main.text
