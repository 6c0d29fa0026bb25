"""Fixtures of the browser tests: Chromium, the served application, and visitors who are watched."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from console_cast import owner  # noqa: F401 - a fixture of the console's tests
from embed_cast import fake, guarded, host, person, show  # noqa: F401 - fixtures of the embedding tests
from playwright.sync_api import Browser, Playwright, expect, sync_playwright
from served import House, served
from visitor import DESKTOP, PHONE, Visitor

FLAGS = [
    "--no-sandbox",  # the tests may run as root, in a container
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
HERE = Path(__file__).parent

expect.set_options(timeout=10_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker("browser")


@pytest.fixture(scope="session")
def chromium() -> str:
    """Where Chromium is. A machine without it skips these tests; on CI that is a failure."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None:
        if os.environ.get("CI") == "true":
            pytest.fail("there is no Chromium on this machine")
        pytest.skip("there is no Chromium on this machine")
    return found


@pytest.fixture(scope="session")
def headless(chromium: str) -> str:
    """Chromium without its windows, where there is one: a new visitor costs it a quarter of the work."""
    return shutil.which("chromium-headless-shell") or chromium


@pytest.fixture(scope="session")
def house(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with served(tmp_path_factory.mktemp("house")) as house:
        yield house


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(playwright: Playwright, headless: str) -> Iterator[Browser]:
    browser = playwright.chromium.launch(executable_path=headless, args=FLAGS)
    yield browser
    browser.close()


def come(
    browser: Browser, house: House, language: str = "en", *, phone: bool = False, scripts: bool = True, **options: Any
) -> Visitor:
    """Someone with a fresh browser; `options` are those of a Playwright context."""
    context = browser.new_context(
        base_url=house.address,
        locale=language,
        java_script_enabled=scripts,
        is_mobile=phone,
        has_touch=phone,
        **{"viewport": PHONE if phone else DESKTOP} | options,
    )
    context.set_default_timeout(10_000)
    return Visitor(context, house, language, touch=phone)


def leave(visitors: Iterable[Visitor]) -> None:
    """Close the browsers; none may hold a cookie or have met an error that was not provoked."""
    try:
        for visitor in visitors:
            assert visitor.context.cookies() == []
            assert visitor.watch.unexpected() == []
    finally:
        for visitor in visitors:
            visitor.context.close()


@pytest.fixture
def visit(browser: Browser, house: House) -> Iterator[Callable[..., Visitor]]:
    """Makes visitors."""
    visitors: list[Visitor] = []

    def visit(language: str = "en", **options: Any) -> Visitor:
        visitors.append(come(browser, house, language, **options))
        return visitors[-1]

    yield visit
    leave(visitors)


@pytest.fixture(scope="module")
def walkers(browser: Browser, house: House) -> Iterator[Mapping[str, Visitor]]:
    """Two visitors who go through all states: one in Spanish with a phone, one in English at a desk."""
    walkers = {"es": come(browser, house, "es", phone=True), "en": come(browser, house, "en")}
    yield walkers
    leave(walkers.values())


@pytest.fixture(params=["es", "en"], ids=["es-phone", "en-desktop"])
def walker(request: pytest.FixtureRequest, walkers: Mapping[str, Visitor]) -> Iterator[Visitor]:
    """One of the two; what goes wrong on the way fails the test in which it does."""
    walker = walkers[request.param]
    yield walker
    problems = walker.watch.unexpected()
    walker.watch.forget()
    assert problems == []


@pytest.fixture
def blocked(playwright: Playwright, chromium: str, house: House, tmp_path: Path) -> Iterator[Visitor]:
    """A visitor whose browser blocks every cookie and every storage, as its settings can."""
    profile = tmp_path / "Default"
    profile.mkdir()
    (profile / "Preferences").write_text('{"profile": {"default_content_setting_values": {"cookies": 2}}}')
    context = playwright.chromium.launch_persistent_context(
        tmp_path, executable_path=chromium, args=FLAGS, base_url=house.address, locale="en", viewport=DESKTOP
    )
    visitor = Visitor(context, house, "en", touch=False)
    yield visitor
    leave([visitor])
