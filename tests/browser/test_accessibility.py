"""axe-core, which looks at every page in test_every_page: what is asked of it, and that it would find something."""

from __future__ import annotations

import json
from functools import cache

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"target-size": {"enabled": True}},  # of WCAG 2.2; axe leaves it off
    "resultTypes": ["violations"],
}
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast"]}, "resultTypes": ["violations"]}


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
    if not page.evaluate("'axe' in window"):  # half a megabyte is not sent twice
        page.evaluate(f"() => {{ {script()} }}")
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
