"""Who may open which door: every route of the console, tried by a stranger, by Charlie, by Bob and by Alice.

A new route fails `test_every_route_has_its_line` until it has a line in doors.txt. The word says whose door it is:

- open: for strangers too (signing in, links).
- own: for any member; it is about themselves or their own team.
- owners: for any team's owners; it is about their own team. Bob may not.
- team: a thing of Tidewell. Bob may, and for Charlie it is not there.
- team-owners: a thing of Tidewell. Bob may not, and for Charlie it is not there.
- closed: for nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from cast import content
from console_client import ConsoleClient
from flask import Flask
from results_cast import like, somebody
from sqlalchemy import text

from quiz.services import admission, notes, person, team
from quiz.services.invitations import book, rows
from quiz.services.storage import Database

DOORS = (Path(__file__).parent / "doors.txt").read_text()
NUMBERS = ("attempt_id", "invitation_id", "note_id", "person_id")
KEPT = ("teams", "users", "passkeys", "team_invitations", "campaigns", "attempts", "answers", "invitations", "notes")

Line = tuple[str, str, str]


def lines(*words: str) -> Iterator[Line]:
    """Route, method and word of every door, or of those with some words."""
    for line in DOORS.splitlines()[1:]:
        route, methods, word = line.split()
        for method in methods.split(","):
            if not words or word in words:
                yield route, method, word


@pytest.fixture
def things(database, alice, bob, make_campaign, tidewell) -> Mapping[str, str]:
    """What stands in the routes of Tidewell's things; all of it exists."""
    alices_campaign = make_campaign(identification="signed")
    members = {each.name: each.id for each in team.members(database, tidewell)}
    someone = somebody(database, alices_campaign, like("clear-hunter"))
    found = person.find(database, alices_campaign, content().pack, someone.id)
    notes.write(database, found, "bob@1.example", "To talk about travel.", 1)
    book.add(database, alices_campaign, rows.read("name,email\nDora,dora@host.example", ("es", "en"), "en").rows, 1)
    admission.invite(database, tidewell, "viewer", "", 4_000_000_000_000)
    return {
        "public_id": alices_campaign.public_id,
        "attempt_id": str(someone.id),
        "invitation_id": "1",
        "note_id": str(notes.of(database, found)[0].id),
        "person_id": str(members["Bob"]),
        "token": "x",
        "form": "csv",
        "language": "en",
        "digits": "0b5f4c",
    }


def path(route: str, things: Mapping[str, str]) -> str:
    """The address of a door."""
    if "/qr." in route:
        things = {**things, "form": "svg"}
    for name, value in things.items():
        route = route.replace(f"<{name}>", value)
    assert "<" not in route, f"nothing stands for a part of {route}"
    return "/hr" + route


def knock(client: ConsoleClient, things: Mapping[str, str], route: str, method: str, token: str, *, welcome=False):
    """Try a door, a form's token in hand; `welcome` if it should open."""
    address = path(route, things)
    if address.endswith("/preview") and welcome:
        client.framed[address] = "'self'"  # by the page that it stands on
    return client.get(address) if method == "GET" else client.post(address, data={"csrf_token": token})


def token_of(client: ConsoleClient, at: str = "/hr/account") -> str:
    return client.get(at).page.all("input", name="csrf_token")[0]["value"]


def inside(database: Database) -> dict[str, list[tuple]]:
    """Everything that is kept of teams and campaigns."""
    with database.engine.connect() as connection:
        return {name: sorted(map(repr, connection.execute(text(f"SELECT * FROM {name}")))) for name in KEPT}


def to_sign_in(answer) -> bool:
    return answer.status_code in (302, 303) and answer.location.startswith("/hr/sign-in")


def test_every_route_has_its_line(console: Flask):
    routes = {
        (_plain(rule.rule), method)
        for rule in console.url_map.iter_rules()
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }
    written = {(route, method) for route, method, _ in lines()}
    assert routes - written == set(), "routes that nobody has said whose they are"
    assert written - routes == set(), "lines for routes that are not there"


def _plain(rule: str) -> str:
    """A rule without its converters: <int:number> becomes <number>."""
    return re.sub(r"<(?:[^<>]*:)?(\w+)>", r"<\1>", rule)


