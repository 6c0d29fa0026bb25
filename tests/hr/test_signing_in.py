"""Signing in: passwords, where it leads, guesses and their limit, forms that went stale."""

from __future__ import annotations

from dataclasses import replace

import pytest
from console_client import PASSWORD, ConsoleClient

from quiz.services import audit
from quiz.web.hr.guard import OF_AN_ADDRESS

OTHER = "four lamps on a pier"


def actions(database, team_id: int = 1) -> list[str]:
    return [entry.action for entry in audit.page(database, team_id)]


def try_password(client: ConsoleClient, email: str, password: str = "wrong", path: str = "/hr/sign-in"):
    token = client.get(path).page.all("input", name="csrf_token")[0]["value"]
    return client.post(path, data={"email": email, "password": password, "csrf_token": token})


@pytest.fixture
def settings(settings):
    """A limit that tests reach soon."""
    return replace(settings, sign_in_limit="4 per minute")


def test_the_pages_speak_spanish_to_those_who_do(stranger, sign_in, tidewell):
    page = stranger.get("/hr/sign-in", headers={"Accept-Language": "es"}).page
    assert page.lang == "es"
    assert stranger.get("/hr/sign-in?lang=es").page.lang == "es"
    assert sign_in("Ana", tidewell, "owner", "es").get("/hr/account").page.lang == "es"


def test_a_member_changes_the_language_and_stays_where_they_are(alice):
    answer = alice.send("/hr/account/language", language="es", back="/hr/team")
    assert (answer.status_code, answer.location) == (303, "/hr/team")
    assert alice.get("/hr/team").page.lang == "es"
    assert alice.send("/hr/account/language", language="en", back="https://evil.example/").location == "/hr/"
    assert alice.send("/hr/account/language", language="xx").status_code == 400


def test_after_signing_in_one_goes_on_where_one_wanted_to_go(app, alice):
    other = ConsoleClient.of(app)
    to = other.get("/hr/team?x=1").location
    assert try_password(other, "alice@1.example", PASSWORD, to).location == "/hr/team?x=1"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "/",
        "/hr\\..",
        "/hr/../a",
        "javascript:alert(1)",
        "/hrx",
    ],
)
def test_nobody_is_sent_elsewhere(app, alice, elsewhere):
    other = ConsoleClient.of(app)
    assert other.get("/hr/sign-in", query_string={"next": elsewhere}).location == "/hr/sign-in"
    token = other.get("/hr/sign-in").page.all("input", name="csrf_token")[0]["value"]
    fields = {"email": "alice@1.example", "password": PASSWORD, "next": elsewhere, "csrf_token": token}
    assert other.post("/hr/sign-in", data=fields).status_code == 400


def test_who_is_unknown_and_whose_password_is_wrong_read_the_same(stranger, alice):
    answers = [try_password(stranger, email).page.main.text for email in ("alice@1.example", "nobody@1.example", "x")]
    assert answers[0] == answers[1] == answers[2]


def test_a_failed_sign_in_is_noted_where_the_e_mail_belongs_to_a_team(stranger, alice, database):
    before = actions(database).count("sign-in-failed")
    try_password(stranger, "alice@1.example")
    try_password(stranger, "nobody@1.example")
    assert actions(database).count("sign-in-failed") == before + 1


def test_wrong_passwords_for_an_account_are_limited(app, stranger, alice):
    for _ in range(4):
        assert try_password(stranger, "alice@1.example").status_code == 422
    answer = stranger.post("/hr/sign-in", data={})
    fields = {"email": "alice@1.example", "password": PASSWORD}
    token = stranger.get("/hr/sign-in").page.all("input", name="csrf_token")[0]["value"]
    from_elsewhere = {"REMOTE_ADDR": "203.0.113.9"}
    answer = stranger.post("/hr/sign-in", data={**fields, "csrf_token": token}, environ_overrides=from_elsewhere)
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 60
    assert answer.page.heading == "Too many tries"
    assert alice.get("/hr/").status_code == 200, "who is in already stays in"


@pytest.mark.parametrize("written", ["ALICE@1.EXAMPLE", "alice@１.example", "alice@1.ｅxample", "alice@1。example"])
def test_an_account_is_the_same_however_its_e_mail_is_written(stranger, alice, written):
    for number in range(4):
        elsewhere = {"REMOTE_ADDR": f"203.0.113.{number}"}
        token = stranger.get("/hr/sign-in").page.all("input", name="csrf_token")[0]["value"]
        fields = {"email": "alice@1.example", "password": "wrong", "csrf_token": token}
        assert stranger.post("/hr/sign-in", data=fields, environ_overrides=elsewhere).status_code == 422
    fields = {"email": written, "password": PASSWORD, "csrf_token": token}
    assert stranger.post("/hr/sign-in", data=fields).status_code == 429


