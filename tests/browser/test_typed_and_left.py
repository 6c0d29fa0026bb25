"""A form that is left with something typed in it: the browser asks first, and only then."""

from __future__ import annotations

from dataclasses import replace

import pytest
from cast import ALICES, START, content
from playwright.sync_api import expect

from quiz.services import campaigns


@pytest.fixture
def alice(owner):
    """Alice has signed in and has a campaign."""
    alice = owner("en").sign_in()
    alice.page.wait_for_url("**/hr/")
    wanted = replace(ALICES, identification="none")
    alice.campaign = campaigns.create(alice.database, content().pack, wanted, START, team_id=alice.team)
    alice.asked = []
    alice.page.on("dialog", lambda dialog: (alice.asked.append(dialog.type), dialog.dismiss()))
    return alice


def test_who_leaves_a_form_that_they_have_typed_in_is_asked(alice):
    page = alice.page
    page.goto(f"/hr/campaigns/{alice.campaign.public_id}/edit")
    page.fill("#name", "Winter")
    page.click("header nav a >> nth=1", no_wait_after=True)
    expect(page.locator("#name")).to_have_value("Winter")
    assert alice.asked == ["beforeunload"]
    page.click("#campaign .primary")
    expect(page.locator("h1")).to_have_text("Overview")
    assert alice.asked == ["beforeunload"], "saving is no leaving"


def test_who_has_typed_nothing_is_not_asked(alice):
    page = alice.page
    page.goto(f"/hr/campaigns/{alice.campaign.public_id}/edit")
    page.click("#name")
    page.click("header nav a >> nth=1")
    expect(page.locator("h1")).to_have_text("Team")
    assert alice.asked == []


def test_a_form_that_came_back_with_errors_still_holds_what_was_typed(alice):
    page = alice.page
    page.goto(f"/hr/campaigns/{alice.campaign.public_id}/edit")
    page.fill("#name", "")
    page.click("#campaign .primary")
    expect(page.locator(".summary")).to_be_focused()
    page.click("header nav a >> nth=1", no_wait_after=True)
    expect(page.locator(".summary")).to_be_visible()
    assert alice.asked == ["beforeunload"]
