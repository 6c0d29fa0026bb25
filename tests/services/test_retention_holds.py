"""Legal holds: what retention leaves alone, on a campaign or on one person; and whom somebody invited."""

from dataclasses import replace

import pytest
from cast import ALICES, START, content
from rows import run

from quiz.services import campaigns, take
from quiz.services.retention import DAY_MS, Counts, retain
from quiz.store import attempts

PACK = content().pack
NOW = START + 4000 * DAY_MS
LONG_AGO = NOW - 1000 * DAY_MS


@pytest.fixture
def campaign(database):
    return campaigns.create(database, PACK, replace(ALICES, retain_days=90), START)


@pytest.fixture
def change(database):
    """Changes a row without a page."""

    def change(table, row_id, **values):
        columns = ", ".join(f"{name} = :{name}" for name in values)
        run(database, f"UPDATE {table} SET {columns} WHERE id = :row_id", row_id=row_id, **values)

    return change


@pytest.fixture
def keep(database):
    """Keeps an attempt whose last answer is long past."""

    def keep(campaign, *, finished=True):
        token = take.start(database, PACK, "en", LONG_AGO, campaign_id=campaign and campaign.id)
        attempt = take.find(database, token)
        with database.writing() as store:
            attempts.answer(store, attempt.id, "item", 3, LONG_AGO)
            if finished:
                attempts.finish(store, attempt.id, "1", "{}", LONG_AGO)
        return attempt.id

    return keep


@pytest.fixture
def invite(database):
    """Keeps an invitation that was made long ago."""

    def invite(campaign, **values):
        columns = {
            "campaign_id": campaign.id,
            **dict.fromkeys(("name", "email", "reference"), ""),
            "language": "es",
            "invited_ms": LONG_AGO,
        } | values
        sql = f"INSERT INTO invitations ({', '.join(columns)}) VALUES (:{', :'.join(columns)}) RETURNING id"
        return run(database, sql, **columns).fetchone()[0]

    return invite


def retained(database, *, remove=True, now_ms=NOW):
    return retain(database, unfinished_days=30, finished_days=365, now_ms=now_ms, remove=remove)


def left(database, table="attempts"):
    return database.reader().cursor.execute(f"SELECT count(*) FROM {table}").fetchone()[0]


@pytest.mark.parametrize("finished", [True, False])
def test_a_campaigns_hold_keeps_all_its_people_and_nobody_elses(database, campaign, keep, change, finished):
    other = campaigns.create(database, PACK, replace(ALICES, retain_days=90), START)
    change("campaigns", campaign.id, hold=True)
    held, *_ = [keep(each, finished=finished) for each in (campaign, other, None)]
    expected = Counts(0, 2, 0, held=1) if finished else Counts(2, 0, 0, held=1)
    assert retained(database, remove=False) == expected
    assert retained(database) == expected
    assert [row[0] for row in database.reader().cursor.execute("SELECT id FROM attempts").fetchall()] == [held]


@pytest.mark.parametrize("in_campaign", [True, False])
def test_a_persons_hold_keeps_that_person(database, campaign, keep, change, in_campaign):
    held, _ = [keep(campaign if in_campaign else None) for _ in range(2)]
    change("attempts", held, hold=True)
    assert retained(database) == Counts(0, 1, 0, held=1)
    assert left(database) == 1


def test_what_a_hold_kept_goes_when_the_hold_ends(database, campaign, keep, change):
    held = keep(campaign)
    change("campaigns", campaign.id, hold=True)
    assert retained(database).held == 1
    change("campaigns", campaign.id, hold=False)
    change("attempts", held, hold=True)
    assert retained(database).held == 1
    change("attempts", held, hold=False)
    assert retained(database) == Counts(0, 1, 0)
    assert left(database) == 0


def test_a_hold_on_what_is_within_its_time_is_not_counted(database, campaign, keep, change):
    change("attempts", keep(campaign), hold=True)
    assert retained(database, now_ms=LONG_AGO + 90 * DAY_MS) == Counts(0, 0, 0)


def test_an_invitation_goes_with_the_attempt_that_came_of_it(database, campaign, keep, invite):
    invite(campaign, attempt_id=keep(campaign), name="Ben")
    assert retained(database, remove=False) == Counts(0, 1, 0, invitations=1)
    assert retained(database) == Counts(0, 1, 0, invitations=1)
    assert left(database, "invitations") == 0


def test_an_invitation_stays_with_an_attempt_that_is_held(database, campaign, keep, invite, change):
    held = keep(campaign)
    change("attempts", held, hold=True)
    invite(campaign, attempt_id=held)
    assert retained(database) == Counts(0, 0, 0, held=1)
    assert left(database, "invitations") == 1


def test_an_invitation_that_can_still_be_used_stays(database, campaign, invite):
    invite(campaign)
    assert retained(database) == Counts(0, 0, 0)


@pytest.mark.parametrize("over", [{"state": "closed"}, {"closes_ms": LONG_AGO}])
def test_an_invitation_that_nobody_can_use_any_more_goes_after_the_campaigns_days(
    database, campaign, invite, change, over
):
    invite(campaign)
    recent = invite(campaign, opened_ms=NOW - 90 * DAY_MS)
    change("campaigns", campaign.id, **over)
    assert retained(database) == Counts(0, 0, 0, invitations=1)
    assert left(database, "invitations") == 1
    change("campaigns", campaign.id, hold=True)
    change("invitations", recent, opened_ms=LONG_AGO)
    assert retained(database) == Counts(0, 0, 0)


def test_a_revoked_invitation_goes_after_the_campaigns_days(database, campaign, invite):
    invite(campaign, revoked_ms=LONG_AGO)
    assert retained(database) == Counts(0, 0, 0, invitations=1)
