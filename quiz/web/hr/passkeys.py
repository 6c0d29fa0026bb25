"""Passkeys: a way in of its own, which takes the place of password and code."""

from __future__ import annotations

import unicodedata
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from flask import request
from flask_babel import lazy_gettext
from flask_security import WebauthnUtil, current_user
from flask_security.utils import get_message
from flask_security.webauthn import WebAuthnRegisterForm
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)
from wtforms import StringField

LONGEST = 64
"""Characters of a passkey's name."""


def possible() -> bool:
    """Whether browsers allow passkeys here: they belong to names, never to an IP address."""
    try:
        ip_address(urlsplit(f"//{request.host}").hostname or "")
    except ValueError:
        return True
    return False


class Util(WebauthnUtil):
    """What we ask of a passkey: that it knows whose it is, and that it makes sure of who uses it."""

    def authenticator_selection(self, user: Any, usage: str) -> AuthenticatorSelectionCriteria:  # noqa: ANN401
        """What the browser looks for when a passkey is made."""
        return AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED
        )

    def user_verification(self, user: Any, usage: list[str]) -> UserVerificationRequirement:  # noqa: ANN401
        """Always: a passkey stands for two steps."""
        return UserVerificationRequirement.REQUIRED

    def name_svn(self, value: str) -> tuple[str | None, str | None]:
        """What is wrong with a passkey's name, or the name as it is kept: any line that can be shown."""
        name = unicodedata.normalize("NFC", value.strip())
        if not name.isprintable():
            return get_message("INVALID_INPUT")[0], None
        if len(name) > LONGEST:
            return get_message("INVALID_INPUT_LENGTH", length=LONGEST)[0], None
        # Flask-Security finds a passkey by its name, and used to keep it decomposed.
        kept = (passkey.name for passkey in current_user.webauthn)
        return None, next((each for each in kept if unicodedata.normalize("NFC", each) == name), name)


class Form(WebAuthnRegisterForm):
    """Every passkey is a way in of its own: its use is not the browser's to choose."""

    name = StringField(lazy_gettext("Name"), validators=WebAuthnRegisterForm.name.kwargs["validators"])
    usage = StringField()

    def process(self, *args: Any, **values: Any) -> None:  # noqa: ANN401 - as in WTForms
        """Take what was sent, but for the use."""
        super().process(*args, **values)
        self.usage.data = "first"
