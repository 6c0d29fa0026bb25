"""What invitations say of themselves: in the mail, in the file, and of a list that is wrong in several ways."""

from __future__ import annotations

import csv
from dataclasses import replace
from io import StringIO

import posting
import pytest
from cast import START
from inviting_cast import home_of, invite_to
from posting import Post

from quiz.services.mail import MailFailed


@pytest.fixture
def settings(settings):
    home = "https://quiz.example.org"
    return replace(settings, smtp_url="smtp://127.0.0.1:1", mail_from="quiz@example.org", public_url=home)


@pytest.fixture(autouse=True)
def now(monkeypatch):
    """The clock of the console."""
    for module in ("listing", "one", "letter"):
        monkeypatch.setattr(f"quiz.web.hr.invitations.{module}.now_ms", lambda: START)


def mails(alice, home) -> dict[str, tuple[str, bool, str]]:
    """How the file says that everybody's mail stands, whether with a date, and why."""
    text = alice.get(f"{home}.csv").get_data(as_text=True).removeprefix("\ufeff")
    rows = csv.DictReader(StringIO(text))
    return {row["Name"]: (row["Mail"], bool(row["Mail failed (UTC)"]), row["Why it has not gone out"]) for row in rows}


def test_the_file_says_whose_mail_failed_and_why_and_whose_waits(app, alice, database, alices_campaign, monkeypatch):
    post = Post.at(monkeypatch)
    home = home_of(alices_campaign)
    invite_to(database, alices_campaign, "Ana,ana@x.example\nBen,ben@x.example\n")
    post.fails = {"ana@x.example": MailFailed("refused", "550 unknown")}
    alice.send(f"{home}/send")
    posting.deliver(app, START)
    told = mails(alice, home)
    assert told["Ben"] == ("", False, "")
    assert told["Ana"] == ("Mail failed", True, "The mail server did not take the message. (550 unknown)")
    invite_to(database, alices_campaign, "Cleo,cleo@x.example\n")
    alice.send(f"{home}/send")
    assert mails(alice, home)["Cleo"] == ("Mail on its way", False, "")


def test_a_quiz_that_is_called_by_a_question_ends_with_it(app, alice, database, alices_campaign, monkeypatch):
    post = Post.at(monkeypatch)
    invite_to(database, alices_campaign, "Ana,ana@x.example,,es\nBen,ben@x.example,,en\n")
    alice.send(f"{home_of(alices_campaign)}/send")
    posting.deliver(app, START)
    assert len(post.got) == 2
    for _, _, text in post.got:
        assert "?" in text.split("\n\n")[1]
        assert not any(twice in text for twice in ("?.", "!.", "…."))


def test_a_line_with_two_problems_tells_both(alice, alices_campaign):
    answer = alice.send(f"{home_of(alices_campaign)}/new", people="Ana,ana@,A-1,klingon", usual="en")
    told = answer.page.one(role="alert").text
    assert "“ana@” is not an e-mail address." in told
    assert "“klingon” is not a language of the quiz" in told


def test_a_person_with_two_problems_is_told_both_beside_their_fields(alice, alices_campaign):
    answer = alice.send(f"{home_of(alices_campaign)}/new/person", email="ana@", reference="=1+1", language="en")
    assert {link["href"] for link in answer.page.one(role="alert").all("a")} == {"#email", "#reference"}
