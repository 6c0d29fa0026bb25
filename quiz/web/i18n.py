"""Languages: which one a visitor reads, and how they change it."""

from __future__ import annotations

from flask import Flask, g, request
from flask_babel import Babel

LANGUAGES = {"es": "Español", "en": "English"}
DEFAULT = "en"


def install(app: Flask) -> None:
    """Translate the interface; the words of the quiz itself are in its pack."""
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = "translations"
    Babel(app, default_locale=DEFAULT, locale_selector=language)
    app.jinja_env.add_extension("jinja2.ext.i18n")


def language() -> str:
    """The language of this answer: the attempt's, the one asked for in the address, or the browser's."""
    spoken: str | None = g.get("language")
    if spoken is None:
        spoken = g.language = asked() or request.accept_languages.best_match(LANGUAGES) or DEFAULT
    return spoken


def asked() -> str | None:
    """The language that the address asks for (`?lang=es`), if we have it."""
    try:
        wanted = request.args.get("lang")
    except UnicodeDecodeError:  # bytes that no browser puts into an address
        return None
    return wanted if wanted in LANGUAGES else None
