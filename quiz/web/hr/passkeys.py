"""Passkeys: a way in of its own, which takes the place of password and code."""

from __future__ import annotations

from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from flask import request
from flask_security import WebauthnUtil
from flask_security.webauthn import WebAuthnRegisterForm
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)
from wtforms import StringField


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


class Form(WebAuthnRegisterForm):
    """Every passkey is a way in of its own: its use is not the browser's to choose."""

    usage = StringField()

    def process(self, *args: Any, **values: Any) -> None:  # noqa: ANN401 - as in WTForms
        """Take what was sent, but for the use."""
        super().process(*args, **values)
        self.usage.data = "first"
