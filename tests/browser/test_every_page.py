"""Every page and state, in both languages, on a phone and on a desktop: seen by all, read by all, never too wide.

A page is loaded once and then looked at in every way: loading takes longer than most of the looking.
"""

from __future__ import annotations

import pytest
from campaign_states import CAMPAIGN_STATES
from playwright.sync_api import Page
from states import STATES, State
from test_accessibility import COLOURS, RULES, found, unfold
from test_layout import INVISIBLE, NARROW, STICKING_OUT
from visitor import Visitor


@pytest.mark.parametrize("state", [*STATES, *CAMPAIGN_STATES], ids=lambda state: state.name)
def test_a_page_has_no_fault(walker: Visitor, state: State):
    page, size = walker.page, walker.page.viewport_size
    page.set_viewport_size(NARROW)
    page.emulate_media(color_scheme="light", forced_colors="active", reduced_motion="reduce")
    try:
        state.reach(walker)
        assert page.locator("html").get_attribute("lang") == walker.language
        forced_colours_leave_every_control_to_be_seen(page)
        page.emulate_media(forced_colors="none", reduced_motion="no-preference")
        unfold(page)
        nothing_sticks_out_even_with_text_twice_as_large(page)
    finally:
        page.set_viewport_size(size)
    assert page.locator(state.sign).is_visible()
    axe_finds_nothing_in_light_and_dark(page)


def forced_colours_leave_every_control_to_be_seen(page: Page) -> None:
    assert page.evaluate("matchMedia('(forced-colors: active)').matches")
    assert page.evaluate(INVISIBLE) == []
    assert page.evaluate("document.getAnimations().length") == 0


def axe_finds_nothing_in_light_and_dark(page: Page) -> None:
    assert found(page, RULES) == []
    page.emulate_media(color_scheme="dark")
    assert found(page, COLOURS) == []


def nothing_sticks_out_even_with_text_twice_as_large(page: Page) -> None:
    assert page.evaluate(STICKING_OUT) == []
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate(STICKING_OUT) == []
    page.evaluate("document.documentElement.style.fontSize = ''")
