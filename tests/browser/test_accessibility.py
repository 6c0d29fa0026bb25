"""axe-core finds nothing on any page and state, in both languages, light and dark, on a phone and on a desktop."""

from __future__ import annotations

import json
from functools import cache

import pytest
from axe_playwright_python.sync_playwright import Axe
from campaign_states import CAMPAIGN_STATES
from playwright.sync_api import Page
from states import STATES, State
from visitor import Visitor

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"target-size": {"enabled": True}},  # of WCAG 2.2; axe leaves it off
    "resultTypes": ["violations"],
}
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast"]}, "resultTypes": ["violations"]}


@pytest.mark.parametrize("state", [*STATES, *CAMPAIGN_STATES], ids=lambda state: state.name)
def test_axe_finds_nothing(walker: Visitor, state: State):
    walker.page.emulate_media(color_scheme="light")
    state.reach(walker)
    unfold(walker.page)
    assert walker.page.locator("html").get_attribute("lang") == walker.language
    assert found(walker.page, RULES) == []
    walker.page.emulate_media(color_scheme="dark")
    assert found(walker.page, COLOURS) == []


def test_the_dark_page_is_dark(visit):
    person = visit(color_scheme="dark").open("/")
    assert brightness(person.page) < 64
    person.page.emulate_media(color_scheme="light")
    assert brightness(person.page) > 192


def test_axe_would_find_a_picture_without_a_text(visit):
    person = visit().open("/privacy")
    person.page.evaluate("document.querySelector('main').append(document.createElement('img'))")
    assert [finding.split(":")[0] for finding in found(person.page, RULES)] == ["image-alt"]


def found(page: Page, options: dict[str, object]) -> list[str]:
    """What axe finds: the rule and the places."""
    page.evaluate(f"() => {{ if (!window.axe) {{ {script()} }} }}")
    violations = page.evaluate(
        "(options) => axe.run(options).then((results) => results.violations.map("
        "({id, nodes}) => [id, nodes.map(({target, failureSummary}) => `${target} ${failureSummary}`)]))",
        options,
    )
    return [f"{rule}: {json.dumps(places, ensure_ascii=False)}" for rule, places in violations]


@cache
def script() -> str:
    return Axe().axe_script


def unfold(page: Page) -> None:
    page.evaluate("() => { for (const it of document.querySelectorAll('details')) it.open = true; }")


def brightness(page: Page) -> float:
    """Of the paper, from 0 to 255."""
    colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
    numbers = [float(part) for part in colour.removeprefix("rgb(").removesuffix(")").split(",")]
    return sum(numbers) / 3
