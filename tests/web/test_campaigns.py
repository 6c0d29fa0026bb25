"""A campaign as its takers meet it: its page, the start, and the reference that they bring along."""

from dataclasses import replace

import pytest
from cast import ALICES, BOBS, CAROLS, ITEMS, persona
from page_tree import read
from test_hostile_input import TYPES
from werkzeug.test import Client

from quiz.services import campaigns
from quiz.services.library import Library

TERMS = {
    "en": ["Who asks", "What for", "Who reads it", "What is kept", "How long", "Whom to ask"],
    "es": ["Quién lo pide", "Para qué", "Quién lo lee", "Qué se guarda", "Durante cuánto tiempo", "A quién preguntar"],
}
NASTY = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>&lt;"


def kept(database):
    """The campaign, reference and language of each attempt."""
    rows = database.reader().cursor
    return rows.execute("SELECT campaign_id, reference, language FROM attempts ORDER BY id").fetchall()


class TestItsPage:
    """The page says, before anything starts, what a person needs to know."""

    def test_it_says_who_asks_what_for_who_reads_how_long_and_whom_to_ask(self, taker, alices):
        page = taker.get(f"/c/{alices.public_id}").page
        assert page.lang == taker.language
        terms = dict(zip((it.text for it in page.all("dt")), (it.text for it in page.all("dd")), strict=True))
        assert list(terms) == TERMS[taker.language]
        who, purpose, readers, what, how_long, contact = terms.values()
        assert (who, purpose) == (ALICES.asked_by, ALICES.purpose)
        assert (readers, contact) == (ALICES.readers, ALICES.contact)
        assert "90" in how_long
        assert {"en": "the reference in your link", "es": "la referencia de tu enlace"}[taker.language] in what

    def test_it_speaks_of_a_reference_only_where_there_is_one(self, ben, bobs):
        assert "reference" not in ben.get(f"/c/{bobs.public_id}").page.text

    def test_the_name_the_secret_and_the_number_stay_with_who_asks(self, ben, alices):
        html = ben.get(f"/c/{alices.public_id}").get_data(as_text=True)
        assert alices.name not in html
        assert alices.secret not in html

    def test_it_is_for_nobodys_cache_and_nobodys_index(self, client, alices):
        headers = client.get(f"/c/{alices.public_id}").headers
        assert headers["Cache-Control"] == "no-store"
        assert "noindex" in headers["X-Robots-Tag"]

    @pytest.mark.parametrize(("language", "other"), [("en", "es"), ("es", "en")])
    def test_another_language_keeps_the_reference(self, ben, alices, database, language, other):
        page = ben.get(f"/c/{alices.public_id}", query_string={"lang": language, "ref": "a&b=c é"}).page
        switched = ben.get(page.one("a", lang=other)["href"])
        assert switched.page.lang == other
        form = switched.page.one("form")
        ben.client.post(form["action"], data={each["name"]: each["value"] for each in form.all("input")})
        assert kept(database) == [(1, "a&b=c é", other)]

    @pytest.mark.parametrize("public_id", ["nobody", "", "%00", "..", "a" * 5000, "%F0%9F%A6%86", "%ED%A0%80", "'"])
    def test_there_is_nothing_where_there_is_no_campaign(self, client, alices, public_id):
        assert client.get(f"/c/{public_id}").status_code == 404
        assert client.post(f"/c/{public_id}/start").status_code in (404, 405)

    def test_there_is_nothing_either_when_its_pack_is_no_longer_run(self, client, alices, app):
        house = app.extensions["rolefit"]
        gone = replace(house, library=Library({}, house.library.main))
        app.extensions["rolefit"] = gone
        assert client.get(f"/c/{alices.public_id}").status_code == 404
        assert client.post(f"/c/{alices.public_id}/start").status_code == 404
        app.extensions["rolefit"] = house

    def test_what_somebody_wrote_is_text_and_never_markup(self, app, ask, ben):
        texts = dict.fromkeys(("asked_by", "purpose", "readers", "contact"), f"{NASTY} {{{{ 7*7 }}}} %(x)s {{% raw %}}")
        campaign = ask(replace(BOBS, **texts, redirect_url='https://x.example/"><script>alert(1)</script>'))
        stranger = Client(app)  # the page client refuses what looks like a template's leftovers
        ben.accept(ask(CAROLS))
        place = stranger.post(f"/c/{campaign.public_id}/start").location.rsplit("/", 1)[0]
        for item in ITEMS:
            stranger.post(f"{place}/{item}", data={"choice": 3})
        for path in (f"/c/{campaign.public_id}", f"{place}/result"):
            html = stranger.get(path).get_data(as_text=True)
            root, faults = read(html)
            assert not faults
            assert texts["asked_by"] in root.one("main").text
            assert not root.one("main").all("script", "img")
            assert "<script>alert" not in html


