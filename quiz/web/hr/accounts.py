"""Signing in: Flask-Security with the house's tables, words and rules."""

from __future__ import annotations

import secrets as random
import time
from collections.abc import Callable
from datetime import timedelta
from typing import ClassVar

from flask import Flask, session
from flask_login import user_logged_out  # type: ignore[import-untyped]
from flask_security import (
    RoleMixin,
    Security,
    SQLAlchemySessionUserDatastore,
    UserMixin,
    WebAuthnMixin,
    password_changed,
    user_authenticated,
    user_failed_authn,
    wan_deleted,
    wan_registered,
)

from quiz.services import audit, secrets, sessions, team
from quiz.web.house import House, house, now_ms
from quiz.web.hr import mails, passkeys, recovery, sayings
from quiz.web.hr.passwords import SHORTEST, Rules
from quiz.web.hr.second_step import PENDING, Codes, ask_again

FRESH = timedelta(hours=1)
"""How long after proving who they are somebody may change what proves it."""


class Member(UserMixin):
    """Somebody of a team, as `users` keeps them."""

    id: int
    team_id: int
    role: str
    name: str
    email: str
    language: str
    roles: ClassVar[list[RoleMixin]] = []  # type: ignore[misc]
    """Flask-Security's roles; ours is `role`."""


class Passkey(WebAuthnMixin):
    """A passkey of a member, as `passkeys` keeps it."""


class Role(RoleMixin):
    """Flask-Security asks for a class; there are no roles of its kind."""


team.map_classes(Member, Passkey)


def install(app: Flask, house: House) -> None:
    """Let members sign in."""
    kept = team.session(house.database)
    app.teardown_appcontext(lambda _: kept.remove())
    app.config.update(
        SECURITY_PASSWORD_SALT=secrets.secret(house.database, "password-salt"),
        SECURITY_PASSWORD_HASH="argon2",
        SECURITY_PASSWORD_SCHEMES=["argon2"],
        SECURITY_PASSWORD_SINGLE_HASH=["argon2"],  # it salts by itself
        SECURITY_PASSWORD_LENGTH_MIN=SHORTEST,
        SECURITY_STATIC_FOLDER=None,
        SECURITY_CLI_USERS_NAME=False,
        SECURITY_CLI_ROLES_NAME=False,
        SECURITY_LOGIN_URL="/sign-in",
        SECURITY_LOGOUT_URL="/sign-out",
        SECURITY_VERIFY_URL="/confirm",
        SECURITY_CHANGE_URL="/account/password",
        SECURITY_MULTI_FACTOR_RECOVERY_URL="/sign-in/recovery-code",
        SECURITY_MULTI_FACTOR_RECOVERY_CODES_URL="/account/recovery-codes",
        SECURITY_WAN_REGISTER_URL="/account/passkeys",
        SECURITY_WAN_DELETE_URL="/account/passkeys/delete",
        SECURITY_WAN_SIGNIN_URL="/sign-in/passkey",
        SECURITY_WAN_VERIFY_URL="/confirm/passkey",
        SECURITY_TWO_FACTOR_SELECT_URL="/sign-in/choose",  # there is never a choice: see guard.CLOSED
        SECURITY_LOGOUT_METHODS=["POST"],
        SECURITY_LOGOUT_CSRF=True,
        SECURITY_POST_LOGIN_VIEW="/hr/",
        SECURITY_POST_LOGOUT_VIEW="/hr/sign-in",
        SECURITY_POST_CHANGE_VIEW="/hr/account",
        SECURITY_UNAUTHORIZED_VIEW=None,
        SECURITY_TWO_FACTOR_ERROR_VIEW="/hr/sign-in",
        SECURITY_RETURN_GENERIC_RESPONSES=True,
        SECURITY_SEND_PASSWORD_CHANGE_EMAIL=False,  # we send our own
        SECURITY_SEND_REGISTER_EMAIL=False,
        SECURITY_CHANGEABLE=True,
        SECURITY_WEBAUTHN=True,
        SECURITY_WAN_RP_NAME="Rolefit",
        SECURITY_WAN_ALLOW_USER_HINTS=False,
        SECURITY_WAN_ALLOW_AS_VERIFY=["first"],
        SECURITY_WAN_SIGNIN_WITHIN=timedelta(minutes=5),
        SECURITY_MULTI_FACTOR_RECOVERY_CODES=True,
        SECURITY_MULTI_FACTOR_RECOVERY_CODES_N=8,
        SECURITY_MULTI_FACTOR_RECOVERY_CODES_KEYS=[secrets.secret(house.database, "recovery-codes") + "="],
        SECURITY_TWO_FACTOR_IMPLEMENTATIONS={"code": "quiz.web.hr.second_step.CodeStep"},
        SECURITY_TOTP_SECRETS={"1": secrets.secret(house.database, "totp")},
        SECURITY_TOTP_ISSUER="Rolefit",
        SECURITY_FRESHNESS=FRESH,
        SECURITY_FRESHNESS_GRACE_PERIOD=timedelta(minutes=10),
        SECURITY_EMAIL_VALIDATOR_ARGS={"check_deliverability": False},
        SECURITY_API_ENABLED_METHODS=["session"],
        SECURITY_CACHE_CONTROL=None,
        SECURITY_DEFAULT_REMEMBER_ME=False,
        SECURITY_JOIN_USER_ROLES=False,  # it has none
        SECURITY_I18N_DOMAIN="messages",  # its words are in our own translations, where we use them
        SECURITY_I18N_DIRNAME=[str(sayings.TRANSLATIONS)],
        WTF_CSRF_TIME_LIMIT=None,
        **sayings.SAYINGS,
    )
    security = Security(
        app,
        SQLAlchemySessionUserDatastore(kept, Member, Role, Passkey),
        password_util_cls=Rules,
        totp_cls=Codes,
        webauthn_util_cls=passkeys.Util,
        wan_register_form=passkeys.Form,
        mf_recovery_form=recovery.Form,
        mf_recovery_codes_util_cls=recovery.Codes,
    )
    security.want_json(lambda _: False)  # it answers people only
    app.login_manager.request_loader(lambda _: None)  # type: ignore[attr-defined]  # nobody comes in by a token
    security.reauthn_handler(lambda *_: ask_again())
    _refuse_ended(app)
    user_authenticated.connect(_came_in, app)
    user_logged_out.connect(_left, app)
    user_failed_authn.connect(_failed, app)
    password_changed.connect(_password_changed, app)
    wan_registered.connect(_passkey_added, app)
    wan_deleted.connect(_passkey_removed, app)


