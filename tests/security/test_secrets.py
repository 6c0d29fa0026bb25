"""What nobody is to guess or see: how random it is, how it is compared, and which addresses it leaves by."""

from __future__ import annotations

import ast
import base64
import re
from dataclasses import replace

import pytest
from cast import ALICES, ITEMS, persona
from rows import run

from quiz.services import tokens
from quiz.services.campaigns import Unusable
from quiz.settings import PROJECT

SECRET_NAMES = re.compile(r"(token|secret|password|signature|csrf)$")
BITS = 128


def bits(text: str) -> int:
    """How many bits a URL-safe base64 text has."""
    return 8 * len(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))


def test_the_link_of_an_attempt_has_256_random_bits_and_no_two_are_alike():
    made = {tokens.new_token() for _ in range(1000)}
    assert len(made) == 1000
    assert {bits(token) for token in made} == {256}


def test_every_secret_that_is_made_has_128_bits_or_more(database, alices):
    """Those of a campaign and of the house; ids that are shown to everybody are none."""
    (secret,) = run(database, "SELECT secret FROM campaigns").fetchone()
    assert bits(secret) >= BITS
    sizes = {"token_urlsafe": 8, "token_hex": 8, "token_bytes": 8}
    public = {"public_id", "holder", "_id", "write"}  # seen by everybody, or known by no visitor
    for path in sorted((PROJECT / "quiz").rglob("*.py")):
        source = path.read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in sizes:
                (count,) = node.args
                line = source.splitlines()[node.lineno - 1]
                if not any(word in line for word in public):
                    assert 8 * count.value >= BITS, f"{path}:{node.lineno}"


def test_nothing_that_must_not_be_guessed_comes_from_a_generator_that_can_be_foretold():
    """`random` is for what is imagined, never for keys; numpy's generators are for simulations."""
    for room in ("web", "services", "store"):
        for path in sorted((PROJECT / "quiz" / room).rglob("*.py")):
            assert not re.search(r"^\s*(import random|from random import)\b(?!.* as )", path.read_text(), re.MULTILINE)


def test_no_secret_is_compared_sign_by_sign():
    """`==` ends at the first difference, and the time tells where. The database compares hashes, which tell nothing."""
    for path in sorted((PROJECT / "quiz").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Compare) or not any(isinstance(op, ast.Eq | ast.NotEq) for op in node.ops):
                continue
            for side in (node.left, *node.comparators):
                name = side.attr if isinstance(side, ast.Attribute) else side.id if isinstance(side, ast.Name) else ""
                assert not SECRET_NAMES.search(name), f"{path}:{node.lineno} compares {name}"


@pytest.mark.parametrize("step", ["", ITEMS[0], "finish", "result", "delete", "terms"])
def test_no_page_of_an_attempt_says_its_address_to_anybody_else(ben, step):
    """Neither by the Referer, nor by anything that is loaded from elsewhere."""
    ben.start().play(persona("clear-hunter"))
    answer = ben.client.get(f"{ben.place}/{step}".rstrip("/"), follow_redirects=True)
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    loaded = re.findall(r'(?:src|srcset|action|data|poster|background)="([^"]+)"', answer.text)
    loaded += re.findall(r'<link[^>]+href="([^"]+)"', answer.text)
    assert all(each.startswith("/") and not each.startswith("//") for each in loaded), loaded


@pytest.mark.parametrize("target", ["javascript:alert(1)", "data:text/html,x", "//evil.example", "ftp://x.example"])
def test_the_way_on_after_a_campaign_is_a_web_address(ask, target):
    with pytest.raises(Unusable):
        ask(replace(ALICES, redirect_url=target))
