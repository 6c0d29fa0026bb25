"""Campaigns of several quizzes: chosen once, kept in their edition, shown and taken in it."""

from dataclasses import replace

import five_roles
import pytest
from campaign_cast import TYPED, made, wrong
from cast import ALICES, START

from quiz.packs import loader
from quiz.services import campaigns
from quiz.services.campaigns import Wanted
from quiz.services.library import Edition

PATH = "/hr/campaigns/new"


@pytest.fixture(scope="session")
def spanish_folder(tmp_path_factory):
    return five_roles.write(tmp_path_factory.mktemp("spanish"), ("es",), name="cinco")


@pytest.fixture(scope="session")
def newer_folder(tmp_path_factory):
    return five_roles.write(tmp_path_factory.mktemp("newer"), version="1.2.0")


@pytest.fixture
def settings(settings, five_folder, newer_folder, spanish_folder):
    return replace(settings, rolefit_packs=f"{five_folder}:{newer_folder}:{spanish_folder}")


@pytest.fixture
def old(five_folder):
    """The older edition of the quiz of five roles."""
    return Edition.of(loader.load(five_folder))


@pytest.fixture
def olds(database, tidewell, old):
    """A campaign that began when the older edition was the newest."""
    return campaigns.create(database, old.pack, replace(ALICES, identification="none"), START, team_id=tidewell)


class TestChoosing:
    def test_every_quiz_is_offered_with_what_it_asks_and_the_main_one_is_chosen(self, alice, app):
        page, offered = alice.get(PATH).page, app.extensions["rolefit"].library.offered
        choices = page.main.all("input", type="radio", name="pack")
        assert [each["value"] for each in choices] == [each.pack.id for each in offered]
        assert [each["value"] for each in choices if "checked" in each.attrs] == ["ae-am"]
        about = page.one(id="pack-five-about").text
        for told in (
            "Five question",
            "Five finder, five closer",
            "five builder",
            "about 4 minutes",
            "Español, English",
        ):
            assert told in about

    def test_the_newest_edition_of_the_chosen_one_is_kept(self, alice, database, tidewell):
        alice.send(PATH, **TYPED, pack="five")
        (campaign,) = made(database, tidewell)
        assert (campaign.pack, campaign.pack_version) == ("five", "1.2.0+1.0.0")

    def test_without_a_choice_it_is_the_main_one(self, alice, database, tidewell):
        alice.send(PATH, **TYPED)
        assert made(database, tidewell)[0].pack == "ae-am"

    def test_one_that_is_not_run_is_refused(self, alice, database, tidewell):
        answer = alice.send(PATH, **TYPED, pack="nine")
        assert wrong(answer)[1] == {"pack"}
        assert made(database, tidewell) == []

    def test_a_language_that_the_quiz_has_not_got_is_refused_and_the_choice_stays(self, alice, database, tidewell):
        answer = alice.send(PATH, **TYPED, pack="cinco")
        assert wrong(answer)[1] == {"languages"}
        assert "This quiz is not there in English." in answer.page.main.text
        assert answer.page.one("input", id="pack-cinco").attrs.keys() >= {"checked"}
        assert alice.send(PATH, **(TYPED | {"languages": ["es"]}), pack="cinco").status_code == 303

    def test_a_copy_begins_with_the_same_quiz_in_its_newest_edition(self, alice, database, tidewell, olds):
        page = alice.get(f"/hr/campaigns/{olds.public_id}/duplicate").page
        chosen = [each["value"] for each in page.main.all("input", name="pack") if "checked" in each.attrs]
        assert chosen == ["five"]
        alice.send(f"/hr/campaigns/{olds.public_id}/duplicate", **TYPED, pack="five")
        assert made(database, tidewell)[0].pack_version == "1.2.0+1.0.0"


class TestKeeping:
    def test_it_stays_when_the_campaign_is_changed_whatever_is_sent(self, alice, database, olds):
        path = f"/hr/campaigns/{olds.public_id}/edit"
        page = alice.get(path).page
        assert not page.main.all("input", type="radio", name="pack")
        assert "Quiz: Five name (version 1.0.0+1.0.0)." in page.main.text
        assert alice.send(path, **TYPED, pack="ae-am", pack_version="1.0.0+1.0.0").status_code == 303
        kept = campaigns.find(database, olds.public_id)
        assert (kept.pack, kept.pack_version) == ("five", "1.0.0+1.0.0")

    def test_whoever_starts_gets_the_edition_that_the_campaign_began_with(self, ben, database, olds):
        ben.client.framed[f"/c/{olds.public_id}"] = olds.sites
        ben.get(f"/c/{olds.public_id}")
        assert "Five name" in ben.page.main.text
        ben.accept(olds)
        row = database.reader().cursor.execute("SELECT pack, pack_version FROM attempts").fetchone()
        assert row == ("five", "1.0.0+1.0.0")

    def test_the_preview_shows_the_quiz_that_is_chosen(self, alice):
        alice.framed["/hr/campaigns/preview"] = "'self'"
        assert "Five name" in alice.send("/hr/campaigns/preview", **TYPED, pack="five").page.main.text
        spanish = alice.send("/hr/campaigns/preview", **TYPED, pack="cinco", preview_language="en")
        assert (spanish.status_code, spanish.page.lang) == (200, "es")

    def test_the_front_page_says_which_quiz_where_there_are_several(self, alice, olds, make_campaign):
        assert "Five name" not in alice.get("/hr/").page.main.text
        make_campaign(name="Other")
        assert "Five name" in alice.get("/hr/").page.main.text

    def test_where_its_edition_is_no_longer_run_the_owner_is_told(self, alice, database, olds):
        with database.writing() as store:
            store.cursor.execute("UPDATE campaigns SET pack_version = '0.9.0+1.0.0'")
        assert "people get version 1.2.0+1.0.0" in alice.get(f"/hr/campaigns/{olds.public_id}").page.main.text

    def test_of_a_quiz_that_is_not_run_nobody_is_invited(self, alice, database, olds):
        with database.writing() as store:
            store.cursor.execute("UPDATE campaigns SET pack = 'gone'")
        assert "not run here at present" in alice.get(f"/hr/campaigns/{olds.public_id}").page.main.text
        answer = alice.send(f"/hr/campaigns/{olds.public_id}/invitations/send")
        assert answer.status_code == 303
        assert "nothing was mailed" in alice.get(answer.location).page.main.text


def test_a_quiz_in_spanish_alone_is_readable_to_members_who_read_english(alice, database, tidewell, app):
    edition = app.extensions["rolefit"].library.newest["cinco"]
    wanted = replace(ALICES, languages=("es",))
    campaign = campaigns.create(
        database, edition.pack, wanted, START, team_id=tidewell, spoken_by_pack=edition.content.languages
    )
    for place in ("", "/edit", "/share", "/results", "/cohort", "/impact", "/export", "/invitations"):
        assert alice.get(f"/hr/campaigns/{campaign.public_id}{place}").status_code == 200, place
    assert alice.get(f"/hr/campaigns/{campaign.public_id}/export.csv").status_code == 200
    assert alice.get("/hr/audit").status_code == 200


def test_a_language_of_a_campaign_is_one_of_its_quiz():
    wanted = Wanted("n", "a", "p", "r", "c")
    assert [(each.field, each.kind, each.value) for each in campaigns.problems(wanted, None, ("es",))] == [
        ("languages", "unspoken", "en")
    ]
