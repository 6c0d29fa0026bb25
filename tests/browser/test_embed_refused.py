"""The embedded quiz refuses something: whoever pressed sees what is wrong, wherever on the host's page they were."""

from __future__ import annotations

import pytest
from embed_cast import element, fits, framed, still
from embed_host import campaign, inner, wait_for
from playwright.sync_api import Frame, Page, expect

PHONE = {"width": 360, "height": 640}
ROOM = 16
"""Pixels between the top of the window and the alert."""
BLOCKED = "Blocked autofocusing"
"""What Chromium notes of every autofocus in a frame of another site."""


def alert_on(page: Page) -> tuple[float, float]:
    """From where to where the alert stands in the host's window, in pixels."""
    frame = page.locator("#quiz iframe").evaluate("frame => frame.getBoundingClientRect().top")
    top, bottom = inner(page).evaluate(
        "() => { const { top, bottom } = document.querySelector('[autofocus]').getBoundingClientRect();"
        " return [top, bottom]; }"
    )
    return frame + top, frame + bottom


def come_to_rest(page: Page) -> None:
    """Wait until a gentle scroll has ended."""
    fits(page)
    page.wait_for_function(
        "() => { const now = [scrollY, document.querySelector('#quiz').shadowRoot.querySelector('dialog')?.scrollTop];"
        " const same = String(now) === String(window.then); window.then = now; return same; }",
        polling=200,
    )


def refused(page: Page) -> Frame:
    """Press Start without a name."""
    page.frame_locator("#quiz iframe").locator("form.start button").click()
    expect(page.frame_locator("#quiz iframe").locator(".alert")).to_be_visible()
    wait_for(page, "ready", 2)
    come_to_rest(page)
    return inner(page)


@pytest.mark.parametrize("mode", ["inline", "dialog"])
@pytest.mark.parametrize("language", ["en", "es"])
def test_who_is_refused_sees_why_and_has_the_focus_there(show, person, house, host, mode, language):
    name = campaign(house, host.address, identification="named")
    person.page.set_viewport_size(PHONE)
    person.watch.expect("422", BLOCKED)
    page = show("<p>Above</p>" * 30 + element(name, f'mode="{mode}" lang="{language}"') + "<p>Below</p>" * 60)
    if mode == "dialog":
        page.locator("#quiz button").first.click()
    wait_for(page, "ready")
    frame = refused(page)
    top, bottom = alert_on(page)
    assert 0 <= top < bottom <= PHONE["height"] / 2
    close = page.locator("#quiz").evaluate(
        "it => it.shadowRoot.querySelector('[part=close]')?.getBoundingClientRect().bottom ?? 0"
    )
    assert top >= close, "the button that closes the dialog hides the alert"
    assert frame.evaluate("document.activeElement.className") == "alert"
    assert page.evaluate("document.activeElement.id") == "quiz"
    # What is missing can be typed and sent from there, and the next page begins at its beginning.
    quiz = page.frame_locator("#quiz iframe")
    page.keyboard.press("Tab")
    page.keyboard.type("Ana")
    expect(quiz.locator("#name")).to_have_value("Ana")
    quiz.locator("#email").fill("ana@example.org")
    quiz.locator("#agreed").check()
    quiz.locator("form.start button").click()
    wait_for(page, "started")
    come_to_rest(page)
    assert inner(page).evaluate("document.querySelector('h1').getBoundingClientRect().top") >= 0
    assert -1 <= page.locator("#quiz iframe").evaluate("it => it.getBoundingClientRect().top") < PHONE["height"] / 2


def test_a_plain_frame_scrolls_to_what_is_wrong_by_itself(show, person, house, host):
    name = campaign(house, host.address, identification="named")
    person.watch.expect("422", BLOCKED)
    page = show(f'<iframe src="{house.address}/c/{name}" title="Quiz" width="340" height="480"></iframe>', script=False)
    quiz = page.frame_locator("iframe")
    quiz.locator("form.start button").click()
    expect(quiz.locator(".alert")).to_be_focused()
    expect(quiz.locator(".alert")).to_be_in_viewport()


def test_a_header_that_stays_keeps_its_height_free(show, person, fake, host):
    long = "<p>Long</p>" * 60
    fake("page", framed(host, "campaign"), f"{long}<p class=alert tabindex=-1 autofocus>Wrong</p>{long}")
    person.watch.expect(BLOCKED)
    page = show(element("page"))
    wait_for(page, "ready")
    page.evaluate("document.getElementById('quiz').style.scrollMarginTop = '5rem'")
    inner(page).evaluate("location.reload()")
    wait_for(page, "ready", 2)
    come_to_rest(page)
    assert abs(alert_on(page)[0] - 80 - ROOM) < 2


def test_an_alert_in_sight_moves_nothing(show, person, fake, host):
    fake("page", framed(host, "question"), "<p class=alert tabindex=-1 autofocus>Wrong</p>" + "<p>Long</p>" * 60)
    person.watch.expect(BLOCKED)
    page = show(element("page"))
    wait_for(page, "ready")
    inner(page).evaluate("location.reload()")
    wait_for(page, "ready", 2)
    still(page)
    assert page.evaluate("scrollY") == 0
