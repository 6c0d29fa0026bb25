"""The second step: codes of an authenticator app, recovery codes, and who may turn them on and off."""

from __future__ import annotations

import json
import re
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from console_client import PASSWORD, ConsoleClient
from flask_security.totp import Totp
from passlib.totp import TOTP
from test_signing_in import actions, try_password

from quiz.services import secrets, team
from quiz.web.hr import recovery


@pytest.fixture
def settings(settings):
    """A limit that tests reach soon."""
    return replace(settings, sign_in_limit="4 per minute")


def code_of(database, kept: str, later: int = 0) -> str:
    """What the authenticator app shows for a key as it is kept."""
    made = Totp({"1": secrets.secret(database, "totp")}, "Rolefit")
    return made._totp.from_source(kept).generate(time=int(time.time()) + later).token


def set_up_codes(alice, database) -> list[str]:
    """Turn the second step on; the recovery codes."""
    page = alice.get("/hr/account/second-step").page
    key = re.sub(r"\s|-", "", page.one("p", **{"class": "key"}).text)
    assert alice.get("/hr/account/second-step/qr.svg").mimetype == "image/svg+xml"
    answer = alice.press("/hr/account/second-step", code=TOTP(key=key).generate().token)
    assert answer.status_code == 303, answer.text
    return [each.text for each in alice.get(answer.location).page.all("li", **{"class": "key"})]


def test_with_the_second_step_a_password_alone_is_not_enough(app, alice, database, make_app, settings):
    codes = set_up_codes(alice, database)
    assert len(set(codes)) == 8
    phone = ConsoleClient.of(app)
    answer = try_password(phone, "alice@1.example", PASSWORD)
    assert answer.location == "/hr/sign-in/code"
    assert phone.get("/hr/").status_code == 302, "the password alone opened the console"
    assert phone.press("/hr/sign-in/code", code="000000").status_code == 422
    kept = database.engine.connect().exec_driver_sql("select tf_totp_secret from users").scalar()
    right = code_of(database, kept, 30)
    assert phone.press("/hr/sign-in/code", code=right).location == "/hr/"
    assert phone.get("/hr/").status_code == 200
    again = ConsoleClient.of(make_app(settings))  # another worker
    try_password(again, "alice@1.example", PASSWORD)
    assert again.press("/hr/sign-in/code", code=right).status_code == 422, "a code worked twice"
    assert "second-step-changed" in actions(database)
    assert "sign-in-failed" in actions(database)


def test_a_recovery_code_works_once(app, alice, database):
    codes = set_up_codes(alice, database)
    first, second = ConsoleClient.of(app), ConsoleClient.of(app)
    for phone in (first, second):
        try_password(phone, "alice@1.example", PASSWORD)
    typed = codes[0].upper().replace("-", " ")  # as one copies from paper
    assert first.press("/hr/sign-in/recovery-code", code=f" {typed} ").status_code == 302
    assert first.get("/hr/").status_code == 200
    assert second.press("/hr/sign-in/recovery-code", code=codes[0]).status_code == 422
    assert second.get("/hr/").status_code == 302
    kept = database.engine.connect().exec_driver_sql("select cast(mf_recovery_codes as text) from users").scalar()
    assert not any(code in kept for code in codes), "the codes are kept in the clear"


def test_of_two_uses_of_a_recovery_code_at_one_moment_one_wins(app, alice, database, monkeypatch):
    codes = set_up_codes(alice, database)
    phones = ConsoleClient.of(app), ConsoleClient.of(app)
    for phone in phones:
        try_password(phone, "alice@1.example", PASSWORD)
    both, use = threading.Barrier(2, timeout=20), recovery.team.use_recovery_code

    def use_together(*given):
        both.wait()
        return use(*given)

    monkeypatch.setattr(recovery.team, "use_recovery_code", use_together)
    with ThreadPoolExecutor(2) as pool:
        pressed = pool.map(lambda phone: phone.press("/hr/sign-in/recovery-code", code=codes[0]).status_code, phones)
        assert sorted(pressed) == [302, 422]
    assert sorted(phone.get("/hr/").status_code for phone in phones) == [200, 302]


def test_another_code_is_not_brought_back_by_one_that_is_used_meanwhile(app, alice, database):
    codes = set_up_codes(alice, database)
    for code in codes[:2]:
        phone = ConsoleClient.of(app)
        try_password(phone, "alice@1.example", PASSWORD)
        assert phone.press("/hr/sign-in/recovery-code", code=code).status_code == 302
    kept = database.engine.connect().exec_driver_sql("select cast(mf_recovery_codes as text) from users").scalar()
    assert len(json.loads(kept)) == 6


def test_guessed_codes_are_limited_by_account(app, alice, database):
    set_up_codes(alice, database)
    phone = ConsoleClient.of(app)
    try_password(phone, "alice@1.example", PASSWORD)
    form = phone.get("/hr/sign-in/code").page.main.one("form")
    token = form.one("input", name="csrf_token")["value"]
    tried = [
        phone.post(
            "/hr/sign-in/code",
            data={"code": "000000", "csrf_token": token},
            environ_overrides={"REMOTE_ADDR": f"203.0.113.{number}"},
        ).status_code
        for number in range(5)
    ]
    assert tried == [422, 422, 422, 422, 429]


