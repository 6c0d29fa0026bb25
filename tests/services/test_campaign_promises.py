"""What people were told stays theirs: who asks later is told something else in a version of its own."""

from dataclasses import replace

import pytest
from cast import ALICES, START, content

from quiz.services import campaigns, take
from quiz.services.campaigns import Texts, Unusable
from quiz.services.joining import Arrival, Given, join

PACK = content().pack
HELLO = {"es": Texts(privacy="Nadie más", purpose="Una charla"), "en": Texts(privacy="Nobody else", thanks="Bye")}


@pytest.fixture
def alices(database):
    return campaigns.create(database, PACK, ALICES, START)


def begin(database, campaign):
    """Somebody reads a campaign's page as it is now, and starts; the id of their attempt."""
    token = join(database, PACK, campaign, Arrival("one"), Given(), "en", START + 1)
    return take.find(database, token).id


@pytest.mark.parametrize("field", ["asked_by", "purpose", "readers"])
def test_who_has_started_keeps_what_they_were_told_and_later_ones_are_told_anew(database, alices, field):
    first = begin(database, alices)
    changed = campaigns.change(database, alices, replace(ALICES, **{field: "Anybody"}), None, START + 2)
    second = begin(database, changed)
    again = campaigns.change(database, changed, replace(ALICES, **{field: "Everybody"}), None, START + 3)
    third = begin(database, again)
    told = [getattr(campaigns.told_to(database, each).campaign, field) for each in (first, second, third)]
    assert told == [getattr(ALICES, field), "Anybody", "Everybody"]
    assert [changed.texts_version, again.texts_version] == [1, 2]


def test_so_it_is_with_words_of_its_own_in_each_language(database, alices):
    spoken = campaigns.change(database, alices, ALICES, HELLO, START + 1)
    first = begin(database, spoken)
    silent = campaigns.change(database, spoken, replace(ALICES, readers="Anybody"), {}, START + 2)
    told = campaigns.told_to(database, first)
    campaign, own = told.read_in("es")
    assert (campaign.purpose, campaign.readers, own.privacy) == ("Una charla", ALICES.readers, "Nadie más")
    assert told.read_in("en")[1].privacy == "Nobody else"
    assert campaigns.told_to(database, begin(database, silent)).read_in("es")[0].readers == "Anybody"


def test_only_whom_to_ask_and_the_thanks_are_todays(database, alices):
    spoken = campaigns.change(database, alices, ALICES, HELLO, START + 1)
    first = begin(database, spoken)
    said = {"en": replace(HELLO["en"], privacy="Everybody", thanks="See you", contact="dora@tidewell.example")}
    campaigns.change(database, spoken, replace(ALICES, contact="eva@tidewell.example"), said, START + 2)
    told = campaigns.told_to(database, first)
    (spanish, _), (english, own) = told.read_in("es"), told.read_in("en")
    assert (spanish.contact, english.contact) == ("eva@tidewell.example", "dora@tidewell.example")
    assert (own.thanks, own.privacy) == ("See you", "Nobody else")


def test_what_changed_while_somebody_read_it_has_to_be_read_again(database, alices):
    from quiz.services.joining import Barred

    campaigns.change(database, alices, replace(ALICES, readers="Anybody"), None, START + 1)
    with pytest.raises(Barred):
        begin(database, alices)


def test_a_setting_that_nobody_is_told_makes_no_version(database, alices):
    assert campaigns.change(database, alices, replace(ALICES, name="New"), None, START).texts_version == 0


def test_answers_may_then_be_kept_for_fewer_days_but_not_for_more(database, alices):
    take.start(database, PACK, "en", START, campaign_id=alices.id)
    with pytest.raises(Unusable) as raised:
        campaigns.change(database, alices, replace(ALICES, retain_days=91), None, START)
    assert [(it.field, it.kind, it.limit) for it in raised.value.problems] == [("retain_days", "promised", 90)]
    assert campaigns.change(database, alices, replace(ALICES, retain_days=30), None, START).retain_days == 30
