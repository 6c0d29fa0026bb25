"""Signing in: Flask-Security with the house's tables, words and rules."""

from __future__ import annotations

from flask import Flask
from flask_security import RoleMixin, Security, SQLAlchemySessionUserDatastore, UserMixin, WebAuthnMixin

from quiz.services import secrets, team
from quiz.web.house import House


class Member(UserMixin):
    """Somebody of a team, as `users` keeps them."""

    id: int
    team_id: int
    role: str
    name: str
    email: str
    language: str
    roles: tuple[()] = ()
    """Flask-Security's roles; ours is `role`."""


class Passkey(WebAuthnMixin):
    """A passkey of a member, as `passkeys` keeps it."""


class Role(RoleMixin):
    """Flask-Security asks for a class; there are no roles of its kind."""


team.map_classes(Member, Passkey)


def install(app: Flask, house: House) -> None:
    """Let members sign in."""
    session = team.session(house.database)
    app.teardown_appcontext(lambda _: session.remove())
    app.config.update(
        SECURITY_PASSWORD_SALT=secrets.secret(house.database, "password-salt"),
        SECURITY_PASSWORD_HASH="argon2",
        SECURITY_PASSWORD_SCHEMES=["argon2"],
        SECURITY_PASSWORD_SINGLE_HASH=["argon2"],  # it salts by itself
        SECURITY_PASSWORD_LENGTH_MIN=12,
        SECURITY_URL_PREFIX="",
        SECURITY_LOGIN_URL="/sign-in",
        SECURITY_LOGOUT_URL="/sign-out",
        SECURITY_LOGOUT_METHODS=["POST"],
        SECURITY_POST_LOGIN_VIEW="/hr/",
        SECURITY_POST_LOGOUT_VIEW="/hr/sign-in",
        SECURITY_UNAUTHORIZED_VIEW=None,
        SECURITY_RETURN_GENERIC_RESPONSES=True,
        SECURITY_SEND_REGISTER_EMAIL=False,
        SECURITY_CACHE_CONTROL=None,
        SECURITY_DEFAULT_REMEMBER_ME=False,
        SECURITY_JOIN_USER_ROLES=False,  # it has none
        WTF_CSRF_TIME_LIMIT=None,
    )
    Security(app, SQLAlchemySessionUserDatastore(session, Member, Role, Passkey), register_blueprint=True)
