"""Jobs: done when they are due, tried again later, given up visibly, and done by one worker at a time."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from cast import START, content
from rows import run

from quiz.services import take
from quiz.services.jobs import bell, book
from quiz.services.jobs.kinds import KINDS
from quiz.services.jobs.working import DAY_MS, HOUR_MS, LEASE_MS, MINUTE_MS, TRIES, Done, Failed, Kind, Turn, work_off
from quiz.store import jobs


class Clock:
    """A clock that moves when it is told to."""

    def __init__(self) -> None:
        self.now_ms = START

    def __call__(self) -> int:
        return self.now_ms


class Work:
    """A job that does as it is told, and counts."""

    def __init__(self) -> None:
        self.runs = 0
        self.fails: Exception | None = None

    def __call__(self, turn: Turn) -> Done:
        self.runs += 1
        if self.fails:
            raise self.fails
        return Done("all of it")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def work() -> Work:
    return Work()


@pytest.fixture
def look(database, settings, work, clock):
    """A worker that looks once."""
    return lambda: work_off(database, settings, {"test": Kind(work, HOUR_MS)}, clock)


def state(database, clock: Clock) -> dict:
    return book.everything(database, clock.now_ms)["jobs"][0]


def test_a_job_is_done_at_once_and_then_at_its_regular_times(look, work, clock, database):
    assert [look(), look()] == [1, 0]
    clock.now_ms += HOUR_MS - 1
    assert look() == 0
    clock.now_ms += 1
    assert look() == 1
    assert state(database, clock)["runs"][0]["said"] == "all of it"


def test_whoever_wants_a_job_has_it_done_earlier_and_never_later(look, work, clock, database):
    look()
    with database.writing() as store:
        jobs.want(store, "test", clock.now_ms)
        jobs.want(store, "test", clock.now_ms + DAY_MS)
    assert look() == 1


def test_what_is_wanted_while_a_job_is_done_is_done_afterwards(database, settings, clock):
    def work(turn: Turn) -> Done:
        with turn.database.writing() as store:
            jobs.want(store, "test", turn.clock())
        return Done("")

    kinds = {"test": Kind(work, HOUR_MS)}
    assert [work_off(database, settings, kinds, clock) for _ in range(2)] == [1, 1]


@pytest.mark.parametrize("error", [Failed("the server is away"), RuntimeError("a person's name")])
def test_a_job_that_fails_is_tried_again_later_and_later_and_given_up_visibly(
    look, work, clock, database, caplog, error
):
    work.fails = error
    waits = []
    for _ in range(TRIES):
        assert look() == 1
        waits.append((state(database, clock)["due_ms"] - clock.now_ms) // MINUTE_MS)
        clock.now_ms = state(database, clock)["due_ms"]
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60]
    assert [record.levelno for record in caplog.records if "times" in record.message] == [logging.ERROR]
    told = state(database, clock)
    assert told["state"] == "failed"
    assert "a person's name" not in str(told), "what an unforeseen error says may name somebody"
    work.fails = None
    assert look() == 1
    assert state(database, clock)["state"] == "waiting"


def test_a_job_has_one_worker_at_a_time(database, settings, clock):
    inside = []

    def work(turn: Turn) -> Done:
        inside.append(work_off(database, settings, kinds, clock))
        return Done("")

    kinds = {"test": Kind(work, HOUR_MS)}
    assert work_off(database, settings, kinds, clock) == 1
    assert inside == [0]


def test_the_job_of_a_worker_that_died_is_done_by_another(look, work, clock, database):
    look()
    with database.writing() as store:
        jobs.want(store, "test", clock.now_ms)
        assert jobs.claim(store, "test", "who dies", clock.now_ms, clock.now_ms + LEASE_MS) == 1
    assert look() == 0
    assert state(database, clock)["state"] == "running"
    clock.now_ms += LEASE_MS
    assert look() == 1


def test_a_worker_that_was_taken_for_dead_does_nothing_more(database, settings, clock, caplog):
    done = []

    def work(turn: Turn) -> Done:
        clock.now_ms += LEASE_MS  # it slept
        with turn.database.writing() as store:
            assert jobs.claim(store, "test", "another", clock.now_ms, clock.now_ms + LEASE_MS) == 2
        turn.keep()
        done.append("twice")
        return Done("")

    work_off(database, settings, {"test": Kind(work, HOUR_MS)}, clock)
    assert not done
    assert "another worker has it" in caplog.text
    assert state(database, clock)["state"] == "running"


def test_a_worker_that_is_busy_keeps_its_job(database, settings, clock):
    def work(turn: Turn) -> Done:
        for _ in range(5):
            clock.now_ms += LEASE_MS // 2
            turn.keep()
            assert work_off(database, settings, kinds, clock) == 0
        return Done("")

    kinds = {"test": Kind(work, HOUR_MS)}
    assert work_off(database, settings, kinds, clock) == 1
    assert state(database, clock)["runs"][0]["outcome"] == "done"


def test_a_worker_that_is_to_stop_leaves_the_rest_for_later(database, settings, clock):
    stopping = []

    def work(turn: Turn) -> Done:
        stopping.append(True)
        turn.keep()
        return Done("")

    kinds = {"test": Kind(work, HOUR_MS)}
    work_off(database, settings, kinds, clock, lambda: bool(stopping))
    told = state(database, clock)
    assert (told["state"], told["due_ms"], told["tries"], told["runs"]) == ("waiting", START, 0, [])
    assert work_off(database, settings, kinds, clock, lambda: True) == 0


def test_no_job_keeps_the_others_from_being_done(database, settings, clock):
    done = []

    def greedy(turn: Turn) -> Done:
        done.append("greedy")
        return Done("", again_ms=turn.clock())

    def modest(turn: Turn) -> Done:
        done.append("modest")
        return Done("")

    work_off(database, settings, {"a": Kind(greedy, HOUR_MS), "b": Kind(modest, HOUR_MS)}, clock)
    assert done == ["greedy", "modest"]


def test_jobs_of_a_newer_version_are_left_to_its_workers(look, work, database):
    with database.writing() as store:
        jobs.want(store, "webhooks", START)
    assert look() == 1


def test_only_the_last_runs_are_kept(look, clock, database):
    for _ in range(jobs.KEPT_RUNS + 5):
        look()
        clock.now_ms += HOUR_MS
    assert run(database, "SELECT count(*) FROM job_runs").fetchone() == (jobs.KEPT_RUNS,)


def test_retention_is_a_job_that_obeys_holds(database, settings, clock, alices):
    free, held, young = (
        take.find(database, take.start(database, content().pack, "en", START, campaign_id=campaign)).id
        for campaign in (None, alices.id, None)
    )
    run(database, "UPDATE campaigns SET hold = :yes", yes=True)
    run(database, "UPDATE attempts SET started_ms = :then WHERE id = :young", then=START + 31 * DAY_MS, young=young)
    clock.now_ms = START + 31 * DAY_MS
    work_off(database, settings, {"retention": KINDS["retention"]}, clock)
    assert sorted(row[0] for row in run(database, "SELECT id FROM attempts").fetchall()) == [held, young]
    told = state(database, clock)
    assert told["due_ms"] - clock.now_ms == DAY_MS
    assert told["runs"][0]["said"].startswith("removed 1 unfinished and 0 finished attempts")
    assert free


def test_who_looks_after_the_site_sees_whether_anybody_works(database, look, clock):
    assert not book.everything(database, clock.now_ms)["worked"]
    look()
    assert book.everything(database, clock.now_ms)["worked"]
    assert not book.everything(database, clock.now_ms + book.SILENT_MS)["worked"]


def test_a_bell_that_is_broken_is_told_and_stops_nobody(database, caplog):
    bell.ring(database, "redis://:a-secret@127.0.0.1:1/0")
    assert "not woken" in caplog.text
    assert "a-secret" not in caplog.text


def test_a_service_that_may_not_write_into_the_project_has_its_bell_elsewhere(monkeypatch, tmp_path):
    monkeypatch.setattr(bell, "_VAR", Path("/proc/nowhere"))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    folder = bell._folder()
    assert folder.parent == tmp_path
    assert folder.stat().st_mode & 0o077 == 0
    assert bell._folder() == folder
