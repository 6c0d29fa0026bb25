"""`flask campaign`: which quiz, in which languages, and what the audit log says of it."""

from dataclasses import replace

import pytest
from cast import START
from cli_cast import NEEDED, made

from quiz.services import audit, team


class TestPacks:
    """--pack and --language."""

    @pytest.fixture
    def settings(self, settings, five_folder):
        return replace(settings, rolefit_packs=str(five_folder))

    @pytest.fixture
    def five(self, app):
        return app.extensions["rolefit"].library.newest["five"]

    def test_a_quiz_is_chosen_by_its_id(self, run, database, five):
        assert run("campaign", "create", "Fair", *NEEDED, "--pack", "five").exit_code == 0
        (campaign,) = made(database)
        assert (campaign.pack, campaign.pack_version) == ("five", five.pack.full_version)

    def test_without_it_the_main_one_is_taken(self, run, database, five):
        run("campaign", "create", "Fair", *NEEDED)
        assert made(database)[0].pack == "ae-am"

    def test_one_that_is_not_run_is_told_with_those_that_are_and_with_every_other_problem(self, run, database, five):
        answer = run("campaign", "create", " ", *NEEDED, "--pack", "nine", "--language", "xx", "--team", "Nobody")
        assert answer.exit_code == 2
        for told in ("--pack", "ae-am", "five", "name:", "languages:", "'xx'", "--team", "no team 'Nobody'"):
            assert told in answer.output
        assert made(database) == []

    def test_a_link_begins_in_a_language_of_the_campaign(self, run, database, five):
        run("campaign", "create", "Fair", *NEEDED, "--language", "es")
        (campaign,) = made(database)
        assert campaign.languages == "es"
        assert run("campaign", "show", campaign.public_id, "--language", "en").exit_code == 2
        assert "lang=es" in run("campaign", "show", campaign.public_id, "--language", "es").output


class TestLog:
    """What the audit log says of it."""

    def test_what_is_done_here_stands_in_the_teams_log_and_what_changes_nothing_does_not(self, run, database):
        number = team.found(database, "Tidewell", START)
        run("campaign", "create", "Fair", *NEEDED)
        (campaign,) = made(database)
        for state in ("pause", "pause", "open"):
            run("campaign", state, campaign.public_id)
        entries = audit.page(database, number)[::-1]
        assert {(entry.actor, entry.campaign) for entry in entries} == {("command line", campaign.public_id)}
        assert [(entry.action, entry.subject) for entry in entries] == [
            ("campaign-made", ""),
            ("campaign-state", "paused"),
            ("campaign-state", "open"),
        ]
