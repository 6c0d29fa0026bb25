"""Jobs, as rows: when each is due, which run has it, and what came of the last runs. Times are ms since 1970."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import and_, bindparam, case, delete, func, insert, null, or_, select, update
from sqlalchemy.dialects.postgresql import insert as insert_or_update

from quiz.store.database import Transaction
from quiz.store.tables import job_runs, jobs

KEPT_RUNS = 100
"""Runs of a job that are kept."""
OUTCOMES = ("done", "put-off", "failed")
"""How a run ends: done, to be tried again, or failed, because it was tried often enough."""


@dataclass(frozen=True, slots=True)
class Job:
    """A job as it stands."""

    name: str
    due_ms: int | None
    started_ms: int | None
    lease_ms: int | None
    tries: int
    looked_ms: int | None


@dataclass(frozen=True, slots=True)
class Run:
    """A run that has ended."""

    name: str
    started_ms: int
    ended_ms: int
    outcome: str
    """One of `OUTCOMES`."""
    said: str


_wanted = insert_or_update(jobs).values(name=bindparam("name"), due_ms=bindparam("due"))
# The earlier of both, where there are two.
_WANT = _wanted.on_conflict_do_update(
    index_elements=["name"],
    set_={
        "due_ms": case(
            (or_(jobs.c.due_ms.is_(None), jobs.c.due_ms > _wanted.excluded.due_ms), _wanted.excluded.due_ms),
            else_=jobs.c.due_ms,
        )
    },
)
_MAKE = insert_or_update(jobs).values(name=bindparam("name"), due_ms=bindparam("due")).on_conflict_do_nothing()
_this = jobs.c.name == bindparam("job")
_LOOKED = update(jobs).where(_this).values(looked_ms=bindparam("now_ms"))
_free = or_(
    and_(jobs.c.lease_ms.is_(None), jobs.c.due_ms <= bindparam("now_ms")),
    jobs.c.lease_ms <= bindparam("now_ms"),  # whoever had it is dead, or as good as
)
_DUE = select(jobs.c.name).where(_this, _free)
_CLAIM = (
    update(jobs)
    .where(_this, _free)
    .values(
        due_ms=null(),
        started_ms=bindparam("now_ms"),
        lease_ms=bindparam("until"),
        holder=bindparam("run"),
        tries=jobs.c.tries + 1,
    )
    .returning(jobs.c.tries)
)
_held = and_(_this, jobs.c.holder == bindparam("run"))
_KEEP = update(jobs).where(_held).values(lease_ms=bindparam("until")).returning(jobs.c.name)
_END = (
    update(jobs)
    .where(_held)
    .values(
        # What somebody wanted while the run was under way comes first.
        due_ms=case((jobs.c.due_ms < bindparam("next"), jobs.c.due_ms), else_=bindparam("next")),
        started_ms=null(),
        lease_ms=null(),
        holder=null(),
        tries=bindparam("tried"),
    )
    .returning(jobs.c.name)
)
_NOTE = insert(job_runs).values(
    {name: bindparam(name) for name in ("name", "started_ms", "ended_ms", "outcome", "said")}
)
_kept = (
    select(job_runs.c.id)
    .where(job_runs.c.name == bindparam("job"))
    .order_by(job_runs.c.id.desc())
    .limit(1)
    .offset(KEPT_RUNS - 1)
    .scalar_subquery()
)
_FORGET = delete(job_runs).where(job_runs.c.name == bindparam("job"), job_runs.c.id < func.coalesce(_kept, 0))
_ALL = select(*(jobs.c[name] for name in Job.__slots__)).order_by(jobs.c.name)
_RUNS = (
    select(*(job_runs.c[name] for name in Run.__slots__))
    .where(job_runs.c.name == bindparam("job"))
    .order_by(job_runs.c.id.desc())
    .limit(bindparam("size"))
)
_OUTCOMES = select(job_runs.c.name, job_runs.c.outcome, func.count(), func.max(job_runs.c.ended_ms)).group_by(
    job_runs.c.name, job_runs.c.outcome
)


def want(store: Transaction, name: str, due_ms: int) -> None:
    """Have a job done at a time, or earlier if that is wanted already."""
    store.run(_WANT, name=name, due=due_ms)


def make(store: Transaction, name: str, due_ms: int) -> None:
    """Keep a job, unless there is one of that name."""
    store.run(_MAKE, name=name, due=due_ms)


def looked(store: Transaction, name: str, now_ms: int) -> None:
    """Keep that a worker looked."""
    store.run(_LOOKED, job=name, now_ms=now_ms)


def is_due(store: Transaction, name: str, now_ms: int) -> bool:
    """Whether a job is to be done, and nobody has it."""
    return store.run(_DUE, job=name, now_ms=now_ms).fetchone() is not None


def claim(store: Transaction, name: str, holder: str, now_ms: int, until_ms: int) -> int | None:
    """Take a job that is due, until a time: which try this is. None if it is not due, or somebody has it."""
    row = store.run(_CLAIM, job=name, run=holder, now_ms=now_ms, until=until_ms).fetchone()
    return row[0] if row else None


def keep(store: Transaction, name: str, holder: str, until_ms: int) -> bool:
    """Keep a job for longer; False if somebody else has it by now."""
    return store.run(_KEEP, job=name, run=holder, until=until_ms).fetchone() is not None


def end(store: Transaction, name: str, holder: str, *, due_ms: int, tries: int) -> bool:
    """Give a job back, with when it is due next and how often it was tried; False if somebody else has it by now."""
    return store.run(_END, job=name, run=holder, next=due_ms, tried=tries).fetchone() is not None


def note(store: Transaction, run: Run) -> None:
    """Keep what came of a run, and of earlier ones the last hundred."""
    store.run(_NOTE, **{name: getattr(run, name) for name in Run.__slots__})
    store.run(_FORGET, job=run.name)


def every(store: Transaction) -> list[Job]:
    """All jobs."""
    return [Job(*row) for row in store.run(_ALL).fetchall()]


def runs(store: Transaction, name: str, size: int) -> list[Run]:
    """A job's last runs, the latest first."""
    return [Run(*row) for row in store.run(_RUNS, job=name, size=size).fetchall()]


def outcomes(store: Transaction) -> dict[tuple[str, str], tuple[int, int]]:
    """Of the runs that are kept, by name and outcome: how many, and when the last of them ended."""
    return {(name, outcome): (number, ended_ms) for name, outcome, number, ended_ms in store.run(_OUTCOMES).fetchall()}
