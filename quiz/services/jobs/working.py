"""Does the jobs that are due: one run has a job at a time; one that dies is done again, one that fails later.

A job does all that is to be done by then, and doing it twice is the same as once: nothing depends on a run's end.
"""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from quiz.store import jobs
from quiz.store.database import Database
from quiz.store.jobs import Run

log = logging.getLogger(__name__)

MINUTE_MS = 60_000
HOUR_MS = 60 * MINUTE_MS
DAY_MS = 24 * HOUR_MS
LEASE_MS = 3 * MINUTE_MS
"""How long a run has a job to itself without a word of its own; after that, it is taken for dead."""
KEEP_MS = LEASE_MS // 6
"""How often it says a word at most."""
TRIES = 8
"""How often a job is tried before it waits for its next regular time."""


class Settings(Protocol):
    """The settings that jobs need."""

    @property
    def smtp_url(self) -> str:
        """Where the mail server is."""

    @property
    def mail_from(self) -> str:
        """Whom mail comes from."""

    @property
    def retain_unfinished_days(self) -> int:
        """Days until an unfinished attempt is removed."""

    @property
    def retain_finished_days(self) -> int:
        """Days until a finished attempt is removed."""


class Stopped(Exception):
    """Whoever works is to stop; what is left is done later."""


class LostTurn(Exception):
    """Somebody else has the job by now, because this run was silent for too long."""


class Failed(Exception):
    """A job cannot be done now, for a reason that is known; `str()` tells it and names nobody."""


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a run, in a few words, and when there is more to do, if that is known."""

    said: str
    again_ms: int | None = None


@dataclass(slots=True)
class Turn:
    """What a run has: the database, the settings, the clock, and the job to itself as long as it says `keep`."""

    database: Database
    settings: Settings
    clock: Callable[[], int]
    name: str
    stopping: Callable[[], bool] = lambda: False
    holder: str = field(default_factory=lambda: secrets.token_hex(8))
    kept_ms: int = 0

    def keep(self) -> None:
        """Say that this run is alive. Raises Stopped and LostTurn."""
        if self.stopping():
            raise Stopped
        now_ms = self.clock()
        if 0 <= now_ms - self.kept_ms < KEEP_MS:
            return
        with self.database.writing() as store:
            if not jobs.keep(store, self.name, self.holder, now_ms + LEASE_MS):
                raise LostTurn
        self.kept_ms = now_ms


@dataclass(frozen=True, slots=True)
class Kind:
    """A job: its work, and how often it is done even if nobody asks."""

    work: Callable[[Turn], Done]
    every_ms: int


def now_ms() -> int:
    """Milliseconds since 1970."""
    return time.time_ns() // 1_000_000


def work_off(
    database: Database,
    settings: Settings,
    kinds: Mapping[str, Kind],
    clock: Callable[[], int] = now_ms,
    stopping: Callable[[], bool] = lambda: False,
) -> int:
    """Do every job that is due, until none is; how many runs that were."""
    _look(database, kinds, clock())
    count = 0
    for name, kind in kinds.items():
        # What is due again at once waits for the next look, so that no job keeps the others from being done.
        turn = Turn(database, settings, clock, name, stopping)
        tries = None if stopping() else _claim(turn)
        if tries is not None:
            count += 1
            _run(turn, kind, tries)
    return count


def backoff_ms(tries: int) -> int:
    """How long to wait after so many tries: a minute, two, four, at most an hour."""
    return min(MINUTE_MS << min(tries - 1, 10), HOUR_MS)


def _look(database: Database, kinds: Mapping[str, Kind], at_ms: int) -> None:
    """Make the jobs that there are not yet, and keep once a minute that somebody looks."""
    known = {job.name: job.looked_ms or 0 for job in jobs.every(database.reader())}
    stale = [name for name in kinds if not 0 <= at_ms - known.get(name, 0) < MINUTE_MS // 2]
    if stale:
        with database.writing() as store:
            for name in stale:
                jobs.make(store, name, at_ms)
                jobs.looked(store, name, at_ms)


def _claim(turn: Turn) -> int | None:
    at_ms = turn.clock()
    if not jobs.is_due(turn.database.reader(), turn.name, at_ms):
        return None
    with turn.database.writing() as store:
        turn.kept_ms = at_ms
        return jobs.claim(store, turn.name, turn.holder, at_ms, at_ms + LEASE_MS)


def _run(turn: Turn, kind: Kind, tries: int) -> None:
    begun_ms = turn.clock()
    try:
        done = kind.work(turn)
    except LostTurn:
        log.warning("job %s: another worker has it by now", turn.name)
    except Stopped:
        with turn.database.writing() as store:
            jobs.end(store, turn.name, turn.holder, due_ms=turn.clock(), tries=tries - 1)
    except Failed as failed:
        _try_again(turn, kind, tries, begun_ms, str(failed))
    except Exception as error:
        log.exception("job %s: unforeseen error", turn.name)
        _try_again(turn, kind, tries, begun_ms, type(error).__name__)
    else:
        at_ms = turn.clock()
        due_ms = at_ms + kind.every_ms
        if done.again_ms is not None:
            due_ms = min(due_ms, max(done.again_ms, at_ms))
        _end(turn, Run(turn.name, begun_ms, at_ms, "done", done.said), due_ms=due_ms, tries=0)


def _try_again(turn: Turn, kind: Kind, tries: int, begun_ms: int, why: str) -> None:
    at_ms = turn.clock()
    if tries < TRIES:
        log.warning("job %s failed (try %s of %s): %s", turn.name, tries, TRIES, why)
        run = Run(turn.name, begun_ms, at_ms, "put-off", why)
        _end(turn, run, due_ms=at_ms + min(backoff_ms(tries), kind.every_ms), tries=tries)
    else:
        log.error("job %s failed %s times, and waits for its next regular time: %s", turn.name, tries, why)
        _end(turn, Run(turn.name, begun_ms, at_ms, "failed", why), due_ms=at_ms + kind.every_ms, tries=0)


def _end(turn: Turn, run: Run, *, due_ms: int, tries: int) -> None:
    with turn.database.writing() as store:
        if jobs.end(store, turn.name, turn.holder, due_ms=due_ms, tries=tries):
            jobs.note(store, run)
