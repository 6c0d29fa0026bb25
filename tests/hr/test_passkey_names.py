"""A passkey is called what its owner likes, as long as it can be read."""

from __future__ import annotations

import pytest

PATH = "/hr/account/passkeys"


@pytest.mark.parametrize(
    "name", ["Bob's laptop", "Bob’s “old” phone (R&D, 2ª)", "portátil de Ana", "<b>key</b>", "🔑", "a  b"]
)
def test_any_text_that_can_be_shown_is_a_name(alice, name):
    answer = alice.press(PATH, name=name)
    assert answer.status_code == 200, answer.text
    assert answer.page.main.one("form"), "the browser is asked where to keep it"
    assert "hidden" in answer.page.main.one(role="alert").attrs, "nothing has gone wrong yet"


@pytest.mark.parametrize("name", ["", "  ", "x" * 65, "a\x00b", "a\u202eb"])
def test_what_is_no_name_is_refused_with_the_name_of_the_field(alice, name):
    answer = alice.press(PATH, name=name)
    told = answer.page.one(role="alert").text
    assert "Name: " in told
    assert "Nickname" not in told


def test_the_field_is_called_alike_in_spanish(sign_in, tidewell):
    alba = sign_in("Alba", tidewell, "owner", "es")
    told = alba.press(PATH, name="x" * 65).page.one(role="alert").text
    assert "Nombre: " in told
    assert "Nickname" not in told
