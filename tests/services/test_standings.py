"""What a table of results is filtered and sorted by: written with the result, and only for campaigns."""

import pytest
from cast import ALICES, ITEMS, START, content, persona
from rows import run

from quiz.services import campaigns, results, take
from quiz.services.library import Edition
from quiz.store import standings

EDITION = Edition.of(content())


@pytest.fixture
def campaign(database):
    return campaigns.create(database, EDITION.pack, ALICES, START)


def begin(database, campaign_id=None, **known):
    token = take.start(database, EDITION.pack, "en", START, campaign_id=campaign_id, **known)
    return token, take.find(database, token)


def answer(database, attempt, choices):
    for count, (item, choice) in enumerate(choices.items(), 1):
        take.answer(database, EDITION, attempt, item, choice, START + 6000 * count)


def kept(database, attempt):
    columns = "outcome, role, flags, sought"
    return run(database, f"SELECT {columns} FROM attempts WHERE id = :id", id=attempt.id).fetchone()


def fits(database):
    return database.reader().cursor.execute("SELECT * FROM fits ORDER BY attempt_id, role").fetchall()


def test_a_finished_attempt_of_a_campaign_keeps_outcome_role_and_a_fit_a_role(database, campaign):
    token, attempt = begin(database, campaign.id)
    answer(database, attempt, persona("clear-hunter").answers)
    _, result = take.find_result(database, token)
    assert kept(database, attempt) == ("clear", "account-executive", 0, "")
    assert fits(database) == [
        (attempt.id, role, campaign.id, fit["points"], fit["low"], fit["high"])
        for role, fit in sorted(result["fits"].items())
    ]


def test_an_answer_that_is_changed_afterwards_makes_them_anew(database, campaign):
    token, attempt = begin(database, campaign.id)
    answer(database, attempt, persona("clear-hunter").answers)
    before = fits(database)
    answer(database, attempt, persona("clear-farmer").answers)
    assert kept(database, attempt)[:2] == ("clear", "account-manager")
    assert len(fits(database)) == len(before)
    assert fits(database) != before
    assert results.standing(take.find_result(database, token)[1]).fits == tuple(
        (role, *figures) for _, role, _, *figures in fits(database)
    )


def test_the_signs_are_counted(database, campaign):
    _, attempt = begin(database, campaign.id)
    answer(database, attempt, dict.fromkeys(ITEMS, 3))
    assert kept(database, attempt)[:3] == ("none", None, 2)


def test_finishing_early_keeps_them_too(database, campaign):
    _, attempt = begin(database, campaign.id)
    answer(database, attempt, persona("finished-early").answers)
    assert fits(database) == []
    take.finish(database, EDITION, attempt, START)
    assert kept(database, attempt)[0] == "leaning"
    assert len(fits(database)) == 2


def test_without_a_campaign_nothing_more_is_written(database, monkeypatch):
    monkeypatch.setattr(standings, "keep", lambda *_: pytest.fail("written without a campaign"))
    _, attempt = begin(database)
    answer(database, attempt, persona("clear-hunter").answers)
    assert kept(database, attempt) == (None, None, 0, "")
    assert fits(database) == []


def test_result_and_standing_are_kept_together_or_not_at_all(database, campaign, monkeypatch):
    token, attempt = begin(database, campaign.id)
    *most, last = persona("clear-hunter").answers.items()
    answer(database, attempt, dict(most))
    monkeypatch.setattr(standings, "keep", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        take.answer(database, EDITION, attempt, *last, START)
    assert take.find_result(database, token)[1] is None


def test_deleting_takes_the_fits_along(database, campaign):
    token, attempt = begin(database, campaign.id)
    answer(database, attempt, persona("clear-hunter").answers)
    take.delete(database, token, START)
    assert fits(database) == []


def test_who_they_are_is_kept_without_capitals_and_accents_to_be_found_by(database, campaign):
    _, attempt = begin(database, campaign.id, name="Ángela MUÑOZ", email="A.Munoz@Example.org", reference="Ref-7")
    assert kept(database, attempt)[3] == "angela munoz\na.munoz@example.org\nref-7"
