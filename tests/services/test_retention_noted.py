"""What went because its time was up: each team reads how many of its people, and nobody reads who."""

from dataclasses import replace

import pytest
from cast import ALICES, START, content
from rows import run

from quiz.services import audit, campaigns, take, team
from quiz.services.audit import COMMAND_LINE, WORKER
from quiz.services.jobs.kinds import KINDS
from quiz.services.jobs.working import work_off
from quiz.services.retention import DAY_MS, retain

PACK = content().pack
NOW = START + 400 * DAY_MS


@pytest.fixture(autouse=True)
def no_pause(monkeypatch):
    monkeypatch.setattr("quiz.services.gently.time.sleep", lambda _: None)


@pytest.fixture
def teams(database):
    return [team.new(database, name, START) for name in ("Tidewell", "Northgate")]


def made(database, team_id, people, name="Fair"):
    """A campaign of a team, whose people's time is up."""
    campaign = campaigns.create(database, PACK, replace(ALICES, name=name), START, team_id=team_id)
    for number in range(people):
        take.start(database, PACK, "en", START, campaign_id=campaign.id, name=f"Eva {number}", email="eva@x.example")
    return campaign


def noted(database, team_id):
    entries = audit.page(database, team_id)
    return sorted((each.actor, each.action, each.campaign, each.subject) for each in entries)


def remove(database, **more):
    return retain(database, unfinished_days=30, finished_days=365, now_ms=NOW, remove=True, **more)


def test_each_campaign_has_a_line_in_the_log_of_its_own_team(database, teams):
    one, two, three = made(database, teams[0], 2), made(database, teams[0], 1), made(database, teams[1], 3)
    made(database, None, 1)
    take.start(database, PACK, "en", START)
    assert remove(database).unfinished == 8
    lines = {(COMMAND_LINE, "time-was-up", one.public_id, "people 2, invitations 0")}
    lines |= {(COMMAND_LINE, "time-was-up", two.public_id, "people 1, invitations 0")}
    assert set(noted(database, teams[0])) == lines
    assert noted(database, teams[1]) == [(COMMAND_LINE, "time-was-up", three.public_id, "people 3, invitations 0")]


def test_a_run_without_anything_to_remove_notes_nothing_and_nor_does_counting(database, teams):
    made(database, teams[0], 1)
    retain(database, unfinished_days=30, finished_days=365, now_ms=NOW)
    assert noted(database, teams[0]) == []
    remove(database)
    remove(database)
    assert len(noted(database, teams[0])) == 1


def test_the_worker_is_said_to_have_done_what_the_worker_did(database, settings, teams):
    campaign = made(database, teams[0], 1)
    work_off(database, settings, {"retention": KINDS["retention"]}, lambda: NOW)
    assert noted(database, teams[0]) == [(WORKER, "time-was-up", campaign.public_id, "people 1, invitations 0")]


def test_invitations_that_nobody_used_are_counted_apart(database, teams):
    campaign = made(database, teams[0], 1)
    campaigns.set_state(database, campaign.public_id, "closed")
    columns = "campaign_id, name, email, reference, language, invited_ms"
    values = f"{campaign.id}, 'Eva', 'eva@x.example', '', 'es', {START}"
    run(database, f"INSERT INTO invitations ({columns}) VALUES ({values})")
    assert remove(database).invitations == 1
    assert noted(database, teams[0])[0][3] == "people 1, invitations 1"


def test_it_goes_in_short_steps_and_the_line_grows_with_them(database, teams, monkeypatch):
    monkeypatch.setattr("quiz.services.retention.batches", lambda keys, size=0: ([key] for key in keys))
    made(database, teams[0], 3)
    seen = []
    remove(database, keep=lambda: seen.append([each[3] for each in noted(database, teams[0])]))
    assert seen == [[f"people {count}, invitations 0"] for count in (1, 2, 3)]


def test_whoever_is_killed_in_between_has_noted_what_went_until_then(database, teams, monkeypatch):
    monkeypatch.setattr("quiz.services.retention.batches", lambda keys, size=0: ([key] for key in keys))
    made(database, teams[0], 3)

    def killed():
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        remove(database, keep=killed)
    assert [each[3] for each in noted(database, teams[0])] == ["people 1, invitations 0"]
    remove(database)
    assert [each[3] for each in noted(database, teams[0])] == ["people 1, invitations 0", "people 2, invitations 0"]


def test_no_name_is_in_the_log(database, teams):
    made(database, teams[0], 2)
    remove(database)
    subject, actor = run(database, "SELECT subject, actor FROM audit").fetchone()
    assert "Eva" not in subject + actor


def test_what_is_held_between_looking_and_removing_stays(database, teams, monkeypatch):
    campaign = made(database, teams[0], 2)
    look = retain.__globals__["expired"].look

    def held_meanwhile(*given):
        keys = list(look(*given))
        campaigns.set_hold(database, campaign, True)
        return iter(keys)

    monkeypatch.setattr("quiz.services.retention.expired.look", held_meanwhile)
    assert remove(database).unfinished == 0
    assert noted(database, teams[0]) == []