class TestStarting:
    """Starting: open campaigns only, with a reference that the campaign takes."""

    def test_a_press_begins_an_attempt_of_the_campaign_in_the_pages_language(self, taker, alices, database):
        taker.accept(alices, ref="person 7")
        assert kept(database) == [(alices.id, "person 7", taker.language)]
        assert taker.page.main["data-step"] == "question"
        assert taker.page.lang == taker.language

    def test_a_reload_of_the_start_leads_back_to_the_page(self, client, alices):
        for query in ("", "?lang=es"):
            response = client.get(f"/c/{alices.public_id}/start{query}")
            assert (response.status_code, response.location) == (303, f"/c/{alices.public_id}{query}")

    def test_a_script_gets_the_address_as_json(self, client, alices):
        response = client.post(f"/c/{alices.public_id}/start", headers={"Accept": "application/json"})
        assert response.status_code == 200
        assert response.get_json()["next"].endswith(f"/{ITEMS[0]}")

    @pytest.mark.parametrize("state", ["paused", "closed"])
    def test_who_began_goes_on_when_nobody_can_start_any_more(self, taker, mallory, ask, database, state):
        campaign = ask(ALICES)
        taker.accept(campaign)
        campaigns.set_state(database, campaign.public_id, state)
        refused = mallory.get(f"/c/{campaign.public_id}")
        assert refused.status_code == 403
        assert refused.page.all(role="alert")
        assert refused.page.main["data-error"] == "403"  # the page around it is told
        assert not refused.page.all("form")
        assert ALICES.contact in refused.page.text
        assert mallory.client.post(f"/c/{campaign.public_id}/start").status_code == 403
        assert len(kept(database)) == 1
        taker.play(persona("clear-hunter"))
        assert taker.page.main["data-step"] == "result"
        campaigns.set_state(database, campaign.public_id, "open")
        assert mallory.get(f"/c/{campaign.public_id}").status_code == 200

    @pytest.mark.parametrize(
        ("state", "dates", "said"),
        [
            ("paused", {}, "Nobody can start here at the moment."),
            ("closed", {}, "This has closed."),
            ("paused", {"closes_ms": 10**12}, "This ended on"),
            ("closed", {"closes_ms": 10**12}, "This has closed."),
        ],
    )
    def test_who_comes_too_late_is_not_told_to_wait(self, client, ask, database, state, dates, said):
        campaign = ask(replace(ALICES, **dates))
        campaigns.set_state(database, campaign.public_id, state)
        told = client.get(f"/c/{campaign.public_id}?lang=en").page.one(role="alert").text
        assert told.startswith(said)
        assert ("at the moment" in told) == (said.startswith("Nobody"))

    @pytest.mark.parametrize("spoken", ["fr", "", "es; DROP", "\x00", "ES"])
    def test_a_language_that_we_do_not_have_is_not_taken(self, client, alices, database, spoken):
        client.post(f"/c/{alices.public_id}/start", data={"language": spoken}, headers={"Accept-Language": "es"})
        assert kept(database)[0][2] == "es"


