"""How the jobs stand, in figures for whoever watches them: read from the database, so the same from every worker."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from quiz.store import jobs, outbox
from quiz.store.database import Database
from quiz.store.jobs import OUTCOMES


@dataclass(frozen=True, slots=True)
class JobFigures:
    """A job. Seconds are 0 where there is nothing that waits or runs; moments are seconds since 1970."""

    name: str
    waits_seconds: float
    """How long it has been due without being done."""
    runs_seconds: float
    """How long the run under way has lasted."""
    tries: int
    """Runs since one came to its end: 0 when all is well."""
    done_at: float | None
    """When it was last done; None if that was never."""
    runs: Mapping[str, int]
    """Of the last hundred runs, how many ended in each of `OUTCOMES`."""


@dataclass(frozen=True, slots=True)
class WorkFigures:
    """All jobs, the mails by state, how long the oldest has waited, and when a worker last looked."""

    jobs: list[JobFigures]
    mails: Mapping[str, int]
    mail_waits_seconds: float
    looked_at: float | None


def read(database: Database, now_ms: int) -> WorkFigures:
    """The figures. Raises what the driver raises when the database does not answer."""
    store = database.reader()
    every = jobs.every(store)
    ended = jobs.outcomes(store)
    looks = [job.looked_ms for job in every if job.looked_ms is not None]
    figures = []
    for job in every:
        of_job = {outcome: ended.get((job.name, outcome), (0, None)) for outcome in OUTCOMES}
        running = job.lease_ms is not None and job.lease_ms > now_ms
        # A run that died without a word is work that waits, since the end of its lease.
        due_ms = job.lease_ms if job.lease_ms is not None and not running else job.due_ms
        last_ms = of_job["done"][1]
        figures.append(
            JobFigures(
                job.name,
                waits_seconds=0.0 if running else _since(due_ms, now_ms),
                runs_seconds=_since(job.started_ms, now_ms) if running else 0.0,
                tries=job.tries,
                done_at=None if last_ms is None else last_ms / 1000,
                runs={outcome: number for outcome, (number, _) in of_job.items()},
            )
        )
    oldest_ms = outbox.oldest(store)
    return WorkFigures(figures, outbox.count(store), _since(oldest_ms, now_ms), max(looks) / 1000 if looks else None)


def _since(then_ms: int | None, now_ms: int) -> float:
    return 0.0 if then_ms is None else max(now_ms - then_ms, 0) / 1000
