"""Puts the doors into the application: pages, static files, headers, errors, languages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from flask import Flask, Response, request
from werkzeug.middleware.proxy_fix import ProxyFix

from quiz.services.library import Library
from quiz.services.storage import Database
from quiz.settings import Settings, WrongSetting
from quiz.web import (
    assets,
    away,
    edition,
    embed,
    errors,
    express,
    framing,
    headers,
    hr,
    i18n,
    limits,
    logs,
    manual,
    metrics,
    ops,
    pages,
    roles,
    taker,
    watch,
)
from quiz.web.house import House
from quiz.web.mount import Mount

MAX_BODY = 16 * 1024
"""Bytes of a request's body; the largest form has a few hundred."""


class Application(Flask):
    """Flask, but for what it logs (never an address, for it may hold a token) and for a database that is away."""

    def handle_exception(self, error: Exception) -> Response:
        """Answer an unforeseen error; where the database is away, without what stands on it, such as sessions."""
        return away.answer(self, error) or super().handle_exception(error)

    def log_exception(self, exc_info: Any) -> None:  # noqa: ANN401 - as in Flask
        """Log an unforeseen error with the rule of the address instead of the address."""
        self.logger.error("unforeseen error at %s %s", request.method, request.url_rule, exc_info=exc_info)


def _console(house: House) -> Flask:
    """The HR console, imported and made when it is first asked for."""
    from quiz.web.hr.application import make_console

    return make_console(house)


def open_doors(app: Flask, settings: Settings, database: Database, library: Library) -> None:
    """Register everything that answers a request. Raises WrongSetting where the static files cannot be put."""
    static = Path(settings.static_folder)
    try:
        published = assets.publish(assets.SOURCE, static)
    except OSError as error:
        raise WrongSetting(f"STATIC_FOLDER is {static}, which cannot be written: {error.strerror}") from error
    house = House(settings, database, library, published)
    app.config["MAX_CONTENT_LENGTH"] = MAX_BODY
    app.config["MAX_FORM_MEMORY_SIZE"] = MAX_BODY
    app.config["TEMPLATES_AUTO_RELOAD"] = False
    app.extensions["rolefit"] = house
    requests = app.extensions["rolefit-requests"] = metrics.make_tally()
    logs.install(settings)
    i18n.install(app)
    limits.install(app, settings.redis_url)
    app.jinja_env.globals["asset"] = house.assets.__getitem__
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.before_request(watch.tell)
    for door in (taker.door, embed.door, roles.door, pages.door, manual.door, ops.door):
        app.register_blueprint(door)
    edition.install(app)
    errors.install(app)
    app.after_request(framing.frame)
    # From the inside out: each one wraps what stands before it.
    app.extensions["rolefit-console"] = app.wsgi_app = Mount(  # type: ignore[method-assign]
        app.wsgi_app, hr.PATH, lambda: _console(house)
    )
    app.wsgi_app = headers.Secure(app.wsgi_app)  # type: ignore[method-assign]
    app.wsgi_app = express.Express(app.wsgi_app, house)  # type: ignore[method-assign]
    app.wsgi_app = assets.serve(app.wsgi_app, static)  # type: ignore[method-assign]
    app.wsgi_app = watch.Watch(app.wsgi_app, settings, requests)  # type: ignore[method-assign]
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
