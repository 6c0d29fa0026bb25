"""What the tests of the embedded quiz share: a host site, a person on it, pages that stand in for the quiz."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from embed_host import EAR, Host, hosted, inner, pretend
from playwright.sync_api import BrowserContext, Page, Playwright
from visitor import DESKTOP, Visitor

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
PHASED_OUT = "--test-third-party-cookie-phaseout"
BLOCK = '{"profile": {"default_content_setting_values": {"cookies": 2}}}'
FAR = {"answered": 0, "total": 32}

Open = Callable[..., Page]


@pytest.fixture(scope="module")
def host() -> Iterator[Host]:
    host = Host()
    with hosted(host) as host.address:
        yield host


@pytest.fixture
def person(visit, host: Host) -> Visitor:
    person = visit()
    person.watch.expect(f"foreign address: {host.address}/")
    person.context.add_init_script(EAR)
    return person


@pytest.fixture
def fake(person: Visitor, house) -> Callable[..., None]:
    """Makes up a page of the quiz."""
    return lambda name, main, body="", **options: pretend(person.context, house, name, main, body, **options)


@pytest.fixture
def show(person: Visitor, host: Host, house) -> Open:
    """Opens a page of the host."""

    def show(body: str, *, wait_until: str = "load", **options: Any) -> Page:
        person.page.goto(host.page(body, house.address, **options), wait_until=wait_until)
        return person.page

    return show


@pytest.fixture
def guarded(playwright: Playwright, chromium: str, host: Host, house, tmp_path: Path) -> Iterator[BrowserContext]:
    """A browser that blocks cookies and storage, above all those of a frame."""
    (tmp_path / "Default").mkdir()
    (tmp_path / "Default" / "Preferences").write_text(BLOCK)
    context = playwright.chromium.launch_persistent_context(
        tmp_path, executable_path=chromium, args=[*FLAGS, PHASED_OUT], locale="en", viewport=DESKTOP
    )
    context.set_default_timeout(10_000)
    context.add_init_script(EAR)
    yield context
    assert context.cookies() == []
    context.close()


def element(name: str, attributes: str = "", content: str = "", id: str = "quiz") -> str:
    return f'<role-fit-quiz id="{id}" campaign="{name}" {attributes}>{content}</role-fit-quiz>'


def framed(host: Host, step: str, more: str = "") -> str:
    return f'data-frame data-sites="https://a.example {host.address}" data-step="{step}" {more}'


def question(host: Host, answered: int = 0) -> str:
    return framed(host, "question", f'data-answered="{answered}" data-total="32"')


# The whole way ------------------------------------------------------------------------------------------------------


def still(page: Page) -> None:
    """Let the page draw twenty times more: by then, what was going to happen has happened."""
    page.evaluate("async () => { for (let i = 0; i < 20; i++) await new Promise(requestAnimationFrame); }")


def fits(page: Page, element: str = "quiz") -> None:
    """The frame is as high as its content."""
    still(page)
    content = inner(page, element).evaluate("document.documentElement.getBoundingClientRect().height")
    height = page.locator(f"#{element} iframe").evaluate("frame => frame.getBoundingClientRect().height")
    assert abs(height - content) < 2
