"""The form of a campaign in a browser: the preview beside it, with and without scripts."""

from __future__ import annotations

import itertools

import pytest
from argon2 import PasswordHasher
from playwright.sync_api import Page, expect

from quiz.services import campaigns, team

PASSWORD = "a tide that turns twice"
HASHED = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
NUMBERS = itertools.count()
START = 1_800_000_000_000


@pytest.fixture
def sign_in(house, browser):
    """Signs in an owner of a new team, and opens the form of a new campaign."""
    opened = []

    def sign_in(*, scripts: bool = True) -> tuple[Page, int]:
        number = next(NUMBERS)
        team_id = team.new(house._database, f"Team {number}", START)
        email = f"alice{number}@preview.example"
        team.add(house._database, team_id, "owner", "Alice", email, "en", HASHED, START)
        context = browser.new_context(base_url=house.address, java_script_enabled=scripts)
        opened.append(context)
        page = context.new_page()
        page.goto("/hr/sign-in")
        page.fill("[name=email]", email)
        page.fill("[name=password]", PASSWORD)
        page.press("[name=password]", "Enter")
        page.wait_for_url("**/hr/")
        page.goto("/hr/campaigns/new")
        return page, team_id

    yield sign_in
    for context in opened:
        context.close()


def preview(page: Page):
    return page.frame_locator("iframe[name=preview]")


def test_the_preview_follows_what_alice_types_and_costs_no_step_back(sign_in):
    page, _ = sign_in()
    expect(page.locator("[name=preview_language][aria-pressed=true]")).to_have_text("English")
    steps = page.evaluate("history.length")
    page.fill("#asked_by_en", "Zebra and <b>sons</b>")
    page.fill("#accent", "#c01c28")
    expect(preview(page).locator("body")).to_contain_text("Zebra and <b>sons</b>")
    expect(preview(page).locator(".primary")).to_have_css("background-color", "rgb(192, 28, 40)")
    expect(page.locator("#accent")).to_be_focused()
    page.click("[name=preview_language][value=es]")
    expect(preview(page).locator("html")).to_have_attribute("lang", "es")
    assert page.evaluate("history.length") == steps


def test_without_scripts_a_button_shows_it_and_the_form_stays_as_it_is(sign_in, house):
    page, team_id = sign_in(scripts=False)
    page.fill("#asked_by_es", "Zebra")
    page.click("[name=preview_language][value=es]")
    expect(preview(page).locator("body")).to_contain_text("Zebra")
    assert page.input_value("#asked_by_es") == "Zebra"
    assert page.url.endswith("/hr/campaigns/new")
    assert campaigns.of_team(house._database, team_id) == []


def test_nobody_can_start_in_the_preview(sign_in):
    page, _ = sign_in()
    before = page.frame("preview").url
    preview(page).locator(".primary").click()
    page.wait_for_timeout(300)
    assert page.frame("preview").url == before


def test_enter_in_a_field_saves_and_takes_no_other_button(sign_in):
    page, _ = sign_in()
    page.fill("#accent", "#ffd400")
    page.press("#accent", "Enter")
    expect(page.locator(".summary")).to_be_focused()
    expect(page.locator("#accent")).to_have_value("#ffd400")
    page.press("#accent", "Enter")  # now the button with the readable colour stands before it
    expect(page.locator("#accent")).to_have_value("#ffd400")
    page.click("[name=use_accent]")
    expect(page.locator("#accent")).to_have_value("#8a7200")


def test_words_that_are_not_asked_for_stay_away(sign_in):
    page, _ = sign_in()
    expect(page.locator("#consent_es")).to_be_hidden()
    page.check("[name=identification][value=named]")
    expect(page.locator("#consent_es")).to_be_visible()
    page.uncheck("[name=languages][value=es]")
    expect(page.locator("#consent_es")).to_be_hidden()
    expect(page.locator("#consent_en")).to_be_visible()
