"""Who runs campaigns, at a browser of their own: an owner who signs in, and axe looking over their shoulder."""

from __future__ import annotations

import itertools
import time

import pytest
from argon2 import PasswordHasher
from playwright.sync_api import BrowserContext, Page, expect
from test_accessibility import COLOURS, RULES, found, unfold
from visitor import DESKTOP, PHONE, Watch

from quiz.services import team

PASSWORD = "a tide that turns twice"
HASHED = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
KEY_IN_THE_DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
NUMBERS = itertools.count()


class Owner:
    """An owner of a new team, at a browser of their own."""

    def __init__(self, house, context: BrowserContext, language: str) -> None:
        self.database = house._database
        self.name = f"alice{next(NUMBERS)}@ways.example"
        self.team = team.new(self.database, "Tidewell", 1)
        self.id = team.add(self.database, self.team, "owner", "Alice", self.name, language, HASHED, now())
        self.page: Page = context.new_page()
        self._context = context

    def sign_in(self) -> Owner:
        self.page.goto("/hr/sign-in")
        self.page.fill("[name=email]", self.name)
        self.page.fill("[name=password]", PASSWORD)
        self.page.press("[name=password]", "Enter")
        return self

    def sign_out(self) -> None:
        self.page.locator("header form button").click()
        self.page.wait_for_url("**/hr/sign-in")

    def hold_a_key(self) -> None:
        """Plug a security key in; a virtual one."""
        session = self._context.new_cdp_session(self.page)
        session.send("WebAuthn.enable")
        session.send("WebAuthn.addVirtualAuthenticator", {"options": KEY_IN_THE_DEVICE})

    def add_a_passkey(self, name: str = "Laptop") -> None:
        self.page.goto("/hr/account/passkeys")
        self.page.fill("[name=name]", name)
        self.page.press("[name=name]", "Enter")
        expect(self.page.locator("main table")).to_contain_text(name)


def now() -> int:
    return time.time_ns() // 1_000_000


@pytest.fixture
def owner(house, browser):
    """Makes owners; what goes wrong unseen fails the test."""
    watched = []

    def owner(language: str = "en", *, phone: bool = False, scripts: bool = True) -> Owner:
        address = house.address.replace("127.0.0.1", "localhost")  # passkeys belong to names
        context = browser.new_context(
            base_url=address, locale=language, java_script_enabled=scripts, viewport=PHONE if phone else DESKTOP
        )
        context.set_default_timeout(10_000)
        watch = Watch(context, address)
        # What Chromium writes of them; the pages are looked at.
        watch.expect("status of 422", "status of 404", "status of 409")
        watched.append((context, watch))
        return Owner(house, context, language)

    yield owner
    try:
        assert [problem for _, watch in watched for problem in watch.unexpected()] == []
    finally:
        for context, _ in watched:
            context.close()


def look(page: Page, path: str | None = None) -> None:
    """Open a page, unless it is there, and let axe look at it, light and dark."""
    if path is not None:
        page.goto(f"/hr/{path}")
    unfold(page)
    page.emulate_media(color_scheme="light")
    assert found(page, RULES) == [], page.url
    page.emulate_media(color_scheme="dark")
    assert found(page, COLOURS) == [], page.url
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{page.url} is too wide"
