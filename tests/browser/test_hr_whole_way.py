"""The whole way of an HR person: set up, a campaign, a person on another site, the result, the export, the deletion."""

from __future__ import annotations

import csv
import io
import time

import pytest
from embed_cast import element
from embed_host import wait_for
from playwright.sync_api import Page, expect
from served import served
from visitor import DESKTOP

from quiz.services import admission

pytestmark = pytest.mark.database

PASSWORD = "a tide that turns twice"


@pytest.fixture(scope="module")
def house(chromium, tmp_path_factory):
    """A house in which nobody has set anything up."""
    with served(tmp_path_factory.mktemp("new-house")) as house:
        yield house


@pytest.fixture
def alice(browser, house):
    """Alice's browser, in the console."""
    context = browser.new_context(base_url=house.address, locale="en", viewport=DESKTOP)
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


def set_up(page: Page, house) -> None:
    """Follow the link of the first start."""
    token = admission.set_up_token(house._database, time.time_ns() // 1_000_000)
    page.goto(f"/hr/setup/{token}")
    for name, text in (("team", "Tidewell"), ("name", "Alice"), ("email", "alice@tidewell.example")):
        page.fill(f"[name={name}]", text)
    page.fill("[name=password]", PASSWORD)
    page.click("main form .primary")
    expect(page.locator("h1")).to_have_text("Campaigns")


def make_campaign(page: Page, site: str) -> str:
    """Fill in the form of a campaign; its public id."""
    page.goto("/hr/campaigns/new")
    lines = {"asked_by": "Alice", "purpose": "A talk", "readers": "Alice", "contact": "a@tidewell.example"}
    told = {f"{name}_{language}": line for name, line in lines.items() for language in ("es", "en")}
    for name, text in {"name": "Fair", **told, "sites": site}.items():
        page.fill(f"#{name}", text)
    page.locator("input[name=identification][value=plain]").check()
    page.locator("#campaign .primary").click()
    expect(page.locator("main")).to_contain_text("Fair")
    return page.url.rpartition("/")[2]


def test_alice_asks_on_her_site_and_reads_exports_and_deletes_what_came(alice, guarded, host, house):
    set_up(alice, house)
    public_id = make_campaign(alice, host.address)

    person = guarded.pages[0]  # every cookie and every storage is blocked
    person.goto(host.page(element(public_id, 'lang="en" ref="person-7"'), house.address))
    quiz = person.frame_locator("#quiz iframe")
    quiz.locator("form.start button").click()
    answers = dict(house.persona(house.edition.content.golden[0].id).answers)
    for item in house.items:
        expect(quiz.locator("main")).to_have_attribute("data-item", item)
        quiz.locator(f"button[name=choice][value='{answers.get(item, 3)}']").click()
    wait_for(person, "completed")
    own_page = quiz.locator("html").evaluate("() => location.href")

    alice.goto(f"/hr/campaigns/{public_id}/results")
    alice.get_by_role("link", name="person-7").click()
    expect(alice.locator("h1")).to_contain_text("person-7")
    report = alice.url

    alice.goto(f"/hr/campaigns/{public_id}/export")
    with alice.expect_download() as download:
        alice.get_by_role("button", name="CSV").click()
    (row,) = csv.DictReader(io.StringIO(download.value.path().read_text("utf-8-sig")))
    assert "person-7" in row.values()

    alice.goto(report)
    alice.get_by_role("link", name="Delete this person").click()
    alice.get_by_role("button", name="Delete everything").click()
    expect(alice.locator("main")).to_contain_text("Nobody has started yet")
    assert alice.goto(report).status == 404
    assert person.request.get(own_page).status == 410
