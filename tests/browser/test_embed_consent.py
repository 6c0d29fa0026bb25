"""The embedded quiz of a campaign that asks: names with consent, the outcome shared or not, all cookies blocked."""

from __future__ import annotations

import json

import pytest
from embed_cast import element, fits, still
from embed_host import campaign, heard, inner, wait_for
from playwright.sync_api import expect

NAMED = {"identification": "named", "shares_outcome": True, "accent": "#b5179e"}


def take_it(quiz, house) -> None:
    """Answer everything as the first golden example does."""
    answers = dict(house.edition.content.golden[0].answers)
    for item in house.items:
        expect(quiz.locator("main")).to_have_attribute("data-item", item)
        quiz.locator(f"button[name=choice][value='{answers.get(item, 3)}']").click()


@pytest.mark.parametrize("shares", [True, False])
def test_the_page_around_learns_the_outcome_only_from_who_agreed(guarded, host, house, shares):
    page = guarded.pages[0]
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.goto(host.page(element(campaign(house, host.address, **NAMED), 'lang="en"'), house.address))
    quiz = page.frame_locator("#quiz iframe")
    quiz.get_by_label("Your name").fill("Ana Belén Ortiz")
    quiz.get_by_label("Your e-mail address").fill("ana@")
    quiz.locator("form.start button").click()
    expect(quiz.locator("#email-error")).to_be_visible()
    fits(page)
    quiz.get_by_label("Your e-mail address").fill("ana@example.org")
    quiz.get_by_label("I agree to this").check()
    assert not quiz.get_by_label("Tell my outcome").is_checked()
    quiz.get_by_label("Tell my outcome").set_checked(shares)
    quiz.locator("form.start button").click()
    take_it(quiz, house)
    wait_for(page, "completed")
    total = len(house.items)
    told = {"outcome": "clear", "role": "account-executive"} if shares else {}
    assert heard(page)[-1] == ("completed", {"answered": total, "total": total} | told)
    crossed = json.dumps(page.evaluate("raw.map(([, message]) => message)"))
    assert ("outcome" in crossed) == shares
    assert not [word for word in ("Ana", "example.org", "choice", inner(page).url.split("/")[4]) if word in crossed]
    assert problems == []


def test_one_of_two_on_a_page_is_shared_and_the_other_not(guarded, host, house):
    page = guarded.pages[0]
    name = campaign(house, host.address, shares_outcome=True)
    page.goto(host.page(element(name, 'lang="en"') + element(name, 'lang="en"', id="other"), house.address))
    for who in ("quiz", "other"):
        quiz = page.frame_locator(f"#{who} iframe")
        quiz.get_by_label("Tell my outcome").set_checked(who == "other")
        quiz.locator("form.start button").click()
        take_it(quiz, house)
        wait_for(page, "completed", element=who)
    assert "outcome" not in heard(page)[-1][1]
    assert "outcome" in heard(page, "other")[-1][1]


def test_an_element_that_is_removed_and_put_back_asks_anew(guarded, host, house):
    page = guarded.pages[0]
    name = campaign(house, host.address, shares_outcome=True)
    page.goto(host.page(element(name, 'lang="en"') + "<section></section>", house.address))
    page.frame_locator("#quiz iframe").get_by_label("Tell my outcome").check()
    page.evaluate("window.it = document.getElementById('quiz'); it.remove()")
    still(page)
    page.evaluate("document.querySelector('section').append(it)")
    wait_for(page, "ready", 2)
    expect(page.frame_locator("#quiz iframe").get_by_label("Tell my outcome")).not_to_be_checked()


def test_what_was_deleted_says_so_inside_the_frame_and_leads_back_to_the_beginning(guarded, host, house):
    page = guarded.pages[0]
    page.goto(host.page(element(campaign(house, host.address), 'lang="en"'), house.address))
    quiz = page.frame_locator("#quiz iframe")
    quiz.locator("form.start button").click()
    expect(quiz.locator("main")).to_have_attribute("data-step", "question")
    address = inner(page).url
    quiz.get_by_text("Continue later").click()
    quiz.get_by_role("link", name="Delete everything").click()
    quiz.locator("button.danger").click()
    expect(quiz.locator("main")).to_have_attribute("data-step", "deleted")
    inner(page).evaluate("address => location.assign(address)", address)
    expect(quiz.locator("main")).to_have_attribute("data-error", "410")
    wait_for(page, "error")
    assert heard(page)[-1] == ("error", {"status": 410})
    quiz.get_by_role("link", name="Go to the start").click()
    expect(quiz.locator("form.start button")).to_be_visible()