def test_wrong_passwords_from_an_address_are_limited_ten_times_as_high(stranger, monkeypatch):
    assert OF_AN_ADDRESS == 10
    monkeypatch.setattr("quiz.web.hr.guard.OF_AN_ADDRESS", 1)
    for number in range(4):
        assert try_password(stranger, f"somebody{number}@1.example").status_code == 422
    token = stranger.get("/hr/sign-in").page.all("input", name="csrf_token")[0]["value"]
    fields = {"email": "else@1.example", "password": "wrong", "csrf_token": token}
    assert stranger.post("/hr/sign-in", data=fields).status_code == 429


def test_who_guesses_at_one_account_keeps_nobody_else_of_the_office_out(app, stranger, alice, bob):
    for _ in range(4):
        try_password(stranger, "alice@1.example")
    ConsoleClient.of(app).sign_in("bob@1.example", PASSWORD)


def test_right_passwords_are_not_counted(app, alice):
    for _ in range(6):
        ConsoleClient.of(app).sign_in("alice@1.example", PASSWORD)


def test_guessed_links_are_limited(stranger, monkeypatch):
    monkeypatch.setattr("quiz.web.hr.guard.OF_AN_ADDRESS", 1)
    for path in ("/hr/setup/x", "/hr/join/x", "/hr/reset/1.2.x", "/hr/join/y"):
        assert stranger.get(path).status_code == 404
    assert stranger.get("/hr/join/z").status_code == 429


def test_no_token_or_basic_authentication_opens_a_door(alice, stranger):
    for headers in ({"Authorization": "Basic YTpi"}, {"Authentication-Token": "x"}, {"Accept": "application/json"}):
        assert stranger.get("/hr/", headers=headers).status_code == 302
    assert stranger.get("/hr/?auth_token=x").status_code == 302
    assert stranger.get("/hr/sign-in", headers={"Accept": "application/json"}).mimetype == "text/html"


def test_changing_the_password_needs_the_old_one_and_ends_other_sessions(app, alice, database):
    phone = ConsoleClient.of(app).sign_in("alice@1.example", PASSWORD)
    fields = {"password": PASSWORD, "new_password": OTHER, "new_password_confirm": OTHER}
    wrong = (
        {"password": "wrong"},
        {"new_password_confirm": "another one altogether"},
        {"new_password": "password1234", "new_password_confirm": "password1234"},
        {"new_password": PASSWORD, "new_password_confirm": PASSWORD},
    )
    for changed in wrong[:3]:
        answer = alice.press("/hr/account/password", **fields | changed)
        assert answer.status_code == 422
        assert answer.page.all("p", **{"class": "error"})
    assert alice.press("/hr/account/password", **fields).status_code == 302
    assert alice.get("/hr/").status_code == 200
    assert phone.get("/hr/").status_code == 302
    phone.sign_in("alice@1.example", OTHER)
    assert "password-changed" in actions(database)


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "same-origin"}, {"Origin": "http://localhost"}])
def test_a_stale_form_is_shown_again_with_what_was_written(alice, headers):
    answer = alice.post("/hr/team/name", data={"team": "Tidewell & daughters", "csrf_token": "old"}, headers=headers)
    assert answer.status_code == 400
    form = answer.page.main.one("form")
    assert form.one("input", name="team")["value"] == "Tidewell & daughters"
    token = form.one("input", name="csrf_token")["value"]
    assert alice.post("/hr/team/name", data={"team": "Tidewell & daughters", "csrf_token": token}).status_code == 303


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"},
        {"Origin": "https://evil.example"},
        {"Origin": "http://localhost.evil.example"},
        {"Origin": "null"},
        {"Origin": "http://["},
        {},
    ],
)
def test_a_form_that_another_site_sends_is_not_offered_again(alice, headers):
    answer = alice.post("/hr/team/name", data={"team": "Evil"}, headers=headers)
    assert answer.status_code == 400
    assert not answer.page.main.all("form")


def test_a_stale_form_keeps_no_password(stranger):
    fields = {"email": "a@1.example", "password": PASSWORD, "csrf_token": "old"}
    page = stranger.post("/hr/sign-in", data=fields, headers={"Sec-Fetch-Site": "same-origin"}).page
    assert PASSWORD not in page.html


def test_an_early_error_speaks_the_members_language_too(sign_in, tidewell):
    ana = sign_in("Ana", tidewell, "owner", "es")
    assert ana.post("/hr/team/name", data={"team": "x"}).page.lang == "es"
    assert ana.post("/hr/team/name", data={"team": "x" * 5_000_000}).page.lang == "es"