def test_a_code_belongs_to_a_password_that_was_just_given(app, alice, database, monkeypatch, stranger):
    assert stranger.get("/hr/sign-in/code").location == "/hr/sign-in"
    assert stranger.get("/hr/sign-in/recovery-code").location == "/hr/sign-in"
    set_up_codes(alice, database)
    phone = ConsoleClient.of(app)
    try_password(phone, "alice@1.example", PASSWORD)
    monkeypatch.setattr("quiz.web.hr.second_step.PATIENCE", 0)
    assert phone.get("/hr/sign-in/recovery-code").location == "/hr/sign-in"
    assert phone.get("/hr/sign-in/code").location == "/hr/sign-in"


def test_turning_the_second_step_off_voids_the_recovery_codes(app, alice, database):
    set_up_codes(alice, database)
    assert alice.press("/hr/account/second-step", "/hr/account/second-step/off").status_code == 303
    ConsoleClient.of(app).sign_in("alice@1.example", PASSWORD)
    kept = database.engine.connect().exec_driver_sql("select cast(mf_recovery_codes as text) from users").scalar()
    assert kept in (None, "null")


def test_an_owner_lets_a_member_in_who_lost_the_phone(app, alice, bob, database):
    set_up_codes(bob, database)
    number = next(each.id for each in team.members(database, 1) if each.name == "Bob")
    assert alice.press(f"/hr/team/{number}", f"/hr/team/{number}/one-step").status_code == 303
    ConsoleClient.of(app).sign_in("bob@1.example", PASSWORD)


@pytest.mark.parametrize(
    "path",
    ["/hr/account/second-step", "/hr/account/passkeys", "/hr/account/recovery-codes", "/hr/account/second-step/qr.svg"],
)
def test_the_ways_in_are_changed_only_by_who_proved_lately_who_they_are(console, alice, path, monkeypatch):
    monkeypatch.setitem(console.config, "SECURITY_FRESHNESS", timedelta(microseconds=1))
    monkeypatch.setitem(console.config, "SECURITY_FRESHNESS_GRACE_PERIOD", timedelta(0))
    answer = alice.get(path)
    assert answer.location.startswith("/hr/confirm?next=/hr/account/")
    answer = alice.press(answer.location, password=PASSWORD)
    assert answer.status_code == 302
    assert answer.location == path


def test_two_requests_with_one_code_at_once_use_it_once(alice, database):
    (person,) = team.members(database, 1)
    with ThreadPoolExecutor(4) as pool:
        used = list(pool.map(lambda _: team.use_code(database, person.id, 58_000_000), range(4)))
    assert sorted(used) == [False, False, False, True]
    assert not team.use_code(database, person.id, 57_999_999), "an older code came after a newer one"
    assert team.use_code(database, person.id, 58_000_001)


@pytest.fixture
def stale(console, monkeypatch):
    """Everybody signed in long ago."""
    monkeypatch.setitem(console.config, "SECURITY_FRESHNESS", timedelta(microseconds=1))
    monkeypatch.setitem(console.config, "SECURITY_FRESHNESS_GRACE_PERIOD", timedelta(0))


@pytest.mark.parametrize("step", ["role", "password", "one-step", "remove"])
def test_who_comes_in_is_changed_only_by_an_owner_who_proved_lately_who_they_are(alice, bob, database, stale, step):
    before = team.members(database, 1)
    path = f"/hr/team/{before[1].id}"
    assert alice.get(path).location == f"/hr/confirm?next={path}"
    assert alice.send(f"{path}/{step}", role="owner").location == f"/hr/confirm?next={path}"
    assert team.members(database, 1) == before
    assert "password-link-made" not in actions(database)
    assert bob.send(f"{path}/{step}", role="owner").status_code == 403


def test_an_owner_who_signed_in_long_ago_confirms_and_then_invites(alice, database, console, stale, monkeypatch):
    answer = alice.press("/hr/team", "/hr/team/invitations", email="dora@tidewell.example", role="viewer")
    assert answer.location == "/hr/confirm?next=/hr/team"
    assert "member-invited" not in actions(database)
    monkeypatch.setitem(console.config, "SECURITY_FRESHNESS", timedelta(hours=1))
    assert alice.press(answer.location, password=PASSWORD).location == "/hr/team"
    assert (
        alice.press("/hr/team", "/hr/team/invitations", email="dora@tidewell.example", role="viewer").status_code == 303
    )
    assert "member-invited" in actions(database)


@pytest.mark.parametrize("step", ["password", "one-step"])
def test_an_owners_own_ways_in_are_not_changed_on_the_teams_page(alice, database, step):
    set_up_codes(alice, database)
    (person,) = team.members(database, 1)
    assert f"/{step}" not in str([form["action"] for form in alice.get(f"/hr/team/{person.id}").page.main.all("form")])
    assert alice.send(f"/hr/team/{person.id}/{step}").location == "/hr/account"
    assert team.members(database, 1)[0].second_step
    assert "password-link-made" not in actions(database)
