"""The whole journey by keyboard alone, and what keys must not do."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, expect
from states import send_nothing
from visitor import Visitor

SHOWN = """() => {
  const it = document.activeElement, style = getComputedStyle(it), box = it.getBoundingClientRect();
  return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2
    && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
}"""


def tab_to(person: Visitor, what: Locator) -> None:
    """Press Tab until something has the focus; each stop on the way must be visible."""
    for _ in range(60):
        person.page.keyboard.press("Tab")
        if what.evaluate("(it) => it === document.activeElement"):
            assert person.page.evaluate(SHOWN), f"the focus does not show on {person.focused()}"
            return
    raise AssertionError(f"Tab does not reach {what}")


def key(person: Visitor, name: str) -> None:
    """Press a key that leads to another page."""
    person.leave(lambda: person.page.keyboard.press(name))


def test_the_whole_journey_needs_no_pointer(visit, house):
    person = visit("en").open("/")
    tab_to(person, person.button("Start").first)
    key(person, "Enter")
    answers = house.persona("clear-hunter").answers
    for place, item in enumerate(house.items):
        assert person.item == item
        choice = answers[item]
        if place % 8 == 0:
            tab_to(person, person.option(choice))
            key(person, "Enter")
        elif place % 8 == 4:
            tab_to(person, person.option(choice))
            key(person, "Space")
        else:
            key(person, str(choice))
    assert person.main.get_attribute("data-outcome") == "clear"
    assert house.choices(person.token) == answers
    tab_to(person, person.link("Every answer, and how they add up"))
    key(person, "Enter")
    assert person.step == "answers"
    tab_to(person, person.link("Your result"))
    key(person, "Enter")
    tab_to(person, person.link("Delete everything"))
    key(person, "Enter")
    tab_to(person, person.button("Delete everything"))
    person.page.keyboard.press("Enter")
    expect(person.main).to_have_attribute("data-step", "deleted")


@pytest.mark.parametrize("path", ["/", "/roles", "/result"])
def test_tab_stops_at_every_control_in_order_and_shows_where_it_is(visit, house, path):
    person = visit("es")
    person.open(f"/a/{house.finished('leaning-farmer', 'es')}{path}" if path == "/result" else path)
    controls = person.page.locator("a[href], button:visible, input:visible, summary:visible").all()
    reachable = [control for control in controls if control.is_visible() and control.evaluate(NOT_FOLDED)]
    for control in reachable:
        person.page.keyboard.press("Tab")
        assert control.evaluate("(it) => it === document.activeElement"), f"{person.focused()} has the focus"
        assert person.page.evaluate(SHOWN), f"the focus does not show on {person.focused()}"


NOT_FOLDED = "(it) => !it.closest('details:not([open]) > :not(summary)')"


def test_the_skip_link_leads_past_the_header_to_the_answers(visit):
    person = visit().start()
    person.page.keyboard.press("Tab")
    expect(person.link("Skip to content")).to_be_focused()
    expect(person.link("Skip to content")).to_be_in_viewport()
    person.page.keyboard.press("Enter")
    expect(person.main).to_be_focused()
    person.page.keyboard.press("Tab")
    expect(person.option(1)).to_be_focused()


def test_the_answers_are_named_by_their_words_and_grouped_under_the_question(visit, house):
    person = visit("es").start()
    texts = house.edition.content.texts["es"]
    group = person.page.get_by_role("group", name=texts.items[house.items[0]].scene)
    names = [button.inner_text().strip() for button in group.get_by_role("button").all()]
    assert names == list(texts.options.trade_off)
    described = group.evaluate(
        "(it) => it.getAttribute('aria-describedby').split(' ').map((id) => document.getElementById(id).textContent)"
    )
    assert texts.items[house.items[0]].a in described[0]
    assert texts.items[house.items[0]].b in described[1]


@pytest.mark.parametrize("name", ["ArrowDown", "ArrowUp", "ArrowLeft", "ArrowRight", "Home", "End", "Enter", "Space"])
def test_keys_other_than_digits_answer_nothing_while_no_answer_has_the_focus(visit, house, name):
    person = visit().start()
    person.page.keyboard.press(name)
    person.page.keyboard.press("Enter")
    stays(person, house)


def test_arrow_keys_leave_the_focus_and_enter_gives_the_answer_it_is_on(visit, house):
    person = visit().start()
    person.option(3).focus()
    for name in ("ArrowDown", "ArrowRight", "ArrowDown", "ArrowLeft"):
        person.page.keyboard.press(name)
        expect(person.option(3)).to_be_focused()
    assert person.item == house.items[0]
    key(person, "Enter")
    assert house.choices(person.token) == {house.items[0]: 3}


@pytest.mark.parametrize("name", ["0", "6", "9", "Control+2", "Alt+2", "Shift+Digit2", "Meta+2", "a"])
def test_digits_outside_the_scale_and_shortcuts_of_the_browser_answer_nothing(visit, house, name):
    person = visit().start()
    person.page.keyboard.press(name)
    stays(person, house)


def test_digits_typed_into_a_field_answer_nothing(visit, house):
    person = visit().start()
    person.page.get_by_text("Continue later").click()
    person.page.get_by_label("Your link").focus()
    person.page.keyboard.type("12345")
    person.page.keyboard.press("Enter")
    stays(person, house)


def test_a_digit_that_is_held_down_answers_once(visit, house):
    person = visit().start()
    person.leave(lambda: person.page.keyboard.down("2"))
    for _ in range(3):
        person.page.keyboard.down("2")
    stays(person, house, {house.items[0]: 2})


def test_the_number_keys_can_be_switched_off_and_stay_off(visit, house):
    person = visit().start()
    switch = person.button("Answer with keys 1–5")
    expect(switch).to_have_attribute("aria-pressed", "true")
    tab_to(person, switch)
    person.page.keyboard.press("Space")
    expect(switch).to_have_attribute("aria-pressed", "false")
    person.page.keyboard.press("4")
    stays(person, house)
    expect(switch).to_have_attribute("aria-pressed", "false")
    person.page.keyboard.press("4")
    stays(person, house, {house.items[0]: 5})
    switch.click()
    key(person, "4")
    assert house.choices(person.token) == {house.items[0]: 5, house.items[1]: 5, house.items[2]: 4}


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
@pytest.mark.parametrize("language", ["es", "en"])
def test_after_an_error_the_focus_is_on_the_message_and_the_answers_come_next(visit, house, language, scripts):
    person = visit(language, scripts=scripts).start()
    send_nothing(person)
    alert = person.page.get_by_role("alert")
    expect(alert).to_have_text(house.say(language, "Choose one of the five answers to go on."))
    expect(alert).to_be_focused()
    expect(alert).to_be_in_viewport()
    person.page.keyboard.press("Tab")
    expect(person.option(1)).to_be_focused()
    assert person.item == house.items[0]
    key(person, "Enter")
    assert house.choices(person.token) == {house.items[0]: 1}
    assert person.item == house.items[1]


def stays(person: Visitor, house, choices: dict[str, int] | None = None) -> None:
    """Nothing more was answered than `choices`.

    Waiting for nothing to happen proves little, so the next question is answered: what a key had answered before it,
    even if it were still on its way, would then be stored, or have kept this answer from being sent.
    """
    choices = choices or {}
    assert person.item == house.items[len(choices)]
    person.answer(5)
    assert house.choices(person.token) == choices | {house.items[len(choices)]: 5}
