"""How long a campaign keeps answers: as it said, whatever the house does with its own."""

from dataclasses import replace

import pytest
from cast import ALICES, START, content

from quiz.services import campaigns, take
from quiz.services.retention import DAY_MS, Counts, retain
from quiz.store import attempts

PACK = content().pack
NOW = START + 4000 * DAY_MS


@pytest.fixture
def keep(database):
    """Keeps an attempt of a campaign, or of none, that was last touched so many milliseconds ago."""

    def keep(campaign, ago, *, finished):
        token = take.start(database, PACK, "en", NOW - ago, campaign_id=campaign and campaign.id)
        attempt = take.find(database, token)
        with database.writing() as store:
            attempts.answer(store, attempt.id, "item", 3, NOW - ago)
            if finished:
                attempts.finish(store, attempt.id, "1", "{}", NOW - ago)
        return token

    return keep


def retained(database, *, remove=True):
    return retain(database, unfinished_days=30, finished_days=365, now_ms=NOW, remove=remove)


@pytest.mark.parametrize("days", [1, 29, 90, 365, 366, 3650])
def test_a_finished_one_is_kept_to_the_millisecond_that_its_campaign_said(database, keep, days):
    campaign = campaigns.create(database, PACK, replace(ALICES, retain_days=days), START)
    keep(campaign, days * DAY_MS, finished=True)
    assert retained(database) == Counts(0, 0, 0)
    keep(campaign, days * DAY_MS + 1, finished=True)
    assert retained(database, remove=False) == Counts(0, 1, 0)
    assert retained(database) == Counts(0, 1, 0)
    assert campaigns.everyone(database)[0][1:] == (1, 1)


@pytest.mark.parametrize(("days", "kept"), [(7, 7), (29, 29), (30, 30), (31, 30), (365, 30)])
def test_an_unfinished_one_is_kept_no_longer_than_either_said(database, keep, days, kept):
    campaign = campaigns.create(database, PACK, replace(ALICES, retain_days=days), START)
    keep(campaign, kept * DAY_MS, finished=False)
    assert retained(database) == Counts(0, 0, 0)
    keep(campaign, kept * DAY_MS + 1, finished=False)
    assert retained(database) == Counts(1, 0, 0)


def test_what_belongs_to_no_campaign_is_kept_as_ever(database, keep):
    campaigns.create(database, PACK, replace(ALICES, retain_days=1), START)
    for ago in (30 * DAY_MS, 365 * DAY_MS):
        keep(None, ago, finished=ago > 30 * DAY_MS)
    assert retained(database) == Counts(0, 0, 0)
    for ago in (30 * DAY_MS + 1, 365 * DAY_MS + 1):
        keep(None, ago, finished=ago > 31 * DAY_MS)
    assert retained(database) == Counts(1, 1, 0)


def test_each_campaign_counts_for_itself(database, keep):
    short, long = (campaigns.create(database, PACK, replace(ALICES, retain_days=days), START) for days in (10, 900))
    tokens = [keep(campaign, 400 * DAY_MS, finished=True) for campaign in (short, long, None)]
    assert retained(database) == Counts(0, 2, 0)
    assert take.find(database, tokens[1]).campaign_id == long.id
    for token in (tokens[0], tokens[2]):
        with pytest.raises(take.Unknown):
            take.find(database, token)
