"""The table of results at any size: what SQLite says of how it would go about each page and each count.

What PostgreSQL says is in test_results_plans_postgresql.py.
"""

import pytest
from cast import content

from quiz.store import results_table as store

HUNTER, _ = content().pack.role_ids
pytestmark = pytest.mark.sqlite_only


def plan(database, statement, **values):
    given = {"campaign_id": 1, "sorted_role": HUNTER, "key": 1, "last": 1, "size": 26, "search": "%a%"}
    compiled = database.compiled(statement)
    rows = database.reader().cursor.execute(f"EXPLAIN QUERY PLAN {compiled.sql}", compiled.order(given | values))
    return [row[3] for row in rows.fetchall()]


@pytest.mark.parametrize(
    ("by", "index"),
    [
        ("started", "ix_attempts_campaign_started (campaign_id=? AND started_ms<?)"),
        ("finished", "ix_attempts_campaign_finished (campaign_id=? AND finished_ms>? AND finished_ms<?)"),
        ("name", "ix_attempts_campaign_sought (campaign_id=? AND sought<?)"),
        ("fit", "ix_fits_campaign_role_points (campaign_id=? AND role=? AND (points,attempt_id)<(?,?))"),
    ],
)
def test_every_order_goes_on_where_an_index_says(database, by, index):
    steps = plan(database, store._page((), by, True))
    inner = steps[: steps.index("SCAN page") if "SCAN page" in steps else None]
    assert any(line.startswith("SEARCH") and line.endswith(f"INDEX {index}") for line in inner), steps
    assert not [line for line in inner if line.startswith("SCAN")], steps
    before_the_page = [line for line in inner if "TEMP B-TREE" in line]
    assert len(before_the_page) == 0, steps


def test_a_search_reads_one_index_and_no_row_of_the_table(database):
    steps = plan(database, store._page(("search",), "started", True))
    assert any("COVERING INDEX ix_attempts_campaign_sought" in line for line in steps), steps


@pytest.mark.parametrize("shape", [(), ("finished", "outcome", "role", "good", "language", "since", "until")])
def test_counting_reads_one_index(database, shape):
    values = {"of_outcome": "clear", "of_role": HUNTER, "of_language": "en", "since_ms": 1, "until_ms": 2}
    steps = plan(database, store._count(shape, "started"), **values)
    assert any("COVERING INDEX ix_attempts_campaign" in line for line in steps), steps
