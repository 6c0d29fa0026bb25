"""Retention: a dry run counts, a real one removes, and the boundary is exact."""

import pytest

from quiz.services.retention import DAY_MS, TOMBSTONE_DAYS, Counts, retain
from quiz.store import attempts

NOW = 2_000_000_000_000
PERIODS = {"unfinished_days": 30, "finished_days": 365, "now_ms": NOW}


@pytest.fixture
def keep(database):
    """Keeps an attempt that was last touched so many milliseconds ago."""
    kept = iter(range(1, 1000))

    def keep(ago, finished=False, deleted=False):
        token_hash = next(kept).to_bytes(32, "big")
        with database.writing() as store:
            attempts.start(store, token_hash, "pack", "1", "en", NOW - ago)
            attempt = attempts.find(store, token_hash)
            attempts.answer(store, attempt.id, "item", 3, NOW - ago)
            if finished:
                attempts.finish(store, attempt.id, "1", "{}", NOW - ago)
            if deleted:
                attempts.forget(store, token_hash, NOW - ago)
        return token_hash

    return keep


def left(database):
    """How many attempts, answers and tombstones are left."""
    return tuple(
        database.reader().cursor.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
        for table in ("attempts", "answers", "tombstones")
    )


def fill(keep):
    for ago in (0, 29, 31, 364, 366):
        keep(ago * DAY_MS)
        keep(ago * DAY_MS, finished=True)
        keep(ago * DAY_MS, deleted=True)


def test_a_dry_run_counts_and_removes_nothing(database, keep):
    fill(keep)
    assert retain(database, **PERIODS) == Counts(unfinished=3, finished=1, tombstones=3)
    assert left(database) == (10, 10, 5)


def test_a_real_run_removes_what_it_counts_with_answers_and_results(database, keep):
    fill(keep)
    assert retain(database, **PERIODS, remove=True) == Counts(unfinished=3, finished=1, tombstones=3)
    assert left(database) == (6, 6, 2)
    assert retain(database, **PERIODS, remove=True) == Counts(0, 0, 0)


@pytest.mark.parametrize(
    ("days", "how"), [(30, {}), (365, {"finished": True}), (TOMBSTONE_DAYS, {"deleted": True})], ids=str
)
def test_exactly_on_the_day_it_is_still_kept_and_a_millisecond_later_it_is_not(database, keep, days, how):
    keep(days * DAY_MS, **how)
    assert sum(vars_of(retain(database, **PERIODS, remove=True))) == 0
    keep(days * DAY_MS + 1, **how)
    assert sum(vars_of(retain(database, **PERIODS, remove=True))) == 1
    assert sum(left(database)) == (1 if how == {"deleted": True} else 2)


def vars_of(counts):
    return counts.unfinished, counts.finished, counts.tombstones


def test_the_time_counts_from_the_last_answer_and_not_from_the_start(database):
    with database.writing() as store:
        attempts.start(store, bytes(32), "pack", "1", "en", NOW - 400 * DAY_MS)
        attempts.answer(store, attempts.find(store, bytes(32)).id, "item", 3, NOW - 29 * DAY_MS)
    assert retain(database, **PERIODS) == Counts(0, 0, 0)


def test_an_empty_database_has_nothing_to_remove(database):
    assert retain(database, **PERIODS, remove=True) == Counts(0, 0, 0)
