"""How people come in: the first owner by the set-up link, others by invitation, those who forgot by a reset link."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from cast import ALICES, content
from console_client import PASSWORD, ConsoleClient

from quiz.services import admission, audit, campaigns, team
from quiz.services.admission import BadLink
from quiz.web.house import now_ms

NEW = "four lamps on a pier"
DAY = 24 * 3600 * 1000


@pytest.fixture
def now(monkeypatch):
    """The clock of the people's doors, to be set forward."""
    moved = [0]
    monkeypatch.setattr("quiz.web.hr.people.now_ms", lambda: now_ms() + moved[0])
    return moved


def run(app, *words: str) -> str:
    """What `flask team …` prints."""
    result = app.test_cli_runner().invoke(args=["team", *words])
    assert result.exit_code == 0, result.output
    return result.output


def link(text: str) -> str:
    """The path of the console's link in a text."""
    return re.search(r"/hr/(setup|join|reset)/\S+", text)[0]


def founder(**changed) -> dict[str, str]:
    return {"team": "Tidewell", "name": "Alice", "email": "alice@tidewell.example", "password": PASSWORD} | changed


def test_the_first_owner_sets_the_console_up_by_the_link(app, database, stranger):
    made = campaigns.create(database, content().pack, ALICES, 1)
    answer = stranger.press(link(run(app, "setup")), **founder())
    assert answer.status_code == 303
    front = stranger.get("/hr/").page
    assert "Tidewell" in front.text
    (alice,) = team.members(database, 1)
    assert (alice.role, alice.email, alice.name) == ("owner", "alice@tidewell.example", "Alice")
    assert campaigns.find(database, made.public_id).team_id == alice.team_id, "what was made before is not adopted"
    assert [entry.action for entry in audit.page(database, 1)] == ["signed-in", "team-made"]


def test_the_link_works_once(app, stranger):
    path = link(run(app, "setup"))
    assert stranger.press(path, **founder()).status_code == 303
    other = ConsoleClient.of(app)
    assert other.get(path).status_code == 404
    assert "/hr/setup/" not in run(app, "setup")


def test_a_new_link_voids_the_older(app, stranger):
    older, newer = link(run(app, "setup")), link(run(app, "setup"))
    assert stranger.get(older).status_code == 404
    assert stranger.get(newer).page.heading == "Set up Rolefit"


def test_the_link_ends_after_seven_days(app, stranger, now):
    path = link(run(app, "setup"))
    now[0] = 7 * DAY - 60_000
    assert stranger.get(path).status_code == 200
    now[0] = 7 * DAY
    assert stranger.get(path).status_code == 404


def test_two_presses_at_once_make_one_team(app, database):
    path = link(run(app, "setup"))
    people = [ConsoleClient.of(app) for _ in range(4)]
    tokens = [person.get(path).page.all("input", name="csrf_token")[0]["value"] for person in people]

    def press(number: int) -> int:
        fields = founder(email=f"alice{number}@tidewell.example", csrf_token=tokens[number])
        return people[number].post(path, data=fields).status_code

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(press, range(4))) == [303, 404, 404, 404]
    assert len(team.members(database, 1)) == 1
    with pytest.raises(AssertionError):
        team.name_of(database, 2)


def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_lost(app, stranger):
    path = link(run(app, "setup"))
    answer = stranger.press(path, **founder(email="not an address", password="short"))
    assert answer.status_code == 422
    page = answer.page
    assert page.one("input", name="team")["value"] == "Tidewell"
    for name in ("email", "password"):
        field = page.one("input", name=name)
        assert field["aria-invalid"] == "true"
        assert page.one(id=field["aria-describedby"].split()[-1]).text
    assert not page.one("input", name="password").get("value")
    assert {error["href"] for error in page.one(role="alert").all("a")} == {"#email", "#password"}


@pytest.mark.parametrize(
    "password",
    [
        "password1234",
        "123456789012",
        "aaaaaaaaaaaaaa",
        "qwertyuiop12",
        "alice@tidewell.example",
        "AliceTidewell1",
        "x" * 201,
    ],
)
def test_passwords_that_others_guess_are_refused(app, stranger, password):
    answer = stranger.press(link(run(app, "setup")), **founder(password=password))
    assert answer.status_code == 422
    assert answer.page.one("input", name="password")["aria-invalid"] == "true"


def test_a_further_team_has_its_own_owner_and_adopts_nothing(app, database, alice, stranger):
    made = campaigns.create(database, content().pack, ALICES, 1)
    path = link(run(app, "new", "Northgate"))
    assert stranger.get(path).page.heading == "Join Northgate"
    stranger.press(path, name="Charlie", email="charlie@northgate.example", password=NEW)
    assert "Northgate" in stranger.get("/hr/").page.text
    assert campaigns.find(database, made.public_id).team_id is None