class TestReferences:
    """References: none, plain or signed; what is not right starts nothing."""

    @staticmethod
    def arrive(client, campaign, reference):
        """The statuses of the page and of the start, with a reference in the address or none."""
        query = {} if reference is None else {"ref": reference}
        page = client.get(f"/c/{campaign.public_id}", query_string=query)
        return page.status_code, client.post(f"/c/{campaign.public_id}/start", data=query).status_code

    @pytest.mark.parametrize("reference", [None, "", "anything", "x" * 5000, "a\nb", "\ud7ff"])
    def test_a_campaign_without_references_keeps_none(self, client, bobs, database, reference):
        assert self.arrive(client, bobs, reference) == (200, 303)
        assert kept(database)[0][1] is None

    @pytest.mark.parametrize("reference", ["7", "ana@example.org", "x" * 200, "Åsa 🦆", "<b>", "'--", "a.b.c"])
    def test_a_plain_reference_is_kept_as_it_is(self, client, alices, database, reference):
        assert self.arrive(client, alices, reference) == (200, 303)
        assert kept(database)[0][1] == reference

    @pytest.mark.parametrize("reference", [None, ""])
    def test_a_plain_reference_may_be_missing(self, client, alices, database, reference):
        assert self.arrive(client, alices, reference) == (200, 303)
        assert kept(database)[0][1] is None

    @pytest.mark.parametrize(
        "reference", ["x" * 201, "x" * 9000, "a\r\nSet-Cookie: b=c", "a\nb", "\x00", "\x1b[31m", "\ue000token\ue001"]
    )
    @pytest.mark.parametrize("kind", ["plain", "signed"])
    def test_a_reference_that_nobody_has_starts_nothing(self, client, ask, database, kind, reference):
        assert self.arrive(client, ask(replace(ALICES, identification=kind)), reference) == (403, 403)
        assert kept(database) == []

    @pytest.mark.parametrize("raw", ["%ED%A0%80", "%ff%fe", "%00", "%0d%0aSet-Cookie:%20a=b", "%"])
    def test_bytes_that_are_no_text_break_nothing(self, client, alices, raw):
        for response in (
            client.get(f"/c/{alices.public_id}?ref={raw}"),
            client.post(f"/c/{alices.public_id}/start", data=f"ref={raw}", content_type=TYPES[0]),
        ):
            assert response.status_code in (200, 303, 403)
            assert all("\n" not in value and "Set-Cookie" not in value for _, value in response.headers)

    def test_a_signed_reference_is_kept_without_its_signature(self, taker, ask, database):
        campaign = ask(replace(ALICES, identification="signed"))
        taker.accept(campaign, ref=campaigns.reference_for(campaign, "person.7"))
        assert kept(database)[0][1] == "person.7"
        assert taker.client.get(f"/c/{campaign.public_id}").status_code == 403

    def test_a_reference_that_another_signed_or_somebody_changed_starts_nothing(self, client, ask, database):
        campaign, other = (ask(replace(wanted, identification="signed")) for wanted in (ALICES, BOBS))
        good = campaigns.reference_for(campaign, "person-7")
        forged = [
            *(None, "", "person-7", "person-7.", f".{good}", f"{good}x", good[:-1], good.replace("7", "8")),
            *(good.swapcase(), campaigns.reference_for(other, "person-7"), good.partition(".")[2], good * 50),
        ]
        for reference in forged:
            assert self.arrive(client, campaign, reference) == (403, 403), reference
        assert kept(database) == []
        assert self.arrive(client, campaign, good) == (200, 303)

    def test_one_persons_reference_is_never_on_anothers_page(self, client, alices):
        for own, other in (("person-7", "person-8"), ("person-8", "person-7")):
            html = client.get(f"/c/{alices.public_id}?ref={own}").get_data(as_text=True)
            assert own in html
            assert other not in html
