"""Figures of jobs and mails: what waits, for how long, and what came of it, for whoever is woken when it goes wrong."""

from __future__ import annotations

import re
import time

import pytest
from rows import run

from quiz.services import outbox
from quiz.services.jobs import figures as jobs_figures
from quiz.services.jobs.working import LEASE_MS, Done, Failed, Kind, work_off
from quiz.store import jobs
from quiz.store.outbox import Letter

NOW_MS = int(time.time() * 1000)
HOUR_MS = 3_600_000


@pytest.fixture(autouse=True)
def now(monkeypatch):
    """It is NOW_MS while figures are read, however long ago this file was."""
    read = jobs_figures.read
    monkeypatch.setattr(jobs_figures, "read", lambda database, _: read(database, NOW_MS))


def figures(client):
    """The figures that `/metrics` tells of jobs, mails and the database, by whole name."""
    text = client.get("/metrics").get_data(as_text=True)
    return {
        name: float(value) for name, value in re.findall(r"^(rolefit_(?:job|mail|work|data)\S*) (\S+)$", text, re.M)
    }


def fail(turn):
    raise Failed("unreachable")


def test_a_job_that_fails_and_one_that_was_done_are_told_apart(client, database, settings):
    kinds = {"good": Kind(lambda turn: Done("x"), HOUR_MS), "bad": Kind(fail, HOUR_MS)}
    work_off(database, settings, kinds, lambda: NOW_MS)
    work_off(database, settings, kinds, lambda: NOW_MS + 61_000)
    told = figures(client)
    assert told['rolefit_job_runs{job="good",outcome="done"}'] == 1
    assert told['rolefit_job_runs{job="bad",outcome="put-off"}'] == 2
    assert told['rolefit_job_runs{job="bad",outcome="done"}'] == 0
    assert (told['rolefit_job_tries{job="good"}'], told['rolefit_job_tries{job="bad"}']) == (0, 2)
    assert told['rolefit_job_done_timestamp_seconds{job="good"}'] == NOW_MS / 1000
    assert 'rolefit_job_done_timestamp_seconds{job="bad"}' not in told
    assert told["rolefit_worker_look_timestamp_seconds"] == (NOW_MS + 61_000) / 1000


def test_work_that_nobody_does_waits_longer_and_longer(client, database):
    with database.writing() as store:
        jobs.want(store, "late", NOW_MS - HOUR_MS)
        jobs.want(store, "later", NOW_MS + HOUR_MS)
    told = figures(client)
    assert told['rolefit_job_waiting_seconds{job="late"}'] >= 3600
    assert told['rolefit_job_waiting_seconds{job="later"}'] == 0


def test_a_run_under_way_does_not_wait_and_one_whose_worker_died_does(client, database):
    with database.writing() as store:
        for name, begun_ms in (("running", NOW_MS - 60_000), ("dead", NOW_MS - HOUR_MS)):
            jobs.want(store, name, begun_ms)
            jobs.claim(store, name, "somebody", begun_ms, begun_ms + LEASE_MS)
    told = figures(client)
    assert told['rolefit_job_waiting_seconds{job="running"}'] == 0
    assert told['rolefit_job_running_seconds{job="running"}'] >= 60
    assert told['rolefit_job_waiting_seconds{job="dead"}'] >= 3600 - LEASE_MS / 1000
    assert told['rolefit_job_running_seconds{job="dead"}'] == 0


def test_mails_are_counted_by_state_and_the_oldest_tells_how_long_it_has_waited(client, database):
    for age_ms in (HOUR_MS, 60_000):
        letter = Letter("reset", "ana@tidewell.example", "New password", "…", NOW_MS + HOUR_MS)
        with database.writing() as store:
            outbox.write(store, [letter], NOW_MS - age_ms)
    told = figures(client)
    assert told['rolefit_mails{state="waiting"}'] == 2
    assert told['rolefit_mails{state="sent"}'] == told['rolefit_mails{state="failed"}'] == 0
    assert told["rolefit_mail_waiting_seconds"] >= 3600
    assert "tidewell" not in str(client.get("/metrics").get_data())


def test_the_other_figures_are_told_when_the_database_has_none(client, database):
    assert figures(client)["rolefit_database_answers"] == 1
    with database.writing() as store:
        run(store, "ALTER TABLE jobs RENAME TO gone")
    response = client.get("/metrics")
    assert response.status_code == 200
    assert b"rolefit_database_answers 0" in response.get_data()
    assert b"rolefit_requests_total" in response.get_data()
