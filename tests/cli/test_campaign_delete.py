"""`flask campaign delete` and `flask retain --delete`: gone at once, and removed by whoever comes first."""

import pytest
from cast import START, content
from rows import run as sql

from quiz.services import audit, campaigns, take, team

PACK = content().pack


@pytest.fixture(autouse=True)
def silent_bell(monkeypatch):
    monkeypatch.setattr("quiz.services.jobs.bell.ring", lambda *_: None)
    monkeypatch.setattr("quiz.services.gently.time.sleep", lambda _: None)


def begin(database, campaign):
    return take.start(database, PACK, "en", START, campaign_id=campaign.id)


def count(database, table):
    return sql(database, f"SELECT count(*) FROM {table}").fetchone()[0]


def test_it_asks_first_and_deletes_nothing_without_a_yes(run, database, alices):
    assert run("campaign", "delete", alices.public_id).exit_code == 1
    assert campaigns.find(database, alices.public_id) == alices


def test_it_is_gone_at_once_and_noted_and_the_rest_goes_by_retain(run, database, alices):
    tidewell = team.new(database, "Tidewell", START)
    sql(database, "UPDATE campaigns SET team_id = :team", team=tidewell)
    token = begin(database, alices)
    answer = run("campaign", "delete", alices.public_id, "--yes")
    assert (answer.exit_code, "Deleted: Spring fair" in answer.output) == (0, True)
    assert campaigns.find(database, alices.public_id) is None
    assert run("campaign", "list").output == "There is no campaign yet.\n"
    (entry,) = audit.page(database, tidewell)
    assert (entry.actor, entry.action, entry.subject) == (audit.COMMAND_LINE, "campaign-deleted", "Spring fair")
    assert count(database, "attempts") == 1
    assert "left of deleted campaigns: 1\n" in run("retain", "--delete").output
    assert (count(database, "attempts"), count(database, "campaigns")) == (0, 0)
    with pytest.raises(take.Gone):
        take.find(database, token)


def test_counting_removes_nothing(run, database, alices):
    begin(database, alices)
    run("campaign", "delete", alices.public_id, "--yes")
    run("retain")
    assert count(database, "attempts") == 1


def test_a_legal_hold_forbids_it(run, database, alices):
    campaigns.set_hold(database, alices, True)
    answer = run("campaign", "delete", alices.public_id, "--yes")
    assert answer.exit_code == 1
    assert "legal hold" in answer.output
    assert campaigns.find(database, alices.public_id) is not None


def test_one_that_there_is_not_is_said_to_be_none(run):
    assert run("campaign", "delete", "nothing", "--yes").exit_code == 1
