"""What axe finds on the console's pages, with many people, with few and with none: nothing; and none is too wide."""

from __future__ import annotations

from dataclasses import replace

import pytest
from campaign_states import TEXTS
from cast import ALICES, START, content
from console_cast import look
from crowd import join, simulated
from playwright.sync_api import expect
from rows import run

from quiz.services import campaigns, joining, take
from quiz.services.joining import Arrival, Given

PAGES = ("results", "cohort", "impact", "export", "share", "invitations")


@pytest.fixture(params=[("es", True), ("en", False)], ids=["es-phone", "en-desktop"])
def alice(owner, request):
    """Alice has signed in; her campaign has sixty people, her other one nobody."""
    language, phone = request.param
    alice = owner(language, phone=phone).sign_in()
    alice.page.wait_for_url("**/hr/")
    alice.full = campaigns.create(alice.database, content().pack, ALICES, START, team_id=alice.team)
    alice.empty = campaigns.create(
        alice.database, content().pack, replace(ALICES, name="Empty"), START, team_id=alice.team
    )
    alice.references = join(alice.database, alice.full, simulated(60), prefix=alice.name.partition("@")[0])
    query = "SELECT id FROM attempts WHERE campaign_id = :id LIMIT 3"
    alice.people = [row[0] for row in run(alice.database, query, id=alice.full.id).fetchall()]
    return alice


def test_no_page_of_a_campaign_has_a_fault(alice):
    place = f"campaigns/{alice.full.public_id}"
    for path in (
        "",
        "/edit",
        "/share",
        "/invitations",
        "/invitations/new",
        "/results",
        "/cohort",
        "/impact",
        "/export",
    ):
        look(alice.page, place + path)
    look(alice.page, f"{place}/results?sort=fit-account-executive")
    look(alice.page, f"{place}/results/{alice.people[0]}")
    look(alice.page, f"{place}/results/{alice.people[0]}/delete")
    look(alice.page, f"{place}/results/compare?" + "&".join(f"person={one}" for one in alice.people))


def test_no_page_of_a_campaign_without_people_has_a_fault(alice):
    for page in PAGES:
        look(alice.page, f"campaigns/{alice.empty.public_id}/{page}")
    for path in ("", "audit", "campaigns/new"):
        look(alice.page, path)


def test_no_fault_is_in_an_adverse_impact_report(alice, tmp_path):
    file = tmp_path / "groups.csv"
    groups = ["F"] * 29 + ["M"] * 31
    lines = [f"{reference},{group}" for reference, group in zip(alice.references, groups, strict=True)]
    file.write_text("\n".join(["reference,sex", *lines]))
    alice.page.goto(f"/hr/campaigns/{alice.full.public_id}/impact")
    alice.page.set_input_files("[name=file]", str(file))
    alice.page.click("form.upload .primary")
    alice.page.wait_for_selector(".measured")
    look(alice.page)


def test_no_fault_is_in_what_a_person_was_told_after_the_texts_have_changed(alice, house):
    campaign = campaigns.change(alice.database, alice.empty, campaigns.wanted_of(alice.empty), TEXTS, START)
    token = joining.join(alice.database, content().pack, campaign, Arrival(), Given(), "es", START)
    for item in house.items:
        take.answer(alice.database, house.edition, take.find(alice.database, token), item, 4, START)
    campaigns.change(alice.database, campaign, campaigns.wanted_of(campaign), {}, START)
    person = take.find(alice.database, token).id
    alice.page.goto(f"/hr/campaigns/{campaign.public_id}/results/{person}")
    alice.page.locator("details.told summary").click()
    expect(alice.page.locator("details.told")).to_contain_text("Responsable: Tidewell.")
    look(alice.page)
    look(alice.page, f"campaigns/{campaign.public_id}/edit")
