"""Passwords: which ones are too easy to guess, and why."""

from __future__ import annotations

import re
import unicodedata

from flask import Flask
from flask_babel import gettext
from flask_security import PasswordUtil

SHORTEST = 12
LONGEST = 200
WEIGHED = 72
"""Characters whose strength is looked at; weighing more takes long and changes nothing."""
STRONG = 4
"""Of 4: takes more than 10¹⁰ guesses by somebody who knows the common passwords, words and patterns. Two common words
take 10⁸, which is within reach of whoever has stolen the hashes."""


def normal(password: str) -> str:
    """The password as it is hashed: however a keyboard composes its letters."""
    return unicodedata.normalize("NFKD", password)


def problem(password: str, *own: str) -> str:
    """What is wrong with a password of somebody whose name and e-mail are `own`; nothing if it is good."""
    from zxcvbn import zxcvbn  # its lists of common passwords are large, and passwords are seldom chosen

    if len(password) < SHORTEST:
        return gettext("Take at least %(count)s characters.", count=SHORTEST)
    if len(password) > LONGEST:
        return gettext("Take at most %(count)s characters.", count=LONGEST)
    words = [word for text in own for word in re.split(r"[\W_]+", text.casefold()) if len(word) > 2]
    rest = password.casefold()
    for word in sorted(words, key=len, reverse=True):
        rest = rest.replace(word, "")
    if len(rest) < min(8, len(password)) and len(rest) < len(password):
        return gettext("Do not build it from your name or e-mail: that is what others try first.")
    if zxcvbn(password[:WEIGHED], [*own, *words, "rolefit"])["score"] < STRONG:
        return gettext(
            "Others would guess this one soon: it is common, or it follows a pattern. Take four random words."
        )
    return ""


class Rules(PasswordUtil):
    """The same rules where Flask-Security asks for a new password."""

    def __init__(self, app: Flask) -> None:
        super().__init__(app)

    def validate(self, password: str, is_register: bool, **values: object) -> tuple[list[str] | None, str]:
        """What is wrong, if anything, and the password in its normal form."""
        user = values.get("user")
        found = problem(normal(password), *(str(getattr(user, name, "")) for name in ("name", "email")))
        return ([found] if found else None), normal(password)
