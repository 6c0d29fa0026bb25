"""Campaigns deleted: gone for everybody at once, removed a few people at a time, and gone on with after a kill."""

from dataclasses import replace

import pytest
from cast import ALICES, BOBS, START, content
from rows import run

from quiz.services import campaigns, gently, invitations, take
from quiz.services.campaigns import Held, Texts
from quiz.services.invitations import book
from quiz.services.invitations.rows import Row
from quiz.services.jobs.kinds import KINDS
from quiz.services.jobs.working import work_off
from quiz.services.retention import DAY_MS, retain

PACK = content().pack
JOB = {"deletion": KINDS["deletion"]}


@pytest.fixture(autouse=True)
def no_pause(monkeypatch):
    """How long the pauses are that were taken."""
    taken = []
    monkeypatch.setattr("quiz.services.gently.time.sleep", taken.append)
    return taken


@pytest.fixture
def alices(database):
    return campaigns.create(database, PACK, ALICES, START, texts={"es": Texts(intro="Hola")})


def begin(database, campaign, answers=3):
    """Start an attempt of a campaign and answer some of it; its token."""
    token = take.start(database, PACK, "en", START, campaign_id=campaign.id)
    attempt = take.find(database, token)
    for item in PACK.item_ids[:answers]:
        run(database, "INSERT INTO answers VALUES (:id, :item, 3, 4000, :now)", id=attempt.id, item=item, now=START)
    return token


