"""What the links that let people in tell those who cannot use them, and how often."""

from __future__ import annotations

from dataclasses import replace

import pytest
from console_client import ConsoleClient
from test_coming_in import NEW, founder, link, run

from quiz.services import admission, team

NEVER = 1_900_000_000_000


@pytest.fixture
def settings(settings):
    """A limit that tests reach soon."""
    return replace(settings, sign_in_limit="3 per minute")


def test_a_used_set_up_link_says_what_helps_once_there_is_an_owner(app, stranger):
    path = link(run(app, "setup"))
    assert stranger.press(path, **founder()).status_code == 303
    for visitor in (ConsoleClient.of(app), stranger):
        answer = visitor.get(path)
        assert answer.status_code == 404
        assert "flask team" not in answer.page.text
        for help_text in ("sign in", "forgotten password", "ask an owner"):
            assert help_text in answer.page.main.text


def test_a_void_set_up_link_names_the_command_while_there_is_no_owner(stranger):
    assert "flask team setup" in stranger.get("/hr/setup/x").page.main.text


def test_who_sets_up_with_the_e_mail_of_a_viewer_is_told(app, database, tidewell, stranger):
    team.add(database, tidewell, "viewer", "Bob", "bob@tidewell.example", "en", None, 1)
    answer = stranger.press(link(run(app, "setup")), **founder(email="bob@tidewell.example"))
    assert answer.status_code == 422
    assert "in use here" in answer.page.one(role="alert").text


def test_a_link_to_join_is_not_for_asking_after_many_people(alice, database, tidewell, stranger):
    path = f"/hr/join/{admission.invite(database, tidewell, 'viewer', '', NEVER)}"
    for _ in range(3):
        assert stranger.press(path, name="Bob", email="alice@1.example", password=NEW).status_code == 422
    answer = stranger.press(path, name="Bob", email="alice@1.example", password=NEW)
    assert answer.status_code == 429
    assert "in use here" not in answer.page.text
    other = f"/hr/join/{admission.invite(database, tidewell, 'viewer', '', NEVER)}"
    assert stranger.press(other, name="Bob", email="bob@1.example", password=NEW).status_code == 303


@pytest.mark.parametrize("password", ["correct horse", "monkey banana", "coffee morning"])
def test_two_common_words_are_no_password(app, stranger, password):
    assert stranger.press(link(run(app, "setup")), **founder(password=password)).status_code == 422


@pytest.mark.parametrize("password", ["horse lamp river seven", "barca lenta sol cuchara", "kT4#vq9ZpL2x"])
def test_random_words_or_signs_are_one(app, stranger, password):
    assert stranger.press(link(run(app, "setup")), **founder(password=password)).status_code == 303
