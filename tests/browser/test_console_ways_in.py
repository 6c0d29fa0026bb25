"""The ways into the console in a browser: set-up, passkeys, the second step; and axe on each of their pages."""

from __future__ import annotations

import itertools
import re
import time

import pytest
from argon2 import PasswordHasher
from passlib.totp import TOTP
from playwright.sync_api import BrowserContext, Page, expect
from test_accessibility import COLOURS, RULES, found, unfold
from visitor import DESKTOP, PHONE, Watch

from quiz.services import admission, team

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
        self.id = team.add(self.database, self.team, "owner", "Alice", self.name, language, HASHED, _now())
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

    def add_a_passkey(self) -> None:
        self.page.goto("/hr/account/passkeys")
        self.page.fill("[name=name]", "Laptop")
        self.page.press("[name=name]", "Enter")
        expect(self.page.locator("main table")).to_contain_text("Laptop")


def _now() -> int:
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
        watch.expect("status of 422", "status of 404")  # what Chromium writes of them; the pages are looked at
        watched.append((context, watch))
        return Owner(house, context, language)

    yield owner
    try:
        assert [problem for _, watch in watched for problem in watch.unexpected()] == []
    finally:
        for context, _ in watched:
            context.close()


def test_a_passkey_opens_the_console_without_password_and_code(owner):
    alice = owner().sign_in()
    alice.hold_a_key()
    alice.add_a_passkey()
    alice.sign_out()
    alice.page.get_by_role("button", name="Sign in with a passkey").click()
    alice.page.wait_for_url("**/hr/")
    expect(alice.page.locator("h1")).to_have_text("Campaigns")


def test_a_passkey_that_was_removed_opens_nothing(owner):
    alice = owner().sign_in()
    alice.hold_a_key()
    alice.add_a_passkey()
    alice.page.locator("main summary").click()
    alice.page.locator("main details button").click()
    expect(alice.page.locator("main table")).to_have_count(0)
    alice.sign_out()
    alice.page.get_by_role("button", name="Sign in with a passkey").click()
    expect(alice.page.get_by_role("alert")).to_contain_text("not known here")
    alice.page.goto("/hr/")
    assert "/hr/sign-in" in alice.page.url


def test_who_calls_the_browsers_question_off_can_try_again(owner):
    alice = owner()
    alice.page.add_init_script("navigator.credentials.get = () => Promise.reject(new Error('called off'))")
    alice.page.goto("/hr/sign-in")
    alice.page.get_by_role("button", name="Sign in with a passkey").click()
    expect(alice.page.locator("[data-failed]")).to_be_visible()
    expect(alice.page.get_by_role("button", name="Try again")).to_be_focused()


def test_without_scripts_the_page_says_that_passkeys_need_them(owner):
    alice = owner(scripts=False)
    alice.page.goto("/hr/sign-in")
    alice.page.get_by_role("button", name="Sign in with a passkey").click()
    expect(alice.page.locator("[data-unable]")).to_be_visible()
    expect(alice.page.get_by_role("link", name="Back", exact=True)).to_be_visible()


def test_without_scripts_everything_but_passkeys_works(owner):
    alice = owner(scripts=False).sign_in()
    alice.page.wait_for_url("**/hr/")
    alice.page.goto("/hr/team")
    alice.page.get_by_role("button", name="Make the link").click()
    expect(alice.page.locator("#made")).to_have_value(re.compile("/hr/join/"))
    alice.page.goto("/hr/account/second-step")
    alice.page.fill("[name=code]", "1")
    alice.page.press("[name=code]", "Enter")
    expect(alice.page.get_by_role("alert")).to_be_focused()


def test_at_an_address_that_is_a_number_passkeys_are_not_offered(house, browser):
    context = browser.new_context(base_url=house.address)
    page = context.new_page()
    page.goto("/hr/sign-in")
    expect(page.get_by_role("button")).to_have_count(1)
    context.close()


@pytest.mark.parametrize(("language", "phone"), [("es", True), ("en", False)], ids=["es-phone", "en-desktop"])
def test_axe_finds_nothing(owner, language, phone):
    alice = owner(language, phone=phone)
    invited = admission.invite(alice.database, alice.team, "viewer", "", _now())
    member = team.add(alice.database, alice.team, "viewer", "Bob", f"bob-{alice.name}", language, None, _now())
    person = team.find(alice.database, alice.team, alice.id)
    before = ("sign-in", "forgot", f"join/{invited}", f"reset/{admission.reset_token(alice.database, person, _now())}")
    inside = ("", "team", f"team/{member}", "team/name", "account", "account/password", "account/recovery-codes")
    for path in (*before, "join/nothing"):
        look(alice.page, path)
    alice.sign_in().page.wait_for_url("**/hr/")
    for path in (*inside, "account/second-step", "account/passkeys", "confirm", "nothing"):
        look(alice.page, path)
    alice.page.goto("/hr/account/second-step")
    key = re.sub(r"[\s-]", "", alice.page.locator("p.key").inner_text())
    alice.page.fill("[name=code]", TOTP(key=key).generate().token)
    alice.page.press("[name=code]", "Enter")
    expect(alice.page.locator(".codes li")).to_have_count(8)
    look(alice.page)
    look(alice.page, "account/second-step")
    alice.hold_a_key()
    alice.add_a_passkey()
    look(alice.page)
    alice.page.goto("/hr/")
    alice.sign_out()
    alice.sign_in().page.wait_for_url("**/sign-in/code")
    alice.page.fill("[name=code]", "1")
    alice.page.press("[name=code]", "Enter")
    look(alice.page)
    look(alice.page, "sign-in/recovery-code")


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
