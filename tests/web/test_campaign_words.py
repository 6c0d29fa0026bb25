"""What a campaign says in its own words, its languages, its dates, and the page that tells who asks."""

from dataclasses import replace

import pytest
from cast import ALICES, BOBS, ITEMS, MINIMUM, START, persona
from page_tree import read
from werkzeug.test import Client

from quiz.services import campaigns
from quiz.services.campaigns import Texts

HOUR = 3_600_000
TEXTS = {
    "es": Texts("Hola a todas.\n\nTómate tu tiempo.", "Responsable: Tidewell.", "Acepto.", "Gracias.\n\nHasta pronto."),
    "en": Texts("Welcome.\n\nTake your time.", "Tidewell is responsible.", "I agree.", "Thanks.\n\nSee you soon."),
}
NASTY = "</p><script>alert(1)</script> {{ 7*7 }} %(x)s <b>"


def paragraphs(element):
    """What somebody wrote, paragraph by paragraph."""
    return [each.text for each in element.all("p") if each.get("class") == "written"]


class TestItsWords:
    """Introduction, privacy notice and thanks: in the page's language, as text."""

    def test_the_first_page_has_the_introduction_and_the_privacy_notice(self, taker, ask):
        campaign = ask(ALICES, TEXTS)
        own, other = TEXTS[taker.language], TEXTS[{"en": "es", "es": "en"}[taker.language]]
        page = taker.get(f"/c/{campaign.public_id}").page
        assert paragraphs(page.main) == [*own.intro.split("\n\n"), own.privacy]
        assert other.privacy not in page.text
        assert own.consent not in page.text  # nobody is asked for a name

    def test_the_thanks_stand_at_the_end_with_a_result_or_without(self, taker, ask):
        for wanted in (ALICES, BOBS):
            taker.accept(ask(wanted, TEXTS)).play(persona("clear-hunter"))
            assert paragraphs(taker.page.main) == TEXTS[taker.language].thanks.split("\n\n")
            assert wanted.readers in taker.page.main.text
            assert wanted.contact in taker.page.main.text
            assert f"{taker.place}/terms" in taker.page.links

    def test_words_that_were_changed_are_shown_at_once(self, ben, ask, database):
        campaign = ask(ALICES, TEXTS)
        ben.accept(campaign).play(persona("clear-hunter"))
        wanted = replace(ALICES, contact="help@tidewell.example", redirect_url="https://tidewell.example/new")
        campaigns.change(database, campaign, wanted, {"en": Texts("Anew.", "", "", "Bye.")}, START)
        assert paragraphs(ben.at("result").page.main) == ["Bye."]
        assert ben.page.one("a", target="_top")["href"] == wanted.redirect_url
        assert "help@tidewell.example" in ben.get(f"{ben.place}/terms").page.main.text
        assert paragraphs(ben.get(f"/c/{campaign.public_id}").page.main) == ["Anew."]

    def test_what_somebody_wrote_is_text_and_never_markup(self, app, ask):
        campaign = ask(replace(BOBS, identification="named"), {it: Texts(NASTY, NASTY, NASTY, NASTY) for it in TEXTS})
        client = Client(app)
        typed = {"name": NASTY, "email": NASTY, "agreed": "yes", "texts": "1"}
        refused = client.post(f"/c/{campaign.public_id}/start", data=typed)
        good = typed | {"email": "mallory@example.org"}
        place = client.post(f"/c/{campaign.public_id}/start", data=good).location.rsplit("/", 1)[0]
        for item in ITEMS:
            client.post(f"{place}/{item}", data={"choice": 3})
        pages = [client.get(path) for path in (f"/c/{campaign.public_id}", f"{place}/terms", f"{place}/result")]
        for page in (refused, *pages):
            root, faults = read(page.get_data(as_text=True))
            assert not faults
            assert not root.one("main").all("script", "b")
            assert NASTY in root.one("main").text or NASTY in [each.get("value") for each in root.all("input")]


class TestItsLanguages:
    """Only the campaign's languages are offered, and the first one is for whoever reads none of them."""

    @pytest.mark.parametrize(
        ("languages", "browser", "asked", "spoken"),
        [
            *((("es", "en"), "fr", "", "es"), (("en", "es"), "fr", "", "en"), (("es", "en"), "en", "", "en")),
            *((("es",), "en", "", "es"), (("es",), "en", "?lang=en", "es"), (("en",), "es", "?lang=es", "en")),
            (("es", "en"), "en", "?lang=es", "es"),
        ],
    )
    def test_the_page_speaks_what_the_campaign_does(self, client, ask, languages, browser, asked, spoken):
        campaign = ask(replace(BOBS, languages=languages))
        page = client.get(f"/c/{campaign.public_id}{asked}", headers={"Accept-Language": browser}).page
        assert page.lang == spoken
        assert [link["lang"] for link in page.all("a") if link.get("hreflang")] == [
            language for language in ("es", "en") if language in languages and language != spoken
        ]

    def test_an_attempt_goes_on_in_the_campaigns_languages_only(self, ana, ask):
        ana.accept(ask(replace(ALICES, languages=("es",)))).play(persona("finished-early"))
        for step in (ITEMS[0], "finish", "delete", "terms", "nowhere"):
            page = ana.at(step).page
            assert page.lang == "es"
            assert not page.all("button", name="language")
            assert not [link for link in page.all("a") if link.get("hreflang")]
        assert ana.client.post(f"{ana.place}/language", data={"language": "en"}).status_code == 422
        ana.client.post(f"{ana.place}/finish")
        assert ana.at("result").page.lang == "es"

    def test_a_start_in_another_language_begins_in_one_that_is_offered(self, client, ask):
        campaign = ask(replace(ALICES, languages=("es",)))
        started = client.post(f"/c/{campaign.public_id}/start", data={"language": "en"})
        client.framed[started.location] = campaign.sites
        assert client.get(started.location).page.lang == "es"


