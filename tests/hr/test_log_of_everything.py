"""The log of a whole day: takers, the console, mails, jobs, commands and errors leave nothing of anybody in it."""

from __future__ import annotations

import io
import logging
import re
from dataclasses import replace
from pathlib import Path

import posting
import pytest
from cast import ITEMS, START, persona
from flask.testing import FlaskClient
from inviting_cast import invite_to, signed
from page_client import PageClient
from posting import Post
from rows import run

from quiz.services import notes, outbox, person
from quiz.services.jobs.kinds import KINDS
from quiz.services.jobs.working import work_off
from quiz.services.mail import MailFailed
from quiz.store.outbox import Letter
from quiz.web.logs import Json

DOORS = (Path(__file__).parent / "doors.txt").read_text().splitlines()[1:]
ADDRESS = "192.0.2.77"
NAME, EMAIL, NOTE = "Zenobia Quill", "zenobia@quill.example", "Wants to travel to Ronda"
ANSWERED = "550 zenobia@quill.example is unknown here"


@pytest.fixture
def settings(settings):
    return replace(
        settings,
        log_format="json",
        smtp_url="smtp://quiz:hunter2hunter2@127.0.0.1:1",
        mail_from="quiz@host.example",
        public_url="https://quiz.host.example",
    )


@pytest.fixture
def written(capfd):
    """All that has been written to the log so far, of requests and of everything else."""
    kept = io.StringIO()
    handler = logging.StreamHandler(kept)
    handler.setFormatter(Json())
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield lambda: capfd.readouterr().err + kept.getvalue()
    root.setLevel(level)
    root.removeHandler(handler)


@pytest.fixture
def day(app, database, make_campaign, alice, bob, stranger):
    """Goes through everything that people can open, and knows the secrets that it met on its way."""
    campaign = make_campaign(identification="named")
    invitation = invite_to(database, campaign, f"Name,E-mail,Reference\n{NAME},{EMAIL},R-4711\n")[0]
    secrets = {
        ADDRESS,
        NAME,
        "Quill",
        EMAIL,
        NOTE,
        "R-4711",
        "hunter2",
        campaign.public_id,
        "alice@",
        "tide that turns",
    }
    taker = PageClient(app, app.response_class)
    taker.framed[f"/c/{campaign.public_id}"] = campaign.sites
    for client in (alice, bob, stranger, taker):
        client.environ_base["REMOTE_ADDR"] = ADDRESS

    def play() -> str:
        """Somebody is invited, starts, answers everything, reads their result, and asks for what is not there."""
        link = signed(campaign, invitation)
        secrets.add(link)
        home = f"/c/{campaign.public_id}"
        taker.get(f"{home}?invite={link}")
        form = {"language": "en", "invite": link, "name": NAME, "email": EMAIL, "agreed": "yes", "texts": "0"}
        place = taker.post(f"{home}/start", data=form).headers["Location"]
        token = place.split("/")[2]
        taker.framed[f"/a/{token}"] = campaign.sites
        secrets.update({token, token[:16]})
        for item, choice in persona("clear-hunter").answers.items():
            taker.post(f"/a/{token}/{item}", data={"choice": str(choice)})
        for step in ("result", "result/answers", "result.json", "nothing", "delete", ITEMS[0], "terms"):
            taker.get(f"/a/{token}/{step}")
        taker.post(f"/a/{token}/{ITEMS[0]}", data={"choice": NAME})
        taker.post(f"/a/{token}/language", data={"language": EMAIL})
        return token

    def knock() -> list[int]:
        """Every door of the console, by everybody; the statuses."""
        found = run(database, "SELECT max(id) FROM attempts").fetchone()[0]
        stands = {"public_id": campaign.public_id, "attempt_id": str(found), "form": "csv", "digits": "0b5f4c"}
        stands |= {"language": "en", "invitation_id": "1", "note_id": "1", "person_id": "1"}
        statuses = []
        for line in DOORS:
            route, methods, _ = line.split()
            if route.endswith(("/delete", "/sign-out-everywhere", "/sign-out", "/remove")):
                continue
            address = "/hr" + re.sub(r"<(\w+)>", lambda part: stands.get(part[1], "x"), route)
            for client in (alice, bob, stranger):
                for method in methods.split(","):
                    form = {"email": EMAIL, "name": NAME, "password": NOTE, "text": NOTE} if method == "POST" else None
                    # Without the client's own checks: of the pages' looks, other tests take care.
                    answer = FlaskClient.open(client, f"{address}?q=Quill", method=method, data=form)
                    statuses.append(answer.status_code)
                    answer.close()
        return statuses

    def note(token: str) -> None:
        found = run(database, "SELECT max(id) FROM attempts").fetchone()[0]
        pack = app.extensions["rolefit"].library.main.pack
        notes.write(database, person.find(database, campaign, pack, found), "bob@1.example", NOTE, START)

    return play, knock, note, secrets


def test_a_day_of_everybody_leaves_nothing_of_anybody(day, written, app, database, monkeypatch):
    play, knock, note, secrets = day
    note(play())
    statuses = knock()
    assert {200, 302, 404} <= set(statuses)
    # Mails: one goes out, one is refused with words that name somebody, and then the server is away.
    post = Post.at(monkeypatch)
    post.fails["other@quill.example"] = MailFailed("refused", ANSWERED)
    for to in (EMAIL, "other@quill.example"):
        with database.writing() as store:
            outbox.write(store, [Letter("test", to, f"For {NAME}", f"Dear {NAME}", START * 2)], START)
    posting.deliver(app, START)
    post.fails["server"] = MailFailed("sign-in", f"535 {EMAIL}")
    with database.writing() as store:
        outbox.write(store, [Letter("test", EMAIL, "x", "x", START * 2)], START)
    house = app.extensions["rolefit"]
    work_off(database, house.settings, KINDS, lambda: START + 3_600_000)
    for command in (["jobs"], ["retain"], ["campaign", "list"], ["doctor"], ["team", "new", "Quill & Co"]):
        app.test_cli_runner().invoke(args=command)
    said = written()
    assert said.count('"event":"request"') > len(DOORS)
    assert "a mail failed" in said
    assert "job mail failed" in said
    assert [secret for secret in (*secrets, *ITEMS) if secret in said] == []


def test_errors_that_nobody_foresaw_leave_nothing_of_anybody_either(day, written, app, database):
    play, knock, note, secrets = day
    note(play())
    app.config["PROPAGATE_EXCEPTIONS"] = False
    tables = ("campaigns", "answers", "invitations", "notes")
    with database.writing() as store:
        for table in tables:
            run(store, f"ALTER TABLE {table} RENAME TO gone_{table}")
    statuses = knock()
    assert statuses.count(500) > 10
    said = written()
    assert said.count('"trace"') > 10
    assert [secret for secret in (*secrets, *ITEMS) if secret in said] == []
