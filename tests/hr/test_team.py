"""The team: who sees and changes what of it, and that it always keeps an owner."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace

import posting
import pytest
from console_client import PASSWORD, ConsoleClient
from posting import Post

from quiz.services import admission, audit, team
from quiz.services.mail import MailFailed
from quiz.web.house import now_ms


@pytest.fixture
def numbers(alice, bob, database, tidewell) -> dict[str, int]:
    """The members' ids by name."""
    return {each.name: each.id for each in team.members(database, tidewell)}


def roles(database, team_id: int) -> dict[str, str]:
    return {each.name: each.role for each in team.members(database, team_id)}


def test_a_viewer_sees_the_members_and_no_buttons(bob, alice):
    page = bob.get("/hr/team").page
    assert "alice@1.example" in page.text
    assert not page.main.all("form")
    assert "Audit" not in page.one("header").text


def test_alice_makes_bob_an_owner_and_back(alice, bob, numbers, database, tidewell):
    path = f"/hr/team/{numbers['Bob']}"
    assert bob.get(path).status_code == 403
    assert alice.press(path, f"{path}/role", role="owner").status_code == 303
    assert bob.get(path).status_code == 200, "Bob's new role counts at once"
    assert alice.press(path, f"{path}/role", role="viewer").status_code == 303
    assert bob.get(path).status_code == 403
    assert alice.send(f"{path}/role", role="emperor").status_code == 400
    assert [each.subject for each in audit.page(database, tidewell) if each.action == "member-role"] == [
        "bob@1.example viewer",
        "bob@1.example owner",
    ]


def test_a_removed_member_is_out_at_once_and_their_address_is_free(alice, bob, numbers, database, tidewell, app):
    path = f"/hr/team/{numbers['Bob']}"
    assert alice.press(path, f"{path}/remove").status_code == 303
    assert bob.get("/hr/").status_code == 302
    assert roles(database, tidewell) == {"Alice": "owner"}
    assert alice.get(path).status_code == 404
    with pytest.raises(AssertionError):
        ConsoleClient.of(app).sign_in("bob@1.example", PASSWORD)


@pytest.mark.parametrize("step", ["role", "remove"])
def test_the_last_owner_stays(alice, bob, numbers, database, tidewell, step):
    path = f"/hr/team/{numbers['Alice']}"
    answer = alice.send(f"{path}/{step}", role="viewer")
    assert "A team needs an owner" in alice.get(answer.location).page.one(role="alert").text
    assert roles(database, tidewell)["Alice"] == "owner"


def test_two_owners_who_demote_each_other_at_once_leave_one(alice, bob, numbers, database, tidewell):
    team.change_role(database, tidewell, numbers["Bob"], "owner")

    def demote(number: int) -> None:
        with suppress(team.LastOwner):
            team.change_role(database, tidewell, number, "viewer")

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(demote, (numbers["Alice"], numbers["Bob"])))
    assert sorted(roles(database, tidewell).values()) == ["owner", "viewer"]


def test_an_owner_leaves_where_there_is_another(alice, bob, numbers, database, tidewell):
    team.change_role(database, tidewell, numbers["Bob"], "owner")
    path = f"/hr/team/{numbers['Alice']}"
    assert alice.press(path, f"{path}/remove").location == "/hr/sign-in"
    assert roles(database, tidewell) == {"Bob": "owner"}


def test_charlie_cannot_touch_tidewells_members(charlie, numbers, database, tidewell):
    for name in ("Alice", "Bob"):
        path = f"/hr/team/{numbers[name]}"
        assert charlie.get(path).status_code == 404
        for step in ("role", "password", "one-step", "remove"):
            assert charlie.send(f"{path}/{step}", role="viewer").status_code == 404
    assert roles(database, tidewell) == {"Alice": "owner", "Bob": "viewer"}
    assert charlie.get(f"/hr/team/{2**70}").status_code == 404


def test_the_team_is_renamed_and_markup_in_its_name_is_only_text(alice):
    assert alice.press("/hr/team/name", team="  <b>Tide</b>  well ").status_code == 303
    assert "<b>Tide</b> well" in alice.get("/hr/").page.text
    assert alice.press("/hr/team/name", team=" ").status_code == 422
    assert alice.press("/hr/team/name", team="a\u202eb").status_code == 422


