"""What people who have started were told: it stays as it was, whatever is changed afterwards."""

from dataclasses import replace

import pytest
from cast import ALICES, START, content

from quiz.services import campaigns, take
from quiz.services.campaigns import Unusable

PACK = content().pack


@pytest.fixture
def alices(database):
    return campaigns.create(database, PACK, ALICES, START)


@pytest.mark.parametrize("field", ["asked_by", "purpose", "readers"])
def test_what_people_were_told_stays_once_somebody_has_started(database, alices, field):
    other = replace(ALICES, **{field: "Anybody"})
    assert getattr(campaigns.change(database, alices, other, None, START), field) == "Anybody"
    take.start(database, PACK, "en", START, campaign_id=alices.id)
    with pytest.raises(Unusable) as raised:
        campaigns.change(database, campaigns.find(database, alices.public_id), ALICES, None, START)
    assert [(it.field, it.kind, it.value) for it in raised.value.problems] == [(field, "told", "Anybody")]


def test_answers_may_then_be_kept_for_fewer_days_but_not_for_more(database, alices):
    take.start(database, PACK, "en", START, campaign_id=alices.id)
    with pytest.raises(Unusable) as raised:
        campaigns.change(database, alices, replace(ALICES, retain_days=91), None, START)
    assert [(it.field, it.kind, it.limit) for it in raised.value.problems] == [("retain_days", "promised", 90)]
    assert campaigns.change(database, alices, replace(ALICES, retain_days=30), None, START).retain_days == 30