def test_a_stranger_is_asked_to_sign_in_everywhere_else(things, stranger, database):
    token, before, faults = token_of(stranger, "/hr/sign-in"), inside(database), []
    for route, method, word in lines("own", "owners", "team", "team-owners", "closed"):
        answer = knock(stranger, things, route, method, token)
        if not to_sign_in(answer):
            faults.append((route, method, word, answer.status_code))
    assert faults == []
    assert inside(database) == before


def test_open_doors_answer_a_stranger(things, stranger):
    faults = []
    for route, method, word in lines("open"):
        answer = knock(stranger, things, route, method, token_of(stranger, "/hr/sign-in"))
        if answer.status_code not in (200, 302, 303, 404, 422):
            faults.append((route, method, word, answer.status_code))
    assert faults == []


def test_for_charlie_nothing_of_tidewell_is_there(things, charlie, database):
    token, before, faults = token_of(charlie), inside(database), []
    for route, method, word in lines("team", "team-owners"):
        answer = knock(charlie, things, route, method, token)
        if answer.status_code != 404:
            faults.append((route, method, word, answer.status_code))
    assert faults == []
    assert inside(database) == before


def test_charlies_own_campaign_does_not_open_tidewells_people(things, charlie, make_campaign, northgate, database):
    own = make_campaign(team_id=northgate)
    mixed, token, before, faults = {**things, "public_id": own.public_id}, token_of(charlie), inside(database), []
    for route, method, word in lines("team", "team-owners"):
        if "/campaigns/" in route and any(f"<{name}>" in route for name in NUMBERS):
            answer = knock(charlie, mixed, route, method, token)
            if answer.status_code != 404:
                faults.append((route, method, word, answer.status_code))
    assert faults == []
    assert inside(database) == before


def test_bob_may_look_and_may_not_change(things, bob, database):
    token, before, faults = token_of(bob), inside(database), []
    for route, method, word in lines("owners", "team-owners"):
        answer = knock(bob, things, route, method, token)
        if answer.status_code != 403:
            faults.append((route, method, word, answer.status_code))
    assert faults == []
    assert inside(database) == before
    for route, method, word in lines("team"):
        answer = knock(bob, things, route, method, token, welcome=True)
        if answer.status_code in (403, 404) or answer.status_code >= 500 or to_sign_in(answer):
            faults.append((route, method, word, answer.status_code))
    assert faults == []


def test_alice_may_look_everywhere(things, alice):
    faults = []
    for route, method, word in lines("own", "owners", "team", "team-owners"):
        if method == "GET":
            answer = knock(alice, things, route, method, "", welcome=True)
            if answer.status_code not in (200, 302, 303, 422) or to_sign_in(answer):
                faults.append((route, method, word, answer.status_code))
    assert [each for each in faults if each[0] != "/account/second-step/qr.svg"] == []


def test_an_empty_form_breaks_nothing(things, alice):
    token, faults = token_of(alice), []
    for route, method, word in lines("own", "owners", "team", "team-owners"):
        if method == "POST" and not route.endswith(("/delete", "/remove", "/sign-out-everywhere")):
            answer = knock(alice, things, route, method, token, welcome=True)
            if answer.status_code >= 500 or answer.status_code in (403, 404):
                faults.append((route, method, word, answer.status_code))
    assert [each for each in faults if "/send" not in each[0]] == []


@pytest.mark.parametrize("number", ["0", "99999", str(2**63), str(10**40)])
def test_numbers_that_nothing_has_are_not_found(things, alice, number):
    token, faults = token_of(alice), []
    nothing = {**things, **dict.fromkeys(NUMBERS, number)}
    for route, method, word in lines("team", "team-owners"):
        if any(f"<{name}>" in route for name in NUMBERS):
            answer = knock(alice, nothing, route, method, token)
            if answer.status_code != 404:
                faults.append((route, method, word, answer.status_code))
    assert faults == []


def test_a_form_without_its_token_changes_nothing(things, alice, database):
    before, faults = inside(database), []
    for route, method, word in lines("own", "owners", "team", "team-owners"):
        if method == "POST":
            answer = alice.post(path(route, things), data={"name": "Evil", "role": "owner", "state": "closed"})
            if answer.status_code != 400:
                faults.append((route, method, word, answer.status_code))
    assert faults == []
    assert inside(database) == before
