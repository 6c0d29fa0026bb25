"""Keys of the console: they change without signing anybody out, end when dropped, and are not all in the database."""

from __future__ import annotations

from dataclasses import replace

import pytest
from console_client import PASSWORD, ConsoleClient
from rows import run

from quiz.services import admission, secrets, team
from quiz.settings import Settings, WrongSetting

OLD, NEW = "n0bBqTz7cFhWm2YxRkU4vLsJdE8gPaQ1oI6t", "Kx9vQeR2mTzL5yWd8HcJfN3bUs7GpA1oZi4t"
WEEK_MS = 7 * 24 * 3600 * 1000


def signed_in(client) -> bool:
    return client.get("/hr/").status_code == 200


def with_cookie_of(client, app) -> ConsoleClient:
    """The same browser, answered by another worker."""
    other = ConsoleClient.of(app)
    other.set_cookie("rolefit_hr", client.get_cookie("rolefit_hr", path="/hr").value, path="/hr")
    return other


def rotate(app, *options) -> str:
    ran = app.test_cli_runner().invoke(args=["secrets", "rotate", *options])
    assert ran.exit_code == 0
    return ran.output


def test_a_session_goes_on_after_the_keys_were_changed_in_every_worker(app, alice, make_app, settings):
    elsewhere = with_cookie_of(alice, make_app(settings))
    assert signed_in(elsewhere)  # which has read the keys by then
    before = alice.get_cookie("rolefit_hr", path="/hr").value
    rotate(app)
    assert signed_in(elsewhere), "a worker that runs already knows no new key"
    assert signed_in(alice)
    assert alice.get_cookie("rolefit_hr", path="/hr").value != before
    assert signed_in(with_cookie_of(alice, make_app(settings)))


def test_a_form_that_was_open_while_the_keys_changed_arrives(app, alice, make_app, settings):
    token = alice.get("/hr/team").page.all("input", name="csrf_token")[0]["value"]
    rotate(app)
    later = with_cookie_of(alice, make_app(settings))
    assert later.post("/hr/team/name", data={"csrf_token": token, "name": "Tidewell"}).status_code in (302, 303)


def test_a_session_ends_when_its_key_stops_counting(app, alice, monkeypatch):
    rotate(app)
    now = secrets.keys
    monkeypatch.setattr(secrets, "keys", lambda *given: now(*given[:3], given[3] + WEEK_MS + 60_000))
    assert not signed_in(alice)


def test_a_stolen_key_is_worth_nothing_at_once(app, alice, database, tidewell):
    person = team.members(database, tidewell)[0]
    link = admission.reset_token(database, person, 0)
    assert "signs in again" in rotate(app, "--at-once")
    assert not signed_in(alice)
    with pytest.raises(admission.BadLink):
        admission.read_reset(database, link, 1)
    alice.sign_in("alice@1.example", PASSWORD)
    assert signed_in(alice)


def test_a_link_to_choose_a_password_outlives_a_change_of_keys(app, database, alice, tidewell):
    person = team.members(database, tidewell)[0]
    link = admission.reset_token(database, person, 0)
    rotate(app)
    assert admission.read_reset(database, link, 1) == person


def test_keys_that_were_replaced_long_ago_are_forgotten(database):
    for week in range(1, 4):
        secrets.rotate(database, week * (WEEK_MS + 1))
    (kept,) = run(database, "SELECT value FROM secrets WHERE name = 'session'").fetchone()
    assert len(kept.split()) == 2


def test_the_outside_key_changes_with_the_old_one_beside_it_and_ends_without(make_app, settings, sign_in, tidewell):
    sign_in("Alice", tidewell, "owner")
    alice = ConsoleClient.of(make_app(replace(settings, secret_key=OLD))).sign_in("alice@1.example", PASSWORD)
    assert signed_in(alice)
    both = with_cookie_of(alice, make_app(replace(settings, secret_key=f"{NEW} {OLD}")))
    assert signed_in(both)
    assert signed_in(with_cookie_of(both, make_app(replace(settings, secret_key=NEW)))), "it is signed by the new one"
    assert not signed_in(with_cookie_of(alice, make_app(replace(settings, secret_key=NEW))))


def test_whoever_has_the_database_alone_signs_nothing(make_app, settings, sign_in, tidewell, database):
    sign_in("Alice", tidewell, "owner")
    thief = ConsoleClient.of(make_app(settings)).sign_in("alice@1.example", PASSWORD)  # a copy, without the outside key
    guarded = replace(settings, secret_key=OLD)
    assert not signed_in(with_cookie_of(thief, make_app(guarded)))
    person = team.members(database, tidewell)[0]
    forged = admission.reset_token(database, person, 0)
    with pytest.raises(admission.BadLink):
        admission.read_reset(database, forged, 1, guarded.secret_keys)


@pytest.mark.parametrize("key", ["hunter2", "changeme", "a" * 64, "0123" * 16, OLD[:31], f"{OLD} short"])
def test_a_short_key_or_a_pattern_stops_the_start_without_being_repeated(key):
    with pytest.raises(WrongSetting) as wrong:
        Settings(secret_key=key)
    assert "SECRET_KEY" in str(wrong.value)
    assert key not in str(wrong.value)


def test_every_installation_makes_keys_of_its_own(database):
    """There is no default to be refused: 256 random bits each, and no two the same."""
    made = {secrets.secret(database, name) for name in ("session", "reset", "forms", "totp")}
    assert len(made) == 4
    assert all(len(key) >= 43 for key in made)
