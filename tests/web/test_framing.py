"""Who may frame an answer: a campaign's own sites, on every answer of that campaign; nobody, on every other."""

from dataclasses import replace
from urllib.parse import urljoin

import pytest
from cast import ALICES, BOBS, CAROLS, ITEMS, MINIMUM, Taker, persona

from quiz.services import campaigns
from quiz.web.express import Express

FORM = "application/x-www-form-urlencoded"
HUGE = {"choice": "9" * 20000}

PAGE = [
    ("GET", "", None, 200),
    ("HEAD", "", None, 200),
    ("GET", "?lang=es", None, 200),
    ("GET", "?ref=one-person", None, 200),
    ("GET", "/start", None, 303),
    ("POST", "/start", "{}", 415),
    ("POST", "/start", HUGE, 413),
]
"""What a campaign's own address answers, as method, rest of the address, form and status."""
BEGUN = [
    ("GET", "", None, 303),
    ("GET", f"/{ITEMS[0]}", None, 200),
    ("HEAD", f"/{ITEMS[0]}", None, 200),
    ("GET", f"/{ITEMS[0]}", None, 200),
    ("POST", f"/{ITEMS[0]}", {"choice": "3"}, 303),
    ("POST", f"/{ITEMS[0]}", {}, 422),
    ("POST", f"/{ITEMS[0]}", {"choice": "6"}, 422),
    ("POST", f"/{ITEMS[0]}", "{}", 415),
    ("POST", f"/{ITEMS[0]}", HUGE, 413),
    ("GET", "/nowhere", None, 404),
    ("POST", "/nowhere", {"choice": "3"}, 404),
    ("GET", "/finish", None, 303),
    ("POST", "/finish", {}, 303),
    ("GET", "/result", None, 303),
    ("GET", "/result/answers", None, 303),
    ("GET", "/result.json", None, 404),
    ("POST", "/language", {"language": "es", "back": ITEMS[1]}, 303),
    ("POST", "/language", {"language": "en"}, 303),
    ("POST", "/language", {"language": "xx"}, 422),
    ("POST", "/language", "{}", 415),
    ("GET", "/language", None, 303),
    ("GET", "/terms", None, 200),
    ("GET", "/delete", None, 200),
    ("POST", "/delete", "{}", 415),
]
"""What an attempt answers that has just begun."""
ENOUGH = [("GET", "/finish", None, 200), ("POST", "/finish", {}, 303)]
FINISHED = [
    ("GET", "", None, 303),
    ("GET", f"/{ITEMS[0]}", None, 200),
    ("GET", "/result", None, 200),
    ("HEAD", "/result", None, 200),
    ("GET", "/result.json", None, 200),
    ("POST", f"/{ITEMS[0]}", {"choice": "4"}, 303),
]
LAST = [("POST", "/delete", {}, 200)]


def ask_for(client, base, step, **headers):
    """One answer, no redirect followed, gzip refused so that the page client reads the page."""
    method, rest, form, _ = step
    kind = "application/json" if isinstance(form, str) else FORM if form is not None else None
    return client.open(f"{base}{rest}", method=method, data=form, content_type=kind, headers=headers)


def framers(response):
    """Who may frame an answer: the last rule of the one policy that it has."""
    (policy,) = response.headers.getlist("Content-Security-Policy")
    return policy.partition("frame-ancestors ")[2]


def check(client, base, steps, sites):
    for step in steps:
        for accepted in ("text/html", "application/json"):
            if accepted == "application/json" and step[3] == 200 and step[0] == "POST":
                continue  # it cannot be deleted twice
            response = ask_for(client, base, step, Accept=accepted)
            expected = {step[3], 200} if step[3] == 303 else {step[3]}
            assert response.status_code in expected, f"{step} {accepted}"
            assert framers(response) == sites, f"{step} {accepted}"
            response.close()


@pytest.mark.parametrize("wanted", [ALICES, BOBS, CAROLS, replace(ALICES, shows_result=False)], ids=lambda it: it.name)
def test_every_answer_of_a_campaign_may_be_framed_by_exactly_its_sites(ben, ask, wanted):
    campaign = ask(wanted)
    sites = " ".join(wanted.sites) or "'none'"
    client = ben.client
    check(client, f"/c/{campaign.public_id}", PAGE, sites)
    started = client.post(f"/c/{campaign.public_id}/start")
    assert (started.status_code, framers(started)) == (303, sites)
    ben.accept(campaign)
    check(client, ben.place, BEGUN, sites)
    for item in ITEMS[:MINIMUM]:
        client.post(f"{ben.place}/{item}", data={"choice": 3})
    check(client, ben.place, ENOUGH, sites)
    check(client, ben.place, FINISHED, sites)
    answers = client.get(f"{ben.place}/result/answers")
    assert (answers.status_code, framers(answers)) == (200 if wanted.shows_result else 303, sites)
    check(client, ben.place, LAST, sites)


def test_a_refused_start_may_be_framed_so_that_the_person_can_read_why(ben, alices, database):
    campaigns.set_state(database, alices.public_id, "paused")
    for step in (("GET", "", None, 403), ("POST", "/start", {}, 403)):
        assert framers(ask_for(ben.client, f"/c/{alices.public_id}", step)) == alices.sites


