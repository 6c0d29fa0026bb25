"""`flask jobs`: what whoever looks after the site sees and can do."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from cast import content
from rows import run

from quiz.services import take
from quiz.services.jobs.kinds import KINDS
from quiz.services.jobs.working import DAY_MS, Failed, Kind, now_ms, work_off
from quiz.store import jobs


@pytest.fixture(autouse=True)
def silent_bell(monkeypatch) -> None:
    monkeypatch.setattr("quiz.services.jobs.bell.ring", lambda *_: None)


@pytest.fixture
def flask(app):
    """Runs a command and returns what it printed."""

    def flask(*arguments: str, code: int = 0) -> str:
        ran = app.test_cli_runner().invoke(args=list(arguments))
        assert ran.exit_code == code, ran.output
        return ran.output

    return flask


def fail(_turn) -> None:
    raise Failed("the mail server is away")


def test_before_anything_was_done_it_says_that_nobody_works(flask):
    assert "No worker has looked" in flask("jobs")


def test_it_tells_how_each_job_stands_and_what_came_of_it(flask, app, database, settings):
    work_off(database, settings, {"mail": Kind(fail, 60_000), "retention": KINDS["retention"]})
    said = flask("jobs")
    assert "mail: put off after 1 tries; tried again at 20" in said
    assert "put-off   the mail server is away" in said
    assert "retention: waiting until 20" in said
    assert "removed 0 unfinished and 0 finished attempts, 0 invitations; 0 held" in said
    assert "mails: 0 waiting, 0 sent lately, 0 failed" in said
    assert "No worker" not in said
    assert "/" not in said, "it tells addresses"


def test_machines_get_the_same_as_json(flask, database, settings):
    work_off(database, settings, KINDS)
    told = json.loads(flask("jobs", "--json"))
    assert told["worked"] is True
    assert [(job["name"], job["state"], job["runs"][0]["outcome"]) for job in told["jobs"]] == [
        ("deletion", "waiting", "done"),
        ("mail", "waiting", "done"),
        ("retention", "waiting", "done"),
    ]
    assert told["mails"] == {"waiting": 0, "sent": 0, "failed": 0}


def test_a_job_is_done_next_if_somebody_wants_it(flask, database, settings):
    work_off(database, settings, KINDS)
    assert work_off(database, settings, KINDS) == 0
    assert "retention is next" in flask("jobs", "now", "retention")
    assert work_off(database, settings, KINDS) == 1


def test_a_job_that_there_is_not_is_told_with_those_that_there_are(flask):
    assert "there are deletion, mail, retention" in flask("jobs", "now", "nonsense", code=2)


def test_retention_takes_the_days_of_the_settings(settings, database):
    take.start(database, content().pack, "en", now_ms() - 8 * DAY_MS)
    for days, kept in ((9, 1), (7, 0)):
        with database.writing() as store:
            jobs.want(store, "retention", 0)
        work_off(database, replace(settings, retain_unfinished_days=days), {"retention": KINDS["retention"]})
        assert run(database, "SELECT count(*) FROM attempts").fetchone() == (kept,)
