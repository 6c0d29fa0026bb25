"""The log: a line for each request, with its id, and nothing of anybody in it."""

from __future__ import annotations

import json
import logging
import re
import sys
from dataclasses import replace

import pytest
from cast import ALICES, ITEMS, persona
from werkzeug.test import Client

from quiz.services.campaigns import Wanted
from quiz.services.tally import Tally
from quiz.web.logs import Json, Text, scrub
from quiz.web.watch import CELLS, KINDS, BrokenOff, Watch

ADDRESS = "192.0.2.77"


@pytest.fixture
def talkative(make_app, settings):
    """An application that logs as JSON."""
    return make_app(replace(settings, log_format="json"))


def lines(capfd):
    return [json.loads(line) for line in capfd.readouterr().err.splitlines() if line.startswith("{")]


def test_each_request_is_one_line_with_rule_status_and_time(talkative, capfd):
    client = talkative.test_client()
    started = client.post("/start", data={"language": "en"})
    place = started.location
    client.cookie_path = "/hr"
    answers = [
        started,
        client.get(place),
        client.get(place),
        client.post(place, data={"choice": "3"}),
        client.get("/nothing/here"),
        client.get("/hr/"),
    ]
    for answer in answers:  # what is not made whole is not done: here nobody reads it
        answer.close()
    told = lines(capfd)
    assert sorted((line["method"], line["rule"], line["status"]) for line in told) == sorted(
        [
            ("POST", "/start", 303),
            ("GET", "/a/<token>/<item_id>", 200),
            ("GET", "/a/<token>/<item_id>", 200),
            ("POST", "/a/<token>/<item_id>", 303),
            ("GET", "-", 404),
            ("GET", "/hr/", 302),
        ]
    )
    for line in told:
        assert set(line) == {"at", "level", "event", "id", "method", "rule", "status", "ms"}
        assert line["ms"] >= 0
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", line["at"])


def test_a_whole_visit_leaves_no_token_address_name_or_answer(talkative, clock, ask, capfd, caplog):
    campaign = ask(
        Wanted(
            "Named",
            *(getattr(ALICES, name) for name in ("asked_by", "purpose", "readers", "contact")),
            identification="named",
        )
    )
    client = talkative.test_client()
    client.environ_base["REMOTE_ADDR"] = ADDRESS
    secrets = {ADDRESS, campaign.public_id, "Ana Gómez", "ana@tidewell.example", "choice"}
    for start in ("/start", f"/c/{campaign.public_id}/start?ref=r-4711"):
        form = {"language": "en", "name": "Ana Gómez", "email": "ana@tidewell.example", "agreed": "yes", "texts": "0"}
        place = client.post(start, data=form).headers["Location"]
        token = place.split("/")[2]
        secrets |= {token, token[:16]}
        for item in ITEMS:
            client.get(f"/a/{token}/{item}?name=Ana+Gómez")
            client.post(f"/a/{token}/{item}", data={"choice": str(persona("clear-hunter").answers[item])})
        for step in ("", "/result", "/result/answers", "/result.json", "/nothing", "/delete"):
            client.get(f"/a/{token}{step}")
        client.post(f"/a/{token}/delete")
        client.get(f"/a/{token}/result")
    said = capfd.readouterr().err + caplog.text
    assert len(said.splitlines()) > 2 * len(ITEMS)
    assert [secret for secret in (*secrets, *ITEMS) if secret in said] == []


@pytest.mark.parametrize("given", ["0123abcd-4567", "A" * 64])
def test_the_id_of_a_proxy_is_kept_and_returned(talkative, capfd, given):
    response = talkative.test_client().get("/", headers={"X-Request-Id": given})
    assert response.headers["X-Request-Id"] == given
    assert lines(capfd)[-1]["id"] == given


@pytest.mark.parametrize(
    "given", ["short", "A" * 65, "a b c d e f g h", 'x","admin":"yes', "ana@tidewell.example", "é" * 9]
)
def test_an_id_that_could_be_anything_is_replaced(talkative, capfd, given):
    response = talkative.test_client().get("/", headers={"X-Request-Id": given})
    assert re.fullmatch(r"[0-9a-f]{12}-[0-9a-f]{6,}", response.headers["X-Request-Id"])
    assert given not in capfd.readouterr().err


def test_no_two_requests_have_the_same_id(client):
    assert len({client.get("/healthz").headers["X-Request-Id"] for _ in range(5)}) == 5


def test_above_info_only_failures_are_logged(make_app, settings, capfd, monkeypatch):
    app = make_app(replace(settings, log_format="json", log_level="ERROR"))
    app.test_client().get("/")
    assert lines(capfd) == []
    monkeypatch.setattr("quiz.web.taker.landing.public", lambda *_: 1 / 0)
    app.test_client().get("/")
    assert [line["status"] for line in lines(capfd) if line["event"] == "request"] == [500]


def test_what_fails_outside_flask_is_answered_and_logged_by_us_and_not_by_the_server(settings, capfd, caplog):
    def broken(environ, start_response):
        raise RuntimeError("no luck with /a/hoWeZCYfxVnhh6MVN-NF1o-U7qSTxlEj7uA7_OiL3Ks/x")

    app = Watch(broken, replace(settings, log_format="json"), Tally("x", [f"{k}:{c}" for k in KINDS for c in CELLS]))
    response = Client(app).get("/a/x/y")
    assert (response.status_code, response.headers["Cache-Control"]) == (500, "no-store")
    assert lines(capfd)[-1]["status"] == 500
    record = caplog.records[-1]
    assert "RuntimeError" in Json().format(record)
    assert "hoWeZ" not in Json().format(record)


def test_an_answer_that_breaks_off_tells_the_server_nothing(settings, caplog):
    def broken(environ, start_response):
        start_response("200 OK", [])
        return (1 / 0 for _ in range(1))

    app = Watch(broken, settings, Tally("x", [f"{kind}:{cell}" for kind in KINDS for cell in CELLS]))
    with pytest.raises(BrokenOff) as seen:
        Client(app).get("/")
    assert seen.value.__cause__ is None
    assert seen.value.__suppress_context__
    assert "ZeroDivisionError" in caplog.text


def test_a_method_of_the_visitors_own_making_is_not_written(talkative, capfd):
    talkative.test_client().open("/", method="ANA-GOMEZ")
    assert "ANA-GOMEZ" not in capfd.readouterr().err


@pytest.mark.parametrize("formatter", [Text(), Json()], ids=["text", "json"])
def test_events_and_traces_are_scrubbed(formatter):
    secret = "hoWeZCYfxVnhh6MVN-NF1o-U7qSTxlEj7uA7_OiL3Ks"
    detail = f"duplicate key\nDETAIL:  Key (name)=(Ana Gómez) exists at {ADDRESS}"
    try:
        raise ValueError(f"{detail}\nana@tidewell.example asked for /a/{secret}/x, 2001:db8::7:8:9")
    except ValueError:
        record = logging.LogRecord("quiz", logging.ERROR, "", 1, "no %s", (secret,), sys.exc_info())
    line = formatter.format(record)
    assert "ValueError" in line
    assert "duplicate key" in line
    for said in (secret, "Gómez", ADDRESS, "ana@", "2001:db8"):
        assert said not in line


def test_scrubbing_leaves_the_rest_alone():
    text = "unforeseen error at GET /a/<token>/<item_id>: KeyError 'sports-club' at 12:30:45 in ae-am 1.0.0+1.0.0"
    assert scrub(text) == text
    assert scrub("postgresql://quiz:p4ss@db.example/quiz") == "…@db.example/quiz"