def test_too_many_starts_may_be_framed(make_app, settings, ask, alices):
    client = make_app(replace(settings, start_limit="1 per hour")).test_client()
    client.framed[f"/c/{alices.public_id}"] = alices.sites
    assert client.post(f"/c/{alices.public_id}/start").status_code == 303
    refused = client.post(f"/c/{alices.public_id}/start")
    assert (refused.status_code, framers(refused)) == (429, alices.sites)


def test_an_unforeseen_error_may_be_framed(ben, alices, monkeypatch):
    ben.accept(alices)
    monkeypatch.setattr("quiz.services.take.next_item", lambda *_: 1 / 0)
    for response in (ben.client.get(ben.place), ben.client.post(f"{ben.place}/{ITEMS[0]}", data={"choice": 3})):
        assert (response.status_code, framers(response)) == (500, alices.sites)


def test_every_page_in_a_frame_leads_only_to_where_a_frame_can_go(ben, alices):
    """What nobody may frame would stay blank there, so it opens beside the frame or in its place."""
    ben.accept(alices).play(persona("clear-hunter"))
    campaign = f"/c/{alices.public_id}"
    steps = (ITEMS[0], "nowhere", "terms", "delete", "result", "result/answers")
    for path in (campaign, *(f"{ben.place}/{step}" for step in steps)):
        check_links(path, ben.client.get(path).page, ben.place, campaign)
    refused = ben.client.post(f"{campaign}/start", data="{}", content_type="application/json")
    check_links(f"{campaign}/start", refused.page, campaign)
    check_links(f"{ben.place}/delete", ben.client.post(f"{ben.place}/delete").page, ben.place, campaign)


def check_links(here, page, *framed):
    for link in page.all("a"):
        inside = link["href"].startswith("#") or urljoin(here, link["href"]).startswith(framed)
        assert inside or link.get("target") in ("_blank", "_top"), link.attrs


@pytest.mark.parametrize("path", ["/", "/roles", "/method", "/privacy", "/c/nobody", "/c/nobody/start", "/embed.js"])
def test_nothing_else_may_be_framed(client, alices, path):
    for _ in range(2):
        assert framers(client.get(path)) == "'none'"
        assert framers(client.post(path)) == "'none'"


class TestAlternating:
    """Requests of two campaigns, of one without sites and of none in turn: nobody gets another's page."""

    @pytest.fixture
    def people(self, app, clock, alices, bobs, carols):
        """Four people with everything that is another's, by the sites that may frame their pages."""
        found = []
        for campaign in (alices, bobs, carols, None):
            taker = Taker(app.test_client(), clock, "en")
            taker.accept(campaign) if campaign else taker.start()
            own = (taker.token, *((campaign.sites, campaign.asked_by) if campaign else ()))
            found.append((taker, campaign.sites if campaign else "", {text for text in own if text}))
        return found

    @staticmethod
    def in_turn(people, steps):
        everything = set().union(*(own for _, _, own in people))
        for step in steps:
            for _ in range(2):  # what one request leaves ready, the next one finds
                for taker, sites, own in people:
                    response = ask_for(taker.client, taker.place, step)
                    assert framers(response) == (sites or "'none'"), step
                    html = response.get_data(as_text=True)
                    assert [text for text in everything - own if text in html] == [], step
                    if response.mimetype == "text/html" and step[0] != "HEAD" and response.status_code != 303:
                        assert response.page.main.get("data-sites") == (sites or None), step
                        assert ("frame.js" in html or "/frame." in html) == bool(sites), step

    def test_at_every_step(self, people):
        self.in_turn(people, BEGUN)
        for taker, *_ in people:
            for item in ITEMS[:MINIMUM]:
                taker.client.post(f"{taker.place}/{item}", data={"choice": 3})
        self.in_turn(people, ENOUGH)
        self.in_turn(people, [*FINISHED, ("GET", "/delete", None, 200)])
        for taker, sites, _ in people:
            assert framers(taker.client.post(f"{taker.place}/delete")) == (sites or "'none'")

    def test_in_the_opposite_order(self, people):
        self.in_turn(people[::-1], BEGUN)

    def test_on_the_same_result(self, people):
        for taker, *_ in people:
            taker.at(ITEMS[0])
            taker.play(persona("clear-hunter"))
        self.in_turn(people, [("GET", "/result", None, 200)])

    def test_only_who_is_in_no_campaign_goes_through_the_express_door(self, app, people):
        express = app.wsgi_app
        while not isinstance(express, Express):
            express = express.application
        flask, handed_on = express.app, []

        def counting(environ, start_response):
            handed_on.append(environ["PATH_INFO"])
            return flask(environ, start_response)

        for taker, *_ in people:
            taker.at(ITEMS[0])
            taker.play(persona("clear-hunter"))
            taker.at("result")
            taker.at(ITEMS[0])
        express.app = counting
        for taker, *_ in people:
            for step in (ITEMS[0], "result"):
                taker.client.get(f"{taker.place}/{step}")
            taker.client.post(f"{taker.place}/{ITEMS[0]}", data="choice=3", content_type=FORM)
        expected = [f"{taker.place}/{step}" for taker, *_ in people[:3] for step in (ITEMS[0], "result", ITEMS[0])]
        assert handed_on == expected
