"""Invitations by mail: who is written to, in which language, what is said, and what happens when it fails."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import posting
import pytest
from cast import START, content
from inviting_cast import home_of, invite_to
from posting import Post
from rows import run

from quiz.services import audit, campaigns, take
from quiz.services.invitations import book, mailing, path
from quiz.services.invitations.mailing import Mail
from quiz.services.invitations.rows import read
from quiz.services.mail import MailFailed
from quiz.store import invitations as kept

HOME = "https://quiz.example.org"


@pytest.fixture
def settings(settings):
    return replace(settings, smtp_url="smtp://127.0.0.1:1", mail_from="quiz@example.org", public_url=HOME)


@pytest.fixture
def post(monkeypatch) -> Post:
    return Post.at(monkeypatch)


@pytest.fixture
def deliver(app):
    """Has the mails sent that are due, by default now."""
    return lambda now_ms=START: posting.deliver(app, now_ms)


@pytest.fixture
def home(alices_campaign) -> str:
    return home_of(alices_campaign)


@pytest.fixture
def invite(database, alices_campaign):
    """Invites people to Alice's campaign, and returns everybody who is invited."""
    return partial(invite_to, database, alices_campaign)


@pytest.fixture(autouse=True)
def now(monkeypatch):
    """The clock of the console."""
    for module in ("listing", "one", "letter"):
        monkeypatch.setattr(f"quiz.web.hr.invitations.{module}.now_ms", lambda: START)


@pytest.fixture
def press(alice, deliver):
    """Has everybody mailed who has had no mail: the page right after the press, and the page when all is done."""

    def press(home: str):
        answer = alice.press(home, f"{home}/send")
        assert answer.status_code == 303
        before = alice.get(answer.location).page
        deliver()
        return before, alice.get(answer.location).page

    return press


def test_people_are_written_to_in_their_language_with_all_that_they_should_know(
    press, home, invite, post, database, alices_campaign
):
    ana, ben = invite("Ana,ana@x.example,,es\n,ben@x.example,B-2,en\n")
    before, after = press(home)
    assert "2 invitations are on their way." in before.main.text
    assert "on their way" not in after.main.text
    (to_ana, subject, spanish), (to_ben, _, english) = post.got
    assert (to_ana, to_ben) == ("ana@x.example", "ben@x.example")
    assert "Alice of Tidewell" in subject
    for text, invitation in ((spanish, ana), (english, ben)):
        assert HOME + path(alices_campaign, invitation) in text
        for told in (alices_campaign.asked_by, alices_campaign.purpose, alices_campaign.readers, "90"):
            assert told in text
        assert "alice@tidewell.example" in text
    assert english.startswith("Hello,\n\nAlice of Tidewell invites you to take a quiz")
    assert "voluntary" in english
    assert spanish != english
    assert audit.page(database, alices_campaign.team_id)[0].subject == "2"
    assert [each.status for each in book.all_of(database, alices_campaign)] == ["mailed", "mailed"]


def test_three_hundred_are_mailed_by_one_press_which_waits_for_none_of_them(press, home, invite, post):
    invite("\n".join(f"p{number}@x.example" for number in range(300)))
    before, after = press(home)
    assert "300 invitations are on their way." in before.main.text
    assert "300 mails are on their way." in before.main.text
    assert before.main.text.count("Mail on its way") >= 25
    assert "have had no mail" not in before.main.text
    assert len({to for to, *_ in post.got}) == len(post.got) == len(set(post.ids)) == 300
    assert "on their way" not in after.main.text
    assert post.connections == 300 / 25


def test_two_presses_write_to_everybody_once(alice, home, invite, post, deliver):
    invite("ana@x.example\nben@x.example")
    for _ in range(2):
        alice.send(f"{home}/send")
    deliver()
    assert len(post.got) == 2


def test_two_presses_at_the_same_time_write_to_everybody_once(invite, post, deliver, database, alices_campaign):
    invite("ana@x.example\nben@x.example")
    pressed = []

    def write(_) -> Mail:
        if not pressed:  # somebody else is quicker, and the mails have gone out already
            pressed.append(True)
            pressed.append(mailing.send_all(database, alices_campaign, write, START))
            deliver()
        return Mail("Hello", "Hello")

    assert mailing.send_all(database, alices_campaign, write, START) == 0
    assert pressed == [True, 2]
    deliver()
    assert len(post.got) == 2


def test_whoever_cannot_be_written_to_does_not_hold_up_the_others(
    alice, press, home, invite, post, database, alices_campaign
):
    people = invite("\n".join(f"p{number}@x.example" for number in range(30)))
    post.fails = {f"p{number}@x.example": MailFailed("refused", "550 unknown") for number in range(26)}
    _, page = press(home)
    assert len(post.got) == 4
    assert "The last mail to 26 people failed." in page.main.text
    assert "26 people have had no mail with their link yet." in page.main.text
    listed = alice.get(f"{home}?status=failed").page
    assert "The mail server did not take the message. (550 unknown)" in listed.main.text
    assert "p29@x.example" not in listed.main.text
    assert "(550 unknown)" in alice.get(f"{home}/{people[0].id}").page.main.text
    assert book.count(database, alices_campaign).to_send == 26
    post.fails = {}
    _, page = press(home)
    assert len({to for to, *_ in post.got}) == len(post.got) == 30
    assert "failed" not in page.main.text.replace("Mail failed", "")


