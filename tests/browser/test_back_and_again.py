"""Back, reload, double press, two tabs, another device, another language: the place and the answers stay right."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Route, expect
from visitor import Visitor

SCRIPTS = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])


@SCRIPTS
def test_a_double_press_answers_once(visit, house, scripts):
    person = visit(scripts=scripts).start()
    person.leave(person.option(2).dblclick)
    answered_only(person, {house.items[0]: 2})


def test_the_second_half_of_a_slow_double_click_does_not_answer_the_next_question(visit, house):
    person = visit().start()
    x, y = place_of(person, 2)
    person.leave(lambda: person.page.mouse.click(x, y))
    assert person.page.evaluate("([x, y]) => document.elementFromPoint(x, y).name", [x, y]) == "choice"
    person.page.mouse.down(click_count=2)
    person.page.mouse.up(click_count=2)
    answered_only(person, {house.items[0]: 2})


def test_a_double_tap_answers_once(visit, house):
    person = visit("es", phone=True).start()
    x, y = place_of(person, 4)

    def tap_again(answer: Route) -> None:
        # Chromium never acknowledges a tap whose page goes meanwhile, so the first answer waits for this one.
        person.page.touchscreen.tap(x, y)
        answer.continue_()

    person.page.route("**/a/**", tap_again, times=1)
    person.leave(lambda: person.page.touchscreen.tap(x, y))
    answered_only(person, {house.items[0]: 4})


@SCRIPTS
def test_back_shows_the_answer_and_lets_it_be_changed(visit, house, scripts):
    person = visit("es", phone=True, scripts=scripts).start()
    first, second, third = house.items[:3]
    person.answer(2)
    person.answer(4)
    person.page.go_back()
    assert (person.item, person.stored()) == (second, 4)
    expect(person.option(4)).to_contain_text(house.say("es", "your answer"))
    person.press(person.link("Previous question"))
    assert (person.item, person.stored()) == (first, 2)
    person.answer(5)
    assert person.item == third
    assert house.choices(person.token) == {first: 5, second: 4}


def test_a_page_that_the_browser_brings_back_from_memory_shows_what_is_stored(visit, house):
    person = visit().start()
    token = person.token
    person.answer(2)
    person.open(f"/a/{token}/{house.items[0]}")
    with person.page.expect_navigation():
        person.page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")
    assert person.stored() == 2


@SCRIPTS
def test_loading_a_page_again_asks_and_changes_nothing(visit, house, scripts):
    person = visit(scripts=scripts).start()
    person.answer(3)
    for _ in range(2):
        person.page.reload()
        assert person.item == house.items[1]
    assert house.choices(person.token) == {house.items[0]: 3}


def test_an_answer_changed_after_the_end_changes_the_result(visit, house):
    person = visit().go_on(house.begin("en", len(house.items) - 1))
    person.answer(3)
    assert person.step == "result"
    person.page.go_back()
    assert person.stored() == 3
    person.answer(1)
    assert person.step == "result"
    assert house.choices(person.token)[house.items[-1]] == 1


def test_two_tabs_lose_nothing_and_the_later_answer_counts(visit, house):
    here = visit("es").start()
    there = Visitor(here.context, house, "es", touch=False)
    there.page = here.context.new_page()
    there.open(here.path)
    here.answer(1)
    there.answer(4)
    assert here.item == there.item == house.items[1]
    here.answer(2)
    assert here.item == house.items[2]
    there.answer(5)
    assert there.item == house.items[2]
    there.answer(3)
    assert house.choices(here.token) == dict(zip(house.items, (4, 5, 3), strict=False))
    here.page.reload()
    assert here.stored() == 3


@SCRIPTS
def test_the_link_goes_on_with_the_quiz_on_another_device(visit, house, scripts):
    person = visit("es", phone=True, scripts=scripts).start()
    person.answer(2)
    person.page.get_by_text(house.say("es", "Continue later")).click()
    link = person.page.get_by_label(house.say("es", "Your link")).input_value()
    assert urlsplit(link).path == f"/a/{person.token}"
    other = visit("en", scripts=scripts).open(link)
    assert other.item == house.items[1]
    assert other.page.locator("html").get_attribute("lang") == "es"
    other.answer(4)
    person.page.reload()
    assert person.stored() == 4


@SCRIPTS
def test_the_language_changes_in_the_middle_and_the_place_stays(visit, house, scripts):
    person = visit("es", phone=True, scripts=scripts).go_on(house.begin("es", 5))
    person.press(person.link("Previous question"))
    item, given = person.item, person.stored()
    speak(person, "en")
    assert (person.item, person.stored()) == (item, given)
    words = house.edition.content.texts["en"].items[item]
    expect(person.page.get_by_role("heading", level=1)).to_have_text(getattr(words, "scene", None) or words.text)
    person.answer(3)
    assert person.item == house.items[5]
    assert person.page.locator("html").get_attribute("lang") == "en"
    assert len(house.choices(person.token)) == 5


@pytest.mark.parametrize("step", ["finish", "result", "result/answers", "delete"])
def test_the_language_changes_on_every_other_page_of_an_attempt_too(visit, house, step):
    token = house.finished("both-fit", "en")
    person = visit("en").open(f"/a/{token}/{step}")
    speak(person, "es")
    assert person.path == f"/a/{token}/{step}"
    speak(person, "en")
    assert person.path == f"/a/{token}/{step}"


@pytest.mark.parametrize("language", ["es", "en"])
def test_the_link_is_copied_and_the_button_says_so(visit, house, language):
    person = visit(language, permissions=["clipboard-read", "clipboard-write"]).start()
    person.page.get_by_text(house.say(language, "Continue later")).click()
    person.button("Copy").click()
    expect(person.button("Copied")).to_be_visible()
    link = person.page.get_by_label(house.say(language, "Your link")).input_value()
    assert person.page.evaluate("navigator.clipboard.readText()") == link


def test_a_link_that_may_not_be_copied_is_selected_to_be_copied_by_hand(visit, house):
    person = visit()
    person.page.add_init_script("navigator.clipboard.writeText = () => Promise.reject(new DOMException('no'));")
    person.open(f"/a/{house.finished('both-fit', 'en')}/result")
    person.button("Copy").click()
    field = person.page.get_by_label("Your link")
    expect(field).to_be_focused()
    assert field.evaluate("(it) => it.value.slice(it.selectionStart, it.selectionEnd)") == field.input_value()


def test_a_result_is_printed_at_a_press(visit, house):
    person = visit("es")
    person.page.add_init_script("window.print = () => { document.documentElement.dataset.printed = 'yes'; }")
    person.open(f"/a/{house.finished('both-fit', 'es')}/result")
    person.button("Print").click()
    expect(person.page.locator("html")).to_have_attribute("data-printed", "yes")


def place_of(person: Visitor, choice: int) -> tuple[float, float]:
    """A point on an answer, once it is in the window."""
    person.option(choice).scroll_into_view_if_needed()
    box = person.option(choice).bounding_box()
    assert box
    return box["x"] + 20, box["y"] + 20


def speak(person: Visitor, language: str) -> None:
    """Press the language in the header."""
    name = {"es": "Español", "en": "English"}[language]
    person.page.get_by_role("banner").get_by_role("button", name=name).click()
    expect(person.page.locator("html")).to_have_attribute("lang", language)
    person.language = language


def answered_only(person: Visitor, choices: dict[str, int]) -> None:
    """Nothing but `choices` was answered; the next answer would show what is still on its way."""
    assert person.item == person.house.items[len(choices)]
    person.answer(5)
    assert person.house.choices(person.token) == choices | {person.house.items[len(choices)]: 5}