def test_who_is_in_the_team_already_is_not_invited_to_it(alice, bob, database, tidewell):
    answer = alice.press("/hr/team", "/hr/team/invitations", email="BOB@1.example", role="owner")
    assert answer.status_code == 422
    assert "Bob is in the team already." in answer.page.one("p", id="email-error").text
    assert admission.invitations(database, tidewell, 0) == []


def test_a_newer_invitation_takes_the_place_of_the_older_to_the_same_address(alice, database, tidewell, stranger):
    for email, role in (("dora@1.example", "viewer"), ("", "viewer"), ("", "viewer"), ("eve@1.example", "viewer")):
        alice.press("/hr/team", "/hr/team/invitations", email=email, role=role)
    answer = alice.press("/hr/team", "/hr/team/invitations", email="Dora@1.example", role="owner")
    kept = [(each.email, each.role) for each in admission.invitations(database, tidewell, 0)]
    assert kept == [("", "viewer"), ("", "viewer"), ("eve@1.example", "viewer"), ("Dora@1.example", "owner")]
    link = alice.get(answer.location).page.one("input", id="made")["value"]
    assert stranger.get(link[link.index("/hr/") :]).status_code == 200


# With mail ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def post(monkeypatch) -> Post:
    return Post.at(monkeypatch)


@pytest.fixture
def deliver(app):
    return lambda: posting.deliver(app, now_ms())


@pytest.fixture
def settings(settings):
    return replace(
        settings, smtp_url="smtp://127.0.0.1:1", mail_from="quiz@tidewell.example", public_url="http://quiz.example"
    )


def test_an_invitation_is_mailed_with_the_public_address(alice, post, deliver):
    answer = alice.press("/hr/team", "/hr/team/invitations", email="dora@tidewell.example", role="viewer")
    assert not post.got, "the page waits for the mail server"
    deliver()
    ((to, subject, text),) = post.got
    assert (to, subject) == ("dora@tidewell.example", "An invitation to the team Tidewell")
    assert "http://quiz.example/hr/join/" in text
    assert "on its way to dora@tidewell.example" in alice.get(answer.location).page.text


def test_the_link_is_there_to_copy_whether_its_mail_goes_out_or_not(alice, post, deliver):
    post.fails["server"] = MailFailed("unreachable")
    answer = alice.press("/hr/team", "/hr/team/invitations", email="dora@tidewell.example", role="viewer")
    page = alice.get(answer.location).page
    assert page.one("input", id="made")["value"].startswith("http://quiz.example/hr/join/")
    deliver()
    assert not post.got
    post.fails.clear()
    posting.deliver(alice.application, now_ms() + 120_000)
    assert page.one("input", id="made")["value"] in post.got[0][2]


def test_an_invitation_that_is_not_made_is_not_mailed(alice, database, tidewell, post, deliver):
    def write(token):
        raise RuntimeError

    with pytest.raises(RuntimeError):
        admission.invite(database, tidewell, "viewer", "dora@tidewell.example", now_ms(), write)
    deliver()
    assert not post.got
    assert not admission.invitations(database, tidewell, now_ms())


def test_a_forgotten_password_is_chosen_anew_by_mail(app, sign_in, tidewell, post, stranger, deliver):
    sign_in("Ana", tidewell, "owner", "es")
    answer = stranger.press("/hr/forgot", email="ANA@1.example")
    deliver()
    assert not post.got, "the answer waits for the mail to be written, and so tells that there is such a member"
    answer.close()
    page = answer.page
    deliver()
    ((to, _, text),) = post.got
    assert to == "ana@1.example"
    path = text.split("http://quiz.example")[1].split()[0]
    assert stranger.press(path, password="four lamps on a pier").status_code == 303
    nobody = stranger.press("/hr/forgot", email="nobody@1.example").page
    assert nobody.main.text == page.main.text
    deliver()
    assert [mail[0] for mail in post.got] == ["ana@1.example", "ana@1.example"], "the change was not mailed"


def test_asking_for_mails_is_limited(make_app, settings, post):
    app = make_app(replace(settings, sign_in_limit="2 per minute"))
    asker = ConsoleClient.of(app)
    token = asker.get("/hr/forgot").page.all("input", name="csrf_token")[0]["value"]
    fields = {"email": "ana@1.example", "csrf_token": token}
    assert [asker.post("/hr/forgot", data=fields).status_code for _ in range(3)] == [200, 200, 429]
