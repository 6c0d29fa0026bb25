"""A session that somebody planted: signing in makes another one, and nobody who knows the first one gets in."""

from __future__ import annotations

from dataclasses import replace

from console_client import PASSWORD, ConsoleClient


def cookie_of(client: ConsoleClient) -> str:
    return client.get_cookie("rolefit_hr", path="/hr").value


def test_the_session_from_before_signing_in_opens_nothing_afterwards(app, alice, stranger):
    token = stranger.get("/hr/sign-in").page.all("input", name="csrf_token")[0]["value"]
    planted = cookie_of(stranger)
    fields = {"email": "alice@1.example", "password": PASSWORD, "csrf_token": token}
    assert stranger.post("/hr/sign-in", data=fields).status_code == 302
    assert cookie_of(stranger) != planted
    mallory = ConsoleClient.of(app)
    mallory.set_cookie("rolefit_hr", planted, path="/hr")
    assert mallory.get("/hr/").status_code == 302
    sent = mallory.post("/hr/team/name", data={"csrf_token": token, "name": "Mallory's"})
    assert sent.status_code in (302, 400)
    assert "Mallory" not in alice.get("/hr/team").text


def test_a_forms_token_from_before_signing_in_is_worth_nothing_afterwards(stranger, alice):
    token = stranger.get("/hr/sign-in").page.all("input", name="csrf_token")[0]["value"]
    fields = {"email": "alice@1.example", "password": PASSWORD, "csrf_token": token}
    assert stranger.post("/hr/sign-in", data=fields).status_code == 302
    assert stranger.post("/hr/team/name", data={"csrf_token": token, "name": "Mallory's"}).status_code == 400


def test_two_signings_in_are_two_sessions(app, console, alice):
    again = ConsoleClient.of(app).sign_in("alice@1.example", PASSWORD)
    with console.app_context():
        signer = console.session_interface.get_signing_serializer(console)
        ids = {signer.loads(cookie_of(client))["id"] for client in (alice, again)}
    assert len(ids) == 2
    assert all(len(each) >= 22 for each in ids), "an id has 128 random bits"


def test_where_the_address_is_https_browsers_take_the_cookie_from_nobody_else(make_app, settings):
    client = ConsoleClient.of(make_app(replace(settings, public_url="https://quiz.tidewell.example")))
    given = client.get("/hr/sign-in", base_url="https://quiz.tidewell.example").headers.getlist("Set-Cookie")
    assert given
    assert all(each.startswith("__Secure-rolefit_hr=") and "Secure" in each and "HttpOnly" in each for each in given)