def rows(database, *tables):
    return [run(database, f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables]


def is_gone(database, token):
    with pytest.raises(take.Gone):
        take.find(database, token)
    with pytest.raises(take.Gone):
        take.find_step(database, token, PACK.item_ids[0])
    with pytest.raises(take.Gone):
        take.find_result(database, token)


def test_it_is_gone_for_everybody_at_once_while_its_rows_are_still_there(database, alices):
    token = begin(database, alices)
    campaigns.delete(database, alices, START + 1)
    assert rows(database, "campaigns", "attempts", "answers") == [1, 1, 3]
    assert campaigns.find(database, alices.public_id) is None
    assert campaigns.everyone(database) == []
    assert not campaigns.set_state(database, alices.public_id, "open")
    with pytest.raises(campaigns.Gone):
        campaigns.change(database, alices, ALICES, None, START + 2)
    is_gone(database, token)


def test_the_job_leaves_nothing_of_it_but_a_tombstone_for_each_person(database, settings, alices):
    other = campaigns.create(database, PACK, BOBS, START)
    tokens, stays = [begin(database, alices) for _ in range(3)], begin(database, other)
    book.add(database, alices, [Row(1, "", "Eva", "eva@x.example", "", "es")], START)
    campaigns.delete(database, alices, START + 1)
    assert work_off(database, settings, JOB, lambda: START + 2) == 1
    left = rows(database, "campaigns", "attempts", "answers", "campaign_texts", "invitations", "tombstones")
    assert left == [1, 1, 3, 0, 0, 3]
    for token in tokens:
        is_gone(database, token)
    assert take.find(database, stays).campaign_id == other.id
    assert run(database, "SELECT DISTINCT deleted_ms FROM tombstones").fetchall() == [(START + 1,)]


def test_the_job_says_what_it_did_and_waits_for_the_next(database, settings, alices):
    begin(database, alices)
    campaigns.delete(database, alices, START)
    work_off(database, settings, JOB, lambda: START)
    said = run(database, "SELECT said FROM job_runs ORDER BY id DESC").fetchone()[0]
    assert said == "removed 1 attempts of deleted campaigns"
    assert work_off(database, settings, JOB, lambda: START) == 0


def test_it_is_removed_in_short_transactions_with_a_pause_after_each(database, alices, monkeypatch, no_pause):
    monkeypatch.setattr("quiz.services.campaigns.deleting.BATCH", 2)
    tokens = [begin(database, alices, answers=1) for _ in range(5)]
    begun, writing = [], database.writing

    def counted(**how):
        begun.append(1)
        return writing(**how)

    campaigns.delete(database, alices, START + 1)
    monkeypatch.setattr(database, "writing", counted)
    assert campaigns.clear(database) == 5
    assert len(begun) == 4, "2 + 2 + 1 attempts, then the campaign"
    assert no_pause == [gently.PAUSE_SECONDS] * 3
    assert rows(database, "attempts", "tombstones") == [0, len(tokens)]


def test_whoever_is_killed_in_between_is_followed_by_another_who_goes_on(database, alices, monkeypatch):
    monkeypatch.setattr("quiz.services.campaigns.deleting.BATCH", 2)
    tokens = [begin(database, alices, answers=1) for _ in range(5)]
    campaigns.delete(database, alices, START + 1)

    def killed():
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        campaigns.clear(database, killed)
    assert rows(database, "attempts", "tombstones") == [3, 2]
    for token in tokens:
        is_gone(database, token)
    assert campaigns.clear(database) == 3
    assert rows(database, "campaigns", "attempts", "tombstones") == [0, 0, 5]
    assert campaigns.clear(database) == 0


def test_a_second_press_changes_nothing(database, alices):
    token = begin(database, alices)
    campaigns.delete(database, alices, START + 1)
    campaigns.delete(database, alices, START + 9)
    campaigns.clear(database)
    campaigns.delete(database, alices, START + 9)
    assert run(database, "SELECT deleted_ms FROM tombstones").fetchall() == [(START + 1,)]
    is_gone(database, token)


def test_an_invitation_to_it_is_worth_nothing(database, alices, app):
    book.add(database, alices, [Row(1, "", "Eva", "eva@x.example", "", "es")], START)
    (invited,) = book.page(database, alices).found
    path = invitations.path(alices, invited)
    client = app.test_client()
    client.framed[f"/c/{alices.public_id}"] = alices.sites
    assert client.get(path).status_code == 200
    campaigns.delete(database, alices, START + 1)
    client.framed.clear()
    assert client.get(path).status_code == 404
    assert client.post(f"/c/{alices.public_id}/start").status_code == 404


def test_time_that_is_up_takes_nothing_of_it_and_leaves_it_to_the_job(database, alices):
    token = begin(database, alices)
    campaigns.delete(database, alices, START + 1)
    counts = retain(database, unfinished_days=30, finished_days=30, now_ms=START + 400 * DAY_MS, remove=True)
    assert (counts.unfinished, rows(database, "attempts")) == (0, [1])
    is_gone(database, token)


def test_what_would_go_is_counted(database, alices):
    token = begin(database, alices)
    begin(database, alices)
    attempt = take.find(database, token)
    run(database, "UPDATE attempts SET finished_ms = 1 WHERE id = :id", id=attempt.id)
    written = "INSERT INTO notes (attempt_id, author, text, written_ms) VALUES (:id, 'a', 'b', 1)"
    run(database, written, id=attempt.id)
    assert campaigns.going(database, alices) == campaigns.Going(2, 1, 1, 0, 0)


def test_a_held_campaign_stays(database, alices):
    token = begin(database, alices)
    campaigns.set_hold(database, alices, True)
    with pytest.raises(Held):
        campaigns.delete(database, alices, START)
    assert take.find(database, token)
    assert campaigns.find(database, alices.public_id) == replace(alices, hold=True)
    campaigns.set_hold(database, alices, False)
    campaigns.delete(database, alices, START)
    assert campaigns.find(database, alices.public_id) is None


def test_so_does_one_with_a_held_person(database, alices):
    token = begin(database, alices)
    run(database, "UPDATE attempts SET hold = true")
    with pytest.raises(Held):
        campaigns.delete(database, alices, START)
    assert take.find(database, token)
    assert campaigns.going(database, alices).held == 1
