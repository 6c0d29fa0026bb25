"""The ways into the console in a browser: set-up, passkeys, the second step; and axe on each of their pages."""

from __future__ import annotations

import re

import pytest
from console_cast import look, now
from passlib.totp import TOTP
from playwright.sync_api import expect

from quiz.services import admission, team


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
    alice.add_a_passkey("Bob's portátil (R&D)")  # it is found by its name
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
    invited = admission.invite(alice.database, alice.team, "viewer", "", now())
    member = team.add(alice.database, alice.team, "viewer", "Bob", f"bob-{alice.name}", language, None, now())
    person = team.find(alice.database, alice.team, alice.id)
    before = ("sign-in", "forgot", f"join/{invited}", f"reset/{admission.reset_token(alice.database, person, now())}")
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
