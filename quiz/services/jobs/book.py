"""How the jobs stand, for those who look after them."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from quiz.services.jobs import bell
from quiz.services.jobs.kinds import KINDS
from quiz.store import jobs, outbox
from quiz.store.database import Database
from quiz.store.jobs import Job, Run

NAMES = tuple(KINDS)
SHOWN = 10
"""Runs of a job that are told."""
SILENT_MS = 5 * 60_000
"""After so long without a look, nobody works."""


def everything(database: Database, now_ms: int) -> dict[str, Any]:
    """The jobs with their last runs (the latest first), the mails by state, and whether anybody works; for JSON."""
    store = database.reader()
    every = jobs.every(store)
    return {
        "worked": any(job.looked_ms is not None and now_ms - job.looked_ms < SILENT_MS for job in every),
        "jobs": [_told(job, jobs.runs(store, job.name, SHOWN), now_ms) for job in every],
        "mails": outbox.count(store),
    }


def have_done(database: Database, name: str, now_ms: int, redis_url: str) -> None:
    """Have a job done soon. Raises LookupError if there is none of that name."""
    if name not in KINDS:
        raise LookupError(name)
    with database.writing() as store:
        jobs.want(store, name, now_ms)
    bell.ring(database, redis_url)


def _told(job: Job, runs: list[Run], now_ms: int) -> dict[str, Any]:
    if job.lease_ms is not None and job.lease_ms > now_ms:
        state = "running"
    elif runs and runs[0].outcome != "done":
        state = runs[0].outcome
    else:
        state = "waiting"
    kept = {name: value for name, value in asdict(job).items() if name != "lease_ms"}
    return {**kept, "state": state, "runs": [asdict(run) for run in runs]}
