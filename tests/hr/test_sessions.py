"""Sessions: their cookie, how they end, and that a copy of the cookie ends with them."""

from __future__ import annotations

import time
from dataclasses import replace

from console_client import PASSWORD, ConsoleClient

from quiz.services import sessions


def test_signing_out_takes_a_press_and_ends_the_session(alice):
    assert alice.get("/hr/sign-out").status_code == 405
    form = alice.get("/hr/").page.one("header").one("form")
    assert alice.post(form["action"]).status_code == 400, "another site could sign Alice out"
    token = form.one("input", name="csrf_token")["value"]
    assert alice.post(form["action"], data={"csrf_token": token}).location == "/hr/sign-in"
    assert alice.get("/hr/").status_code == 302


def copy_of(client: ConsoleClient, app) -> ConsoleClient:
    """Somebody who got hold of the cookie."""
    thief = ConsoleClient.of(app)
    thief.set_cookie("rolefit_hr", client.get_cookie("rolefit_hr", path="/hr").value, path="/hr")
    return thief


def test_signing_out_ends_the_session_of_copied_cookies_in_every_worker_and_no_other(app, alice, make_app, settings):
    phone = ConsoleClient.of(app).sign_in("alice@1.example", PASSWORD)
    thief, far_away = copy_of(alice, app), copy_of(alice, make_app(settings))
    assert thief.get("/hr/").status_code == 200
    assert alice.send("/hr/sign-out").status_code == 302
    for copied in (thief, far_away):
        assert copied.get("/hr/").status_code == 302
        assert "alice" not in copied.post("/hr/team/name", data={}).text.lower(), "an early error greets the thief"
    assert phone.get("/hr/").status_code == 200
    alice.sign_in("alice@1.example", PASSWORD)
    assert alice.get("/hr/").status_code == 200
    assert thief.get("/hr/").status_code == 302, "signing in again brings the old session back"


def test_ended_sessions_are_forgotten_once_they_are_over_by_themselves(database):
    sessions.end(database, "old", 0)
    sessions.end(database, "new", 1)
    assert sessions.ended(database, "old")
    sessions.end(database, "newest", sessions.LONGEST_MS + 1)
    assert [sessions.ended(database, each) for each in ("old", "new", "newest")] == [False, True, True]


def test_sessions_end_after_a_week_and_after_twelve_idle_hours(alice, monkeypatch):
    real = time.time
    monkeypatch.setattr("itsdangerous.timed.time.time", lambda: real() + 11 * 3600)
    assert alice.get("/hr/").status_code == 200  # which keeps it going, from then on
    monkeypatch.setattr("itsdangerous.timed.time.time", lambda: real() + 22 * 3600)
    assert alice.get("/hr/").status_code == 200
    monkeypatch.setattr("itsdangerous.timed.time.time", lambda: real() + 35 * 3600)
    assert alice.get("/hr/").status_code == 302


def test_a_session_that_is_used_all_the_time_ends_after_a_week(alice, monkeypatch):
    monkeypatch.setattr("quiz.web.hr.member.LONGEST", 0)
    assert alice.get("/hr/").status_code == 302
    assert "A week has passed" in alice.get("/hr/sign-in").page.text


def test_signing_out_everywhere_leaves_only_this_session(app, alice):
    phone = ConsoleClient.of(app).sign_in("alice@1.example", PASSWORD)
    assert alice.press("/hr/account", "/hr/account/sign-out-everywhere").status_code == 303
    assert alice.get("/hr/").status_code == 200
    assert phone.get("/hr/").status_code == 302


def test_the_cookie_is_secure_where_the_address_is(make_app, settings):
    app = make_app(replace(settings, public_url="https://quiz.example"))
    cookie = ConsoleClient.of(app).get("/hr/sign-in", base_url="https://quiz.example").headers["Set-Cookie"]
    assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/hr"} <= set(cookie.split("; "))


def test_behind_a_proxy_that_speaks_https_forms_arrive_and_the_cookie_stays_there(alice, make_app, settings):
    behind = ConsoleClient.of(make_app(replace(settings, trusted_proxies=1)))
    told = {"X_FORWARDED_PROTO": "https", "X_FORWARDED_HOST": "quiz.example", "X_FORWARDED_FOR": "203.0.113.9"}
    behind.environ_base |= {f"HTTP_{name}": value for name, value in told.items()}
    assert "Secure" in behind.get("/hr/sign-in").headers["Set-Cookie"].split("; ")
    behind.sign_in("alice@1.example", PASSWORD)
    assert behind.press("/hr/team/name", team="Tidewell & sons").status_code == 303
    assert behind.post("/hr/team/name", data={"team": "Evil"}).status_code == 400
    assert "Tidewell & sons" in alice.get("/hr/").page.text


def test_by_http_the_cookie_is_not_secure_or_it_would_never_come_back(stranger):
    assert "Secure" not in stranger.get("/hr/sign-in").headers["Set-Cookie"]
