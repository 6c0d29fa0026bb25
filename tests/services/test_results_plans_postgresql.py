"""The table of results at any size: what PostgreSQL says of how it could go about each page and each count.

A few rows say nothing of many, so it is asked to do without reading whole tables and without sorting.
What SQLite says is in test_results_plans.py.
"""

import pytest
from cast import content

from quiz.store import results_table as store

HUNTER, _ = content().pack.role_ids
pytestmark = pytest.mark.postgresql_only


def plan(database, statement, **values):
    given = {"campaign_id": 1, "sorted_role": HUNTER, "key": 1, "last": 1, "size": 26, "search": "%a%"}
    compiled = database.compiled(statement)
    cursor = database.reader().cursor
    for way in ("seqscan", "bitmapscan", "sort"):
        cursor.execute(f"SET enable_{way} = off")
    cursor.execute("SET jit = off")
    cursor.execute(f"EXPLAIN (COSTS off) {compiled.sql}", compiled.named(given | values))
    return [row[0].strip() for row in cursor.fetchall()]


@pytest.mark.parametrize(
    ("by", "key", "index", "condition"),
    [
        ("started", 1, "ix_attempts_campaign_started on attempts", "ROW(started_ms, id) < ROW("),
        ("finished", 1, "ix_attempts_campaign_finished on attempts", "ROW(finished_ms, id) < ROW("),
        ("name", "a", "ix_attempts_campaign_sought on attempts", "ROW(sought, id) < ROW("),
        ("fit", 1.0, "ix_fits_campaign_role_points on fits", "ROW(points, attempt_id) < ROW("),
    ],
)
def test_every_order_goes_on_where_an_index_says(database, by, key, index, condition):
    steps = plan(database, store._page((), by, True), key=key)
    used = next(number for number, line in enumerate(steps) if f"using {index}" in line)
    assert "Backward" in steps[used], steps
    assert condition in steps[used + 1], steps
    assert not [line for line in steps[used:] if "Seq Scan" in line], steps


@pytest.mark.parametrize("shape", [(), ("finished", "outcome", "role", "good", "language", "since", "until")])
def test_counting_reads_one_index(database, shape):
    values = {"of_outcome": "clear", "of_role": HUNTER, "of_language": "en", "since_ms": 1, "until_ms": 2}
    steps = plan(database, store._count(shape, "started"), **values)
    assert any("Index Only Scan" in line and "ix_attempts_campaign" in line for line in steps), steps


def test_a_search_reads_one_index_and_no_row_of_the_table(database):
    steps = plan(database, store._count(("search",), "started"))
    assert any("Index Only Scan using ix_attempts_campaign_sought" in line for line in steps), steps
