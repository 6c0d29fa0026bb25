"""The outbox: a mail goes out if what it tells was kept, is tried again if it may, and is forgotten when it is out."""

from __future__ import annotations

from dataclasses import replace

import posting
import pytest
from cast import START
from posting import Post
from rows import run

from quiz.services import mail, outbox
from quiz.services.jobs import sending
from quiz.services.jobs.working import DAY_MS, HOUR_MS, MINUTE_MS
from quiz.services.mail import MailFailed
from quiz.services.outbox import Letter

GREYLISTED = MailFailed("refused", "450 try later")


@pytest.fixture
def post(monkeypatch) -> Post:
    return Post.at(monkeypatch)


@pytest.fixture
def settings(settings):
    return replace(
        settings, smtp_url="smtp://127.0.0.1:1", mail_from="quiz@example.org", public_url="https://quiz.example.org"
    )


@pytest.fixture
def write(database):
    """Writes mails, one to each address."""

    def write(*people: str, until_ms: int = START + 3 * DAY_MS) -> None:
        with database.writing() as store:
            outbox.write(store, [Letter("test", to, "Hello", f"Hello {to}", until_ms) for to in people], START)

    return write


@pytest.fixture
def deliver(app):
    return lambda now_ms=START: posting.deliver(app, now_ms)


def mails(database) -> list[tuple[str, str, str]]:
    return run(database, "SELECT state, reason, recipient FROM outbox ORDER BY id").fetchall()


def test_a_mail_goes_out_once(write, deliver, post, database):
    write("ana@x.example")
    deliver()
    deliver(START + DAY_MS)
    assert post.got == [("ana@x.example", "Hello", "Hello ana@x.example")]
    assert mails(database) == [("sent", "", "")]


def test_what_is_undone_is_not_mailed(write, deliver, post, database):
    def fail() -> None:
        with database.writing() as store:
            outbox.write(store, [Letter("test", "ana@x.example", "Hello", "Hello", START + DAY_MS)], START)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    deliver()
    assert not post.got


def test_what_the_server_puts_off_is_tried_again_and_goes_out(write, deliver, post, database):
    write("ana@x.example", "ben@x.example")
    post.fails = {"ana@x.example": GREYLISTED}
    deliver()
    assert [to for to, *_ in post.got] == ["ben@x.example"]
    post.fails = {}
    deliver(START + 4 * MINUTE_MS)
    assert len(post.got) == 1, "the server wants it later"
    deliver(START + 5 * MINUTE_MS)
    assert [to for to, *_ in post.got] == ["ben@x.example", "ana@x.example"]


def test_what_is_put_off_too_often_has_failed(write, deliver, post, database):
    write("ana@x.example")
    post.fails = {"*": GREYLISTED}
    at = START
    for wait in (0, *sending.PUT_OFF_MS):
        at += wait
        deliver(at)
    assert mails(database) == [("failed", "refused", "")]


def test_a_mail_that_is_of_no_use_any_more_does_not_go_out(write, deliver, post, database):
    write("ana@x.example", until_ms=START + HOUR_MS)
    deliver(START + HOUR_MS)
    assert not post.got
    assert mails(database) == [("failed", "late", "")]


def test_a_mail_at_which_the_server_hangs_up_does_not_hold_up_the_others(write, deliver, post, database):
    write(*(f"p{number}@x.example" for number in range(3)))
    post.fails = {"p0@x.example": MailFailed("unreachable")}
    deliver()
    deliver(START + MINUTE_MS)
    assert [to for to, *_ in post.got] == ["p1@x.example", "p2@x.example"]
    post.fails = {}
    deliver(START + HOUR_MS)
    assert len(post.got) == 3


def test_a_server_that_hangs_up_after_some_is_asked_again_at_once(write, deliver, post, monkeypatch):
    write(*(f"p{number}@x.example" for number in range(10)))
    usual, room = post.send, [4]

    def send(to, *more):
        room[0] -= 1
        if room[0] < 0:
            room[0] = 4
            raise MailFailed("unreachable")
        usual(to, *more)

    monkeypatch.setattr(post, "send", send)
    deliver()
    deliver(START + 5 * MINUTE_MS)
    assert len({to for to, *_ in post.got}) == len(post.got) == 10


def test_a_sender_who_dies_leaves_the_mail_to_another_as_the_same_mail(write, deliver, post, monkeypatch, database):
    write("ana@x.example", "ben@x.example")
    usual = post.send

    class Killed(BaseException):
        pass

    def send(*mail):
        usual(*mail)
        raise Killed  # after the server's word, before ours

    def nothing_more(*_, **__):
        raise OSError

    with monkeypatch.context() as dying:
        dying.setattr(post, "send", send)
        dying.setattr("quiz.store.outbox.give_back", nothing_more)
        with pytest.raises(Killed):
            deliver()
    deliver(START + 10 * MINUTE_MS)
    assert sorted({to for to, *_ in post.got}) == ["ana@x.example", "ben@x.example"]
    assert len(post.got) == 3
    assert len(set(post.ids)) == 2


def test_the_message_id_is_our_own_where_there_is_one():
    source = mail.sender("Rolefit <quiz@rolefit.example>")
    written = mail.write(source, "ana@x.example", "Hello", "Hello", "abc")
    assert written["Message-ID"] == "<abc@rolefit.example>"


def test_where_mail_is_set_up_no_more_it_waits_until_it_is_of_no_use(make_app, settings, write, database):
    write("ana@x.example")
    without = make_app(replace(settings, smtp_url="", mail_from=""))
    posting.deliver(without, START)
    assert mails(database) == [("waiting", "no-mail", "ana@x.example")]
    posting.deliver(without, START + 3 * DAY_MS)
    assert mails(database) == [("failed", "no-mail", "")]


def test_that_a_mail_went_out_is_forgotten_after_a_month(write, deliver, post, database):
    write("ana@x.example")
    deliver()
    deliver(START + sending.KEPT_MS)
    assert len(mails(database)) == 1
    deliver(START + sending.KEPT_MS + HOUR_MS)
    assert not mails(database)


@pytest.mark.parametrize("answer", ["550 <ana@x.example> unknown", "450 <ana@x.example> later"])
def test_no_log_names_anybody(write, deliver, post, caplog, database, answer):
    write("ana@x.example")
    post.fails = {"*": MailFailed("refused", answer)}
    for hours in (0, 1, 2, 7, 20, 40):
        deliver(START + hours * HOUR_MS)
    assert "a mail failed" in caplog.text
    assert "ana@" not in caplog.text
    assert not run(database, "SELECT id FROM job_runs WHERE said LIKE '%ana@%'").fetchall()
