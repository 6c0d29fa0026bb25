"""Makes the console: the house's own things, sign-in, doors, headers, errors."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Flask, Response, request, session
from flask.sessions import SecureCookieSessionInterface
from flask_wtf import CSRFProtect
from werkzeug.wrappers import Response as AnyResponse

from quiz.services import secrets
from quiz.settings import PROJECT
from quiz.web import i18n, limits, watch
from quiz.web.application import Application
from quiz.web.house import House, now_ms
from quiz.web.hr import (
    PATH,
    account,
    accounts,
    audit,
    campaigns,
    cohort,
    errors,
    exports,
    front,
    guard,
    impact,
    invitations,
    people,
    results,
    second_step,
    share,
    team,
)
from quiz.web.hr.member import signed_in
from quiz.web.hr.page import common
from quiz.web.hr.uploads import Request

MAX_BODY = 4 * 1024 * 1024
"""Bytes of a request's body: a file of invitations or groups with tens of thousands of lines."""
COOKIE = "rolefit_hr"
IDLE = timedelta(hours=12)
"""How long a session lasts after the last request."""

DOORS = (
    front,
    people,
    account,
    second_step,
    team,
    audit,
    campaigns,
    share,
    invitations,
    results,
    cohort,
    impact,
    exports,
)


class Sessions(SecureCookieSessionInterface):
    """Sessions in a signed cookie, which stays on https where it was made there."""

    def get_signing_serializer(self, app: Flask) -> Any:  # noqa: ANN401 - the library's own kind
        """By the keys as they are at this moment: a new one counts in every worker at once."""
        house: House = app.extensions["rolefit"]
        keys = secrets.keys(house.database, secrets.SESSION, house.settings.secret_keys, now_ms())
        signer = super().get_signing_serializer(app)
        if signer is not None:
            signer.secret_keys = [key.encode() for key in reversed(keys)]  # the last of them signs
        return signer

    def get_cookie_name(self, app: Flask) -> str:
        """By https, browsers take a cookie of this name from nobody who does not speak it."""
        return f"__Secure-{COOKIE}" if super().get_cookie_secure(app) else COOKIE

    def get_cookie_secure(self, app: Flask) -> bool:
        """Whether the browser sends the cookie by https only."""
        return request.is_secure or super().get_cookie_secure(app)


def make_console(house: House) -> Flask:
    """The console for a house that stands already."""
    app = Application(__name__, static_folder=None, template_folder=str(PROJECT / "templates"))
    settings = house.settings
    app.config.update(
        APPLICATION_ROOT=PATH,
        # Signs what lasts for minutes: tokens of forms, the challenges of passkeys. Sessions have keys of their own.
        SECRET_KEY=secrets.keys(house.database, "forms", settings.secret_keys, now_ms())[0],
        SESSION_COOKIE_PATH=PATH,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.public_url.startswith("https://"),
        PERMANENT_SESSION_LIFETIME=IDLE,
        WTF_CSRF_SSL_STRICT=False,  # the token is enough, and browsers may be set to send no Referer
        MAX_CONTENT_LENGTH=MAX_BODY,
        MAX_FORM_MEMORY_SIZE=MAX_BODY,
        TEMPLATES_AUTO_RELOAD=False,
    )
    app.request_class = Request
    app.session_interface = Sessions()
    app.extensions["rolefit"] = house
    i18n.install(app)
    limits.install(app, settings.redis_url)
    app.jinja_env.globals["asset"] = house.assets.__getitem__
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.before_request(watch.tell)
    CSRFProtect(app)
    accounts.install(app, house)
    app.context_processor(common)
    app.before_request(_begin)
    app.after_request(guard.after)
    app.after_request(_private)
    for module in DOORS:
        app.register_blueprint(module.door)
    errors.install(app)
    return app


def _begin() -> AnyResponse | None:
    """Speak the member's language, keep the session going, and let in nobody who has not signed in or guesses."""
    session.permanent = True
    return signed_in() or guard.before()


def _private(response: Response) -> Response:
    """Nothing of the console is for caches, search engines or other sites."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    # With no-referrer, browsers would not say that a form comes from our own page: its Origin would be null.
    response.headers["Referrer-Policy"] = "same-origin"
    return response