def test_bob_joins_by_the_link_that_alice_made(app, alice, database, tidewell, stranger):
    shown = alice.press("/hr/team", "/hr/team/invitations", email="bob@tidewell.example", role="viewer")
    page = alice.get(shown.location).page
    path = link(page.one("input", id="made")["value"])
    assert not alice.get("/hr/team").page.all("input", id="made"), "the link is shown a second time"
    form = stranger.get(path).page
    assert form.one("input", name="email")["value"] == "bob@tidewell.example"
    assert "readonly" in form.one("input", name="email").attrs
    # Whatever is sent, the one who was invited joins.
    assert stranger.press(path, name="Bob", password=NEW, email="mallory@evil.example").status_code == 303
    assert team.find_by_email(database, "mallory@evil.example") is None
    assert [(each.name, each.role) for each in team.members(database, tidewell)] == [
        ("Alice", "owner"),
        ("Bob", "viewer"),
    ]
    assert ConsoleClient.of(app).get(path).status_code == 404
    assert "member-joined" in [entry.action for entry in audit.page(database, tidewell)]


def test_a_revoked_invitation_does_not_work(alice, database, tidewell, stranger):
    token = admission.invite(database, tidewell, "viewer", "", 1_900_000_000_000)
    assert stranger.get(f"/hr/join/{token}").status_code == 200
    revoke = next(form["action"] for form in alice.get("/hr/team").page.main.all("form") if "revoke" in form["action"])
    assert alice.press("/hr/team", revoke).status_code == 303
    assert stranger.get(f"/hr/join/{token}").status_code == 404


def test_an_invitation_cannot_set_up_and_a_set_up_link_cannot_join(app, database, stranger):
    token = link(run(app, "setup")).split("/")[-1]
    assert stranger.get(f"/hr/join/{token}").status_code == 404
    further = link(run(app, "new", "Northgate")).split("/")[-1]
    assert stranger.get(f"/hr/setup/{further}").status_code == 404


def test_an_e_mail_is_in_one_team_only_and_the_link_stays_good(alice, database, tidewell, stranger):
    token = admission.invite(database, tidewell, "viewer", "", 1_900_000_000_000)
    fields = {"name": "Bob", "password": NEW}
    answer = stranger.press(f"/hr/join/{token}", email="ALICE@1.example", **fields)
    assert answer.status_code == 422
    assert stranger.press(f"/hr/join/{token}", email="bob@1.example", **fields).status_code == 303


def test_who_is_in_a_team_already_is_told_to_ask_for_another_invitation(alice, database, northgate, stranger):
    token = admission.invite(database, northgate, "viewer", "alice@1.example", 1_900_000_000_000)
    answer = stranger.press(f"/hr/join/{token}", name="Alice", password=NEW)
    assert answer.status_code == 422
    assert "ask for an invitation to another one" in answer.page.main.text


def test_a_new_password_by_the_owners_link(app, alice, bob, database):
    member = next(each for each in team.members(database, 1) if each.name == "Bob")
    shown = alice.press(f"/hr/team/{member.id}", f"/hr/team/{member.id}/password")
    path = link(alice.get(shown.location).page.one("input", id="made")["value"])
    other = ConsoleClient.of(app)
    assert other.press(path, password=NEW).status_code == 303
    assert bob.get("/hr/").status_code == 302, "the sessions from before go on"
    assert other.get(path).status_code == 404, "the link works twice"
    other.sign_in(member.email, NEW)


def test_the_last_owner_gets_a_link_from_the_command(app, alice, stranger, database):
    path = link(run(app, "reset", "alice@1.example"))
    assert stranger.press(path, password=NEW).status_code == 303
    stranger.sign_in("alice@1.example", NEW)
    assert app.test_cli_runner().invoke(args=["team", "reset", "nobody@1.example"]).exit_code == 1


def test_a_reset_link_ends_after_a_day_and_cannot_be_forged(app, alice, database, stranger):
    (person,) = team.members(database, 1)
    token = admission.reset_token(database, person, 0)
    assert admission.read_reset(database, token, DAY - 1) == person
    number, expires, signature = token.split(".")
    forged = (
        f"{int(number) + 1}.{expires}.{signature}",
        f"{number}.{int(expires) + DAY}.{signature}",
        f"{number}.{expires}.x",
        *("", ".", "..", "9" * 40, f"{number}.{expires}", "1.²." + signature),
    )
    for bad in forged:
        with pytest.raises(BadLink):
            admission.read_reset(database, bad, 0)
    with pytest.raises(BadLink):
        admission.read_reset(database, token, DAY)


@pytest.mark.parametrize("path", ["setup/x", "join/x", "reset/x"])
def test_a_dead_link_leads_strangers_to_sign_in_and_members_to_their_campaigns(stranger, alice, path):
    for visitor, way in ((stranger, "Sign in"), (alice, "Back to the campaigns")):
        answer = visitor.get(f"/hr/{path}")
        assert answer.status_code == 404
        assert [link.text for link in answer.page.main.all("a")] == [way]


def test_without_mail_the_forgotten_password_page_says_whom_to_ask(stranger, alice):
    page = stranger.get("/hr/forgot").page
    assert "flask team reset" in page.text
    assert not page.main.all("form")