def _refuse_ended(app: Flask) -> None:
    """Take nobody for signed in by the cookie of a session that was ended."""
    manager = app.login_manager  # type: ignore[attr-defined]
    find: Callable[[str], Member | None] = manager._user_callback

    def find_unless_ended(user_id: str) -> Member | None:
        here = session.get("id")
        return None if here is None or sessions.ended(house().database, here) else find(user_id)

    manager.user_loader(find_unless_ended)


def _note(user: Member, action: str, subject: str = "") -> None:
    audit.note(house().database, user.team_id, user.email, action, now_ms(), subject=subject)


def _came_in(_app: Flask, user: Member, authn_via: list[str] | None = None, **_: object) -> None:
    for key in (*PENDING, "csrf_token"):  # a token from before signing in may be known to others
        session.pop(key, None)
    session.update(id=random.token_urlsafe(16), since=time.time())
    if authn_via != ["change"]:
        _note(user, "signed-in", ", ".join(authn_via or ["code"]))


def _left(_app: Flask, **_: object) -> None:
    """End the session itself: deleting its cookie would leave copies of it good."""
    if here := session.pop("id", None):
        sessions.end(house().database, here, now_ms())


def _failed(_app: Flask, user: Member, auth_type: str, **_: object) -> None:
    _note(user, "sign-in-failed", auth_type)


def _password_changed(_app: Flask, user: Member, **_: object) -> None:
    _note(user, "password-changed")
    mails.tell_changed(user.email, user.language)


def _passkey_added(_app: Flask, user: Member, name: str, **_: object) -> None:
    _note(user, "passkey-added", name)


def _passkey_removed(_app: Flask, user: Member, name: str, **_: object) -> None:
    _note(user, "passkey-removed", name)
