"""`flask retain` and `flask db`: what they print, what they do, and that a dry run is the default."""

import pytest

from quiz.services import storage
from quiz.store import attempts


@pytest.fixture
def old(database):
    """Somebody's attempt from long ago."""
    with database.writing() as store:
        attempts.start(store, bytes(32), "ae-am", "1.0.0", "en", 1_000_000)
    return database


def left(database):
    return database.reader().cursor.execute("SELECT count(*) FROM attempts").fetchone()[0]


def test_retain_is_a_dry_run_that_prints_the_counts(run, old):
    answer = run("retain")
    assert answer.exit_code == 0
    assert "unfinished attempts, 30 days after the last answer (a campaign's own days, if they are fewer): 1" in (
        answer.output
    )
    assert "finished attempts, 365 days after the last answer (in a campaign, its own days): 0" in answer.output
    assert "Nothing was removed" in answer.output
    assert left(old) == 1


def test_retain_removes_only_when_told_to(run, old):
    answer = run("retain", "--delete")
    assert answer.exit_code == 0
    assert "if they are fewer): 1" in answer.output
    assert "Removed." in answer.output
    assert left(old) == 0
    assert "if they are fewer): 0" in run("retain").output


def test_retain_says_what_a_legal_hold_keeps(run, old):
    old.reader().cursor.execute("UPDATE attempts SET hold = true")
    answer = run("retain", "--delete")
    assert "if they are fewer): 0" in answer.output
    assert "past their time but kept, by a legal hold: 1" in answer.output
    assert left(old) == 1


def test_db_current_says_whether_the_code_needs_another_revision(run):
    assert run("db", "current").exit_code == 0
    assert run("db", "downgrade", "base").exit_code == 0
    answer = run("db", "current")
    assert answer.exit_code == 1
    assert "None" in answer.output


def test_db_downgrade_says_what_it_would_lose(run, old):
    old.reader().cursor.execute("UPDATE attempts SET pack_version = '1.0.0+1.1.0'")
    answer = run("db", "downgrade", "0004")
    assert answer.exit_code == 1
    assert "of 1.0.0+1.1.0. Go back by a backup" in answer.output
    assert run("db", "current").exit_code == 0


def test_db_upgrade_brings_the_database_forward(run, app):
    run("db", "downgrade", "base")
    answer = run("db", "upgrade")
    assert answer.exit_code == 0
    assert f"revision {storage.revisions(app.extensions['rolefit'].database)[1]}" in answer.output
    assert run("db", "current").exit_code == 0
