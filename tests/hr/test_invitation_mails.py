"""Invitations by mail: who is written to, in which language, what is said, and what happens when it fails."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial

import pytest
from cast import START
from inviting_cast import home_of, invite_to

from quiz.services import audit, campaigns, mail
from quiz.services.invitations import book, path
from quiz.services.invitations.rows import read
from quiz.services.mail import MailFailed

HOME = "https://quiz.example.org"


@dataclass
class Post:
    """A mail server that keeps what it gets, and fails as it is told to: for everybody, or for some addresses."""

    got: list[tuple[str, str, str]] = field(default_factory=list)
    fails: dict[str, MailFailed] = field(default_factory=dict)

    def send(self, to: str, subject: str, text: str) -> None:
        if failed := self.fails.get(to) or self.fails.get("*"):
            raise failed
        self.got.append((to, subject, text))


@pytest.fixture
def settings(settings):
    return replace(settings, smtp_url="smtp://127.0.0.1:1", mail_from="quiz@example.org", public_url=HOME)


@pytest.fixture
def post(monkeypatch) -> Post:
    post = Post()

    @contextmanager
    def opened(_settings):
        yield post

    monkeypatch.setattr(mail, "post", opened)
    return post


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


def press_next(alice, home: str):
    answer = alice.press(home, f"{home}/send")
    assert answer.status_code == 303
    return alice.get(answer.location).page


def test_people_are_written_to_in_their_language_with_all_that_they_should_know(
    alice, home, invite, post, database, alices_campaign
):
    ana, ben = invite("Ana,ana@x.example,,es\n,ben@x.example,B-2,en\n")
    assert "2 invitations were mailed." in press_next(alice, home).main.text
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


def test_a_press_mails_twenty_five_and_says_how_many_are_left(alice, home, invite, post):
    invite("\n".join(f"p{number}@x.example" for number in range(30)))
    page = press_next(alice, home)
    assert "25 invitations were mailed." in page.main.text
    assert "5 people have had no mail with their link yet." in page.main.text
    assert "Mail the next 5" in page.main.text
    page = press_next(alice, home)
    assert len({to for to, *_ in post.got}) == len(post.got) == 30
    assert "have had no mail" not in page.main.text


def test_whoever_cannot_be_written_to_does_not_hold_up_the_others(alice, home, invite, post, database, alices_campaign):
    invite("\n".join(f"p{number}@x.example" for number in range(30)))
    post.fails = {f"p{number}@x.example": MailFailed("refused", "550 unknown") for number in range(26)}
    page = press_next(alice, home)
    assert "0 invitations were mailed." in page.main.text
    assert "p0@x.example: The mail server did not take the message. (550 unknown)" in page.main.text
    assert "22 more were not mailed. The list marks them." in page.main.text
    assert book.count(database, alices_campaign).to_send == 30
    tried = page.one("input", name="tried")["value"]
    answer = alice.send(f"{home}/send", tried=tried)
    page = alice.get(answer.location).page
    assert len(post.got) == 4
    assert "26 people have had no mail" in page.main.text
    assert "Each of them has been tried now." in page.main.text
    assert book.count(database, alices_campaign).failed == 26
    post.fails = {}
    alice.press(answer.location, f"{home}/send")
    assert len(post.got) == 29
    assert book.count(database, alices_campaign).failed == 1


def test_the_list_marks_whose_mail_failed_until_one_goes_out(alice, home, invite, post):
    ana, ben = invite("ana@x.example\nben@x.example")[:2]
    failing = "ana@x.example"
    post.fails = {failing: MailFailed("refused")}
    page = press_next(alice, home)
    marked = {row.one("th").text: "Mail failed" in row.text for row in page.one("tbody").all("tr")}
    assert marked == {"ana@x.example": True, "ben@x.example": False}
    assert "The last mail to 1 person failed." in page.main.text
    listed = alice.get(f"{home}?status=failed").page
    assert [row.one("th").text for row in listed.one("tbody").all("tr")] == ["ana@x.example"]
    number = next(each.id for each in (ana, ben) if each.email == failing)
    assert "Mail failed" in alice.get(f"{home}/{number}").page.main.text
    post.fails = {}
    alice.press(f"{home}/{number}", f"{home}/{number}/send")
    assert "Mail failed" not in alice.get(home).page.one("tbody").text


def test_a_mail_again_that_fails_leaves_the_first_one_sent(alice, home, invite, post, database, alices_campaign):
    (ana,) = invite("ana@x.example")
    press_next(alice, home)
    post.fails = {"*": MailFailed("refused")}
    alice.press(f"{home}/{ana.id}", f"{home}/{ana.id}/send")
    counts = book.count(database, alices_campaign)
    assert (counts.mailed, counts.failed, counts.to_send) == (1, 1, 0)


def test_however_many_mails_fail_the_words_fit_into_the_cookie(alice, home, invite, post):
    """Browsers drop a cookie of more than 4,096 bytes, and with it the session."""
    names = [f"{'x' * 60}.{number}@{'long-name.' * 15}example" for number in range(25)]
    invite("\n".join(names))
    post.fails = {name: MailFailed("refused", "y" * 300) for name in names}
    answer = alice.send(f"{home}/send")
    cookies = [value for name, value in answer.headers if name == "Set-Cookie"]
    assert cookies
    assert max(map(len, cookies)) < 4096


def test_a_server_that_fails_for_everybody_stops_the_batch(alice, home, invite, post, database, alices_campaign):
    invite("ana@x.example\nben@x.example")
    post.fails = {"*": MailFailed("unreachable")}
    assert "The mail server cannot be reached." in press_next(alice, home).main.text
    assert book.count(database, alices_campaign).to_send == 2


def test_nobody_is_mailed_who_was_revoked_or_has_no_address(alice, home, invite, post, database):
    ana, _ = invite("ana@x.example\n,,R-1")
    book.revoke(database, ana, START)
    assert not [form for form in alice.get(home).page.all("form") if form.get("action") == f"{home}/send"]
    alice.send(f"{home}/send")
    for each in (ana.id, ana.id + 1):
        alice.send(f"{home}/{each}/send")
    assert not post.got


@pytest.mark.parametrize("state", ["paused", "closed"])
def test_nobody_is_asked_to_what_they_cannot_start(alice, home, invite, post, database, alices_campaign, state):
    (ana,) = invite("ana@x.example")
    campaigns.set_state(database, alices_campaign.public_id, state)
    assert "Nobody can start in this campaign at the moment" in alice.get(home).page.main.text
    alice.send(f"{home}/send")
    alice.send(f"{home}/{ana.id}/send")
    assert not post.got


def test_one_person_is_mailed_again(alice, home, invite, post, database, alices_campaign):
    (ana,) = invite("Ana,ana@x.example")
    for _ in range(2):
        answer = alice.press(f"{home}/{ana.id}", f"{home}/{ana.id}/send")
        assert "The link was mailed to ana@x.example." in alice.get(answer.location).page.main.text
    assert len(post.got) == 2
    post.fails = {"*": MailFailed("sign-in", "535 no")}
    answer = alice.press(f"{home}/{ana.id}", f"{home}/{ana.id}/send")
    assert "does not let this site in" in alice.get(answer.location).page.main.text
    assert audit.page(database, alices_campaign.team_id)[0].subject == f"invitation {ana.id}"


def test_a_new_link_is_to_be_mailed_anew(alice, home, invite, post, database, alices_campaign):
    (ana,) = invite("ana@x.example")
    press_next(alice, home)
    alice.press(f"{home}/{ana.id}", f"{home}/{ana.id}/renew")
    assert book.count(database, alices_campaign).to_send == 1
    press_next(alice, home)
    assert post.got[0][2] != post.got[1][2]


def test_dates_of_the_campaign_are_told(alice, post, database, make_campaign):
    day = 24 * 60 * 60 * 1000
    campaign = make_campaign(opens_ms=START + day, closes_ms=START + 9 * day)
    book.add(database, campaign, read("ana@x.example", ["en"], "en").rows, START)
    press_next(alice, f"/hr/campaigns/{campaign.public_id}/invitations")
    assert "You can start from: January 16, 2027, " in post.got[0][2]
    assert "You can start until: January 24, 2027, " in post.got[0][2]


def test_a_name_cannot_turn_a_letter_into_two(alice, home, post, database, alices_campaign):
    """Whatever stands in a name is one line of the text, and never of the head."""
    found = read("Ana\r\nBcc: eve@x.example,ana@x.example", ["en"], "en")
    assert [row.name for row in found.rows] == ["Bcc: eve@x.example"]
    book.add(database, alices_campaign, found.rows, START)
    press_next(alice, home)
    ((to, subject, text),) = post.got
    assert to == "ana@x.example"
    assert "eve" not in subject
    assert text.startswith("Hello Bcc: eve@x.example,\n")