def test_a_server_that_is_away_costs_time_and_no_mail(alice, press, home, invite, post, deliver):
    invite("ana@x.example\nben@x.example")
    post.fails = {"server": MailFailed("unreachable")}
    _, page = press(home)
    assert "2 mails are on their way." in page.main.text
    assert "The mail server could not be reached." in page.main.text
    post.fails = {}
    deliver()
    assert not post.got, "it is asked again at once"
    deliver(START + 60_000)
    assert len(post.got) == 2
    assert "on their way" not in alice.get(home).page.main.text


def test_nobody_is_mailed_who_was_revoked_or_has_no_address(alice, home, invite, post, database, deliver):
    ana, _ = invite("ana@x.example\n,,R-1")
    book.revoke(database, ana, START)
    assert not [form for form in alice.get(home).page.all("form") if form.get("action") == f"{home}/send"]
    alice.send(f"{home}/send")
    for each in (ana.id, ana.id + 1):
        alice.send(f"{home}/{each}/send")
    deliver()
    assert not post.got


@pytest.mark.parametrize("undo", ["revoke", "renew", "remove"])
def test_a_mail_that_has_not_gone_out_goes_with_its_link(alice, home, invite, post, deliver, undo):
    (ana,) = invite("ana@x.example")
    alice.send(f"{home}/send")
    alice.send(f"{home}/{ana.id}/{undo}")
    deliver()
    assert not post.got


@pytest.mark.parametrize("state", ["paused", "closed"])
def test_nobody_is_asked_to_what_they_cannot_start(
    alice, home, invite, post, database, alices_campaign, state, deliver
):
    (ana,) = invite("ana@x.example")
    alice.send(f"{home}/send")
    campaigns.set_state(database, alices_campaign.public_id, state)
    deliver()
    page = alice.get(home).page
    assert "Nobody can start in this campaign at the moment" in page.main.text
    assert "Nobody could start in the campaign when it was its turn." in page.main.text
    alice.send(f"{home}/send")
    alice.send(f"{home}/{ana.id}/send")
    deliver()
    assert not post.got


def test_one_person_is_mailed_again(alice, home, invite, post, database, alices_campaign, deliver):
    (ana,) = invite("Ana,ana@x.example")
    for _ in range(2):
        answer = alice.press(f"{home}/{ana.id}", f"{home}/{ana.id}/send")
        assert "The link is on its way to ana@x.example." in alice.get(answer.location).page.main.text
        deliver()
    assert len(post.got) == 2
    assert audit.page(database, alices_campaign.team_id)[0].subject == f"invitation {ana.id}"


def test_a_new_link_is_to_be_mailed_anew(alice, press, home, invite, post, database, alices_campaign):
    (ana,) = invite("ana@x.example")
    press(home)
    alice.press(f"{home}/{ana.id}", f"{home}/{ana.id}/renew")
    assert book.count(database, alices_campaign).to_send == 1
    press(home)
    assert post.got[0][2] != post.got[1][2]


def test_dates_of_the_campaign_are_told(press, post, database, make_campaign):
    day = 24 * 60 * 60 * 1000
    campaign = make_campaign(opens_ms=START + day, closes_ms=START + 9 * day)
    book.add(database, campaign, read("ana@x.example", ["en"], "en").rows, START)
    press(f"/hr/campaigns/{campaign.public_id}/invitations")
    assert "You can start from: January 16, 2027, " in post.got[0][2]
    assert "You can start until: January 24, 2027, " in post.got[0][2]


def test_a_name_cannot_turn_a_letter_into_two(press, home, post, database, alices_campaign):
    """Whatever stands in a name is one line of the text, and never of the head."""
    found = read("Ana\r\nBcc: eve@x.example,ana@x.example", ["en"], "en")
    assert [row.name for row in found.rows] == ["Bcc: eve@x.example"]
    book.add(database, alices_campaign, found.rows, START)
    press(home)
    ((to, subject, text),) = post.got
    assert to == "ana@x.example"
    assert "eve" not in subject
    assert text.startswith("Hello Bcc: eve@x.example,\n")


def test_what_was_sent_is_not_kept_and_what_was_said_goes_with_the_person(
    alice, press, home, invite, post, database, alices_campaign
):
    ana, ben = invite("ana@x.example\nben@x.example")
    post.fails = {"ben@x.example": MailFailed("refused", "550 <ben@x.example> unknown")}
    press(home)
    told = run(database, "SELECT recipient || subject || text || answer FROM outbox ORDER BY id").fetchall()
    assert told == [("",), ("550 <ben@x.example> unknown",)]
    token = take.start(database, content().pack, "en", START, campaign_id=alices_campaign.id)
    with database.writing() as store:
        kept.started(store, ben, take.find(database, token).id)
    take.delete(database, token, START + 2)
    assert run(database, "SELECT invitation_id FROM outbox").fetchall() == [(ana.id,)]