class TestItsDates:
    """Before it opens and after it closes nobody starts; who has begun goes on."""

    @pytest.mark.parametrize(
        ("dates", "date"),
        [({"opens_ms": START + HOUR}, "2027"), ({"closes_ms": START}, "2027"), ({"closes_ms": START - HOUR}, "2027")],
    )
    def test_outside_of_them_the_page_says_kindly_when(self, taker, ask, dates, date):
        campaign = ask(replace(ALICES, **dates))
        refused = taker.get(f"/c/{campaign.public_id}")
        assert refused.status_code == 403
        assert date in refused.page.one("p", role="alert").text
        assert "UTC" in refused.page.one("p", role="alert").text
        assert refused.page.main["data-error"] == "403"
        assert not refused.page.all("form")
        assert ALICES.contact in refused.page.text
        again = taker.client.post(f"/c/{campaign.public_id}/start")
        assert (again.status_code, again.page.all("form")) == (403, [])

    def test_within_them_people_start_and_go_on_afterwards(self, ben, ask, clock):
        ben.accept(ask(replace(ALICES, opens_ms=START, closes_ms=START + HOUR)))
        clock.wait(7200)
        ben.play(persona("clear-hunter"))
        assert ben.page.main["data-step"] == "result"


class TestWhoAsks:
    """The page that tells at any time who asks, who reads it, and what was agreed."""

    def test_every_question_leads_there_and_it_leads_back_and_to_deletion(self, taker, ask):
        taker.accept(ask(ALICES, TEXTS), ref="person-7")
        assert f"{taker.place}/terms" in taker.page.links
        page = taker.at("terms").page
        for told in (ALICES.asked_by, ALICES.purpose, ALICES.readers, ALICES.contact, "90", "person-7"):
            assert told in page.main.text
        assert paragraphs(page.main) == [TEXTS[taker.language].privacy]
        assert {taker.place, f"{taker.place}/delete"} <= set(page.links)
        taker.press({"en": "Español", "es": "English"}[taker.language])
        assert taker.page.main["data-step"] == "terms"
        assert taker.page.lang != taker.language

    def test_who_is_in_no_campaign_has_no_such_page(self, ben):
        ben.start()
        assert not [link for link in ben.page.links if link.endswith("/terms")]
        assert ben.at("terms").status_code == 404


def test_where_the_result_is_hidden_nothing_speaks_of_seeing_it(ben, bobs):
    ben.accept(bobs)
    for item in ITEMS[:MINIMUM]:
        ben.at(item)
        ben.choose(2)
    assert "your result now" not in ben.at("finish").page.text.lower()
    ben.press("Finish now")
    assert ben.page.main["data-step"] == "thanks"
    assert "To your result" not in ben.at(ITEMS[0]).page.text


class TestItsColour:
    """The accent colour comes as a style sheet of its own address."""

    def test_every_page_of_the_campaign_wears_it_and_no_other(self, ben, mallory, ask):
        campaign = ask(replace(ALICES, accent="#b5179e"))
        address = f"/c/{campaign.public_id}/accent.css?"
        ben.accept(campaign)
        ben.get(f"/c/{campaign.public_id}")
        assert self.sheets(ben)[-1].startswith(address)
        for step in (ITEMS[0], "terms", "delete", "nowhere"):
            ben.at(step)
            assert self.sheets(ben)[-1].startswith(address), step
        ben.at(ITEMS[0])
        ben.play(persona("clear-hunter"))
        for step in ("result", "result/answers"):
            ben.at(step)
            assert self.sheets(ben)[-1].startswith(address), step
        for path in ("/", f"/c/{ask(BOBS).public_id}"):
            mallory.get(path)
            assert "accent" not in "".join(self.sheets(mallory)), path

    @staticmethod
    def sheets(taker):
        return [link["href"] for link in taker.page.all("link", rel="stylesheet")]

    def test_it_is_small_keeps_for_ever_and_changes_its_address_with_the_colour(self, ben, ask, database):
        wanted = replace(ALICES, accent="#b5179e")
        campaign = ask(wanted)
        ben.get(f"/c/{campaign.public_id}")
        before = self.sheets(ben)[-1]
        css = ben.client.get(before)
        assert (css.status_code, css.mimetype) == (200, "text/css")
        assert "immutable" in css.headers["Cache-Control"]
        assert "#b5179e" in css.get_data(as_text=True)
        assert len(css.get_data()) < 600
        assert ben.client.get(before.partition("?")[0]).headers["Cache-Control"] == "no-cache"
        campaigns.change(database, campaign, replace(wanted, accent="#1a5fb4"), None, START)
        ben.get(f"/c/{campaign.public_id}")
        assert self.sheets(ben)[-1] != before

    def test_without_one_there_is_no_sheet(self, client, alices):
        assert client.get(f"/c/{alices.public_id}/accent.css").status_code == 404
        assert client.get("/c/nobody/accent.css").status_code == 404
