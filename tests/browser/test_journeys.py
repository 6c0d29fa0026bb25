"""From the landing page to the result and away: with scripts, without, with nothing kept, phone and desktop."""

from __future__ import annotations

import json
import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect
from visitor import Visitor

pytestmark = pytest.mark.database


@pytest.mark.parametrize("language", ["es", "en"])
def test_the_quiz_is_taken_on_a_phone_to_the_end(visit, house, language):
    person = visit(language, phone=True).open("/")
    expect(person.button("Start").first).to_be_in_viewport()
    person.press(person.button("Start").first)
    persona = house.persona("quick-but-steady")
    for number, item in enumerate(house.items, start=1):
        assert person.item == item
        assert person.page.title().endswith(f"{number}/{len(house.items)} – Rolefit")
        answered = person.page.get_by_role("progressbar").get_attribute("value")
        assert answered == str(number - 1)
        person.answer(persona.answers[item])
    finish_as(person, "clear", "account-manager")
    assert house.choices(person.token) == persona.answers
    take_along_and_delete(person)


def test_the_quiz_is_taken_at_a_desk_to_the_end(visit, house):
    person = visit("es").start()
    person.answer_all(house.persona("clear-hunter").answers)
    finish_as(person, "clear", "account-executive")
    take_along_and_delete(person)


@pytest.mark.parametrize(("language", "phone"), [("es", False), ("en", True)], ids=["es-desktop", "en-phone"])
def test_without_scripts_nothing_is_missing(visit, house, language, phone):
    person = visit(language, phone=phone, scripts=False).start()
    for control in ("[data-copy]", "[data-keys]"):
        expect(person.page.locator(control)).to_be_hidden()
    answers = house.persona("quick-but-steady").answers
    person.answer_all(answers)
    finish_as(person, "clear", "account-manager")
    assert house.choices(person.token) == answers
    expect(person.page.locator("[data-print]")).to_be_hidden()
    take_along_and_delete(person)


def test_with_cookies_and_storage_blocked_nothing_is_missing(blocked: Visitor, house):
    person = blocked.start()
    assert person.page.evaluate(KEEPS_NOTHING)
    answers = house.persona("quick-but-steady").answers
    person.answer_all(answers)
    finish_as(person, "clear", "account-manager")
    assert house.choices(person.token) == answers
    take_along_and_delete(person)


KEEPS_NOTHING = """() => {
  const refused = (use) => { try { use(); return false; } catch { return true; } };
  document.cookie = "kept=1";
  return document.cookie === "" && refused(() => sessionStorage.length) && refused(() => localStorage.length);
}"""


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_person_may_finish_early_and_go_on_afterwards(visit, house, scripts):
    person = visit("es", phone=True, scripts=scripts).go_on(house.begin("es", house.minimum - 1))
    expect(person.link("Finish early")).to_have_count(0)
    person.answer(4)
    person.press(person.link("Finish early"))
    assert person.step == "finish"
    left = len(house.items) - house.minimum
    person.press(person.page.get_by_role("link", name=re.compile(rf"\b{left}\b")))
    assert person.item == house.items[house.minimum]
    person.press(person.link("Finish early"))
    person.press(person.button("See my result now"))
    assert person.step == "result"
    person.press(person.page.get_by_role("main").get_by_role("link", name=re.compile(rf"\b{left}\b")))
    assert person.item == house.items[house.minimum]
    expect(person.link("To your result")).to_be_visible()
    person.answer(2)
    assert person.item == house.items[house.minimum + 1]
    person.press(person.link("To your result"))
    expect(person.page.get_by_role("link", name=re.compile(rf"\b{left - 1}\b"))).to_be_visible()


def test_nothing_is_left_in_the_browser_after_the_quiz(visit, house):
    person = visit().go_on(house.begin("en", len(house.items) - 2))
    person.answer(2)
    person.answer(4)
    assert person.step == "result"
    assert person.page.evaluate("[document.cookie, sessionStorage.length, localStorage.length]") == ["", 0, 0]
    assert person.context.storage_state() == {"cookies": [], "origins": []}


def test_no_address_of_another_site_learns_the_link(visit, house):
    person = visit().go_on(house.finished("clear-hunter", "en"))
    person.page.get_by_text("Account executive career path").click()
    person.press(person.page.get_by_role("link", name="All about account executive"))
    assert person.page.evaluate("document.referrer") == ""
    elsewhere = person.page.locator("a[href^=http]").evaluate_all("(links) => links.map(({rel}) => rel)")
    assert elsewhere
    assert all("noreferrer" in rel for rel in elsewhere)


@pytest.mark.parametrize("path", ["/", "/roles", "/roles/account-manager", "/method", "/privacy"])
def test_a_public_page_changes_its_language_in_place(visit, path):
    person = visit("es").open(path)
    person.press(person.page.get_by_role("link", name="English"))
    assert person.path == path
    assert person.page.locator("html").get_attribute("lang") == "en"
    person.press(person.page.get_by_role("link", name="Español"))
    assert person.page.locator("html").get_attribute("lang") == "es"


def test_the_language_chosen_on_the_landing_page_is_the_quizs(visit, house):
    person = visit("es").open("/")
    person.press(person.page.get_by_role("link", name="English"))
    person.language = "en"
    person.press(person.button("Start").first)
    assert person.page.locator("html").get_attribute("lang") == "en"
    expect(person.page.get_by_role("heading", level=1)).to_have_text(
        house.edition.content.texts["en"].items[house.items[0]].scene
    )


def test_an_inline_style_would_break_the_policy_and_the_watch_would_notice(visit):
    person = visit().open("/")
    person.page.evaluate("document.body.insertAdjacentHTML('beforeend', '<p style=\"color: red\">red</p>')")
    person.page.wait_for_load_state("networkidle")
    assert ["Content Security Policy" in problem for problem in person.watch.unexpected()] == [True]
    person.watch.forget()


def finish_as(person: Visitor, outcome: str, role: str) -> None:
    assert person.step == "result"
    assert person.main.get_attribute("data-outcome") == outcome
    assert person.main.get_attribute("data-role") == role
    heading = person.page.get_by_role("heading", level=1).inner_text()
    assert person.house.edition.content.texts[person.language].roles[role].name in heading
    assert person.page.title().startswith(heading)


def take_along_and_delete(person: Visitor) -> None:
    """Read all answers, take the data along, delete everything: the link is dead at once."""
    person.press(person.link("Every answer, and how they add up"))
    expect(person.page.get_by_role("main").get_by_role("row")).to_have_count(len(person.house.items) + 3)
    person.press(person.link("Your result"))
    with person.page.expect_download() as download:
        person.link("Your data (JSON)").click()
    with open(download.value.path(), encoding="utf-8") as file:  # noqa: PTH123 - the browser's own file
        data = json.load(file)
    answers = {answer["item"]: answer["choice"] for answer in data["answers"]}
    assert answers == person.house.choices(person.token)
    person.press(person.link("Delete everything"))
    assert person.step == "delete"
    person.press(person.link("Keep it and go back"))
    assert person.step == "result"
    person.press(person.link("Delete everything"))
    link = urlsplit(person.page.url).path.removesuffix("/delete")
    person.button("Delete everything").click()
    expect(person.main).to_have_attribute("data-step", "deleted")
    person.watch.expect("status of 410")
    person.open(link)
    assert person.step == "error"
    expect(person.page.get_by_role("heading", level=1)).to_have_text(
        person.house.say(person.language, "This attempt was deleted")
    )
