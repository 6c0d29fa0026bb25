"""The console with a quiz of five roles, people chosen from page to page, and a form that two have open."""

from __future__ import annotations

from dataclasses import replace

import pytest
from cast import ALICES, START
from console_cast import look
from crowd import join, simulated
from playwright.sync_api import expect
from rows import run

from quiz.services import campaigns, packs

PACK = "client-facing"


@pytest.fixture(params=[("es", True), ("en", False)], ids=["es-phone", "en-desktop"])
def alice(owner, request):
    """Alice has signed in; sixty people have taken the quiz of five roles for her."""
    language, phone = request.param
    alice = owner(language, phone=phone).sign_in()
    alice.page.wait_for_url("**/hr/")
    pack = packs.edition(PACK).pack
    alice.campaign = campaigns.create(alice.database, pack, ALICES, START, team_id=alice.team)
    join(alice.database, alice.campaign, simulated(60, pack=PACK), prefix=alice.name.partition("@")[0])
    query = "SELECT id FROM attempts WHERE campaign_id = :id ORDER BY id LIMIT 4"
    alice.people = [row[0] for row in run(alice.database, query, id=alice.campaign.id).fetchall()]
    return alice


def test_no_page_with_five_roles_has_a_fault(alice):
    place, four = f"campaigns/{alice.campaign.public_id}", "&".join(f"with={one}" for one in alice.people)
    for path in (f"/results?{four}", f"/results/{alice.people[0]}", f"/results/compare?{four}", "/cohort", "/impact"):
        look(alice.page, place + path)


def test_who_is_ticked_goes_along_to_the_next_page(alice):
    page = alice.page
    page.goto(f"/hr/campaigns/{alice.campaign.public_id}/results")
    first = page.locator(".people .pick input").first
    first.check()
    chosen = first.get_attribute("value")
    page.click(".pager a[rel=next]")
    expect(page.locator(".chosen a").first).to_be_visible()
    assert f"with={chosen}" in page.url
    page.locator(".people .pick input").first.check()
    page.click(".choosing .buttons button >> nth=0")
    expect(page.locator("h1")).to_be_visible()
    assert page.url.count("with=") == 2
    assert "/compare?" in page.url


def test_the_page_of_a_clash_has_no_fault(alice):
    alice.page.goto(f"/hr/campaigns/{alice.campaign.public_id}/edit")
    now = campaigns.find(alice.database, alice.campaign.public_id)
    campaigns.change(alice.database, now, replace(campaigns.wanted_of(now), name="Autumn", accent="#1a5fb4"), {}, START)
    alice.page.fill("#name", "Winter")
    alice.page.click("#campaign .primary")
    expect(alice.page.locator(".summary")).to_be_focused()
    look(alice.page)
