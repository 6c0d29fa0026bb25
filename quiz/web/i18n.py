"""Languages: which one a visitor reads, and how they change it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache

from flask import Flask, g, request
from flask_babel import Babel, format_date, format_time

from quiz.services.library import Edition
from quiz.settings import PROJECT
from quiz.web.address import given
from quiz.web.guise import guise

LANGUAGES = {"es": "Español", "en": "English"}
DEFAULT = "en"


def install(app: Flask) -> None:
    """Translate the interface; the words of the quiz itself are in its pack."""
    # In full, for there are applications that stand in other folders.
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(PROJECT / "quiz" / "translations")
    Babel(app, default_locale=DEFAULT, locale_selector=language)
    app.jinja_env.add_extension("jinja2.ext.i18n")


def offered() -> Mapping[str, str]:
    """The languages of this answer, by code, the first for whoever reads none of them.

    Those of the campaign, or else of the pack that the answer speaks of, or else all.
    """
    edition: Edition | None = g.get("edition")
    if guise().languages:
        return {code: LANGUAGES[code] for code in guise().languages if code in LANGUAGES}
    return LANGUAGES if edition is None else _of_pack(edition)


@lru_cache
def _of_pack(edition: Edition) -> Mapping[str, str]:
    return {code: name for code, name in LANGUAGES.items() if code in edition.content.texts}


def language() -> str:
    """The language of this answer: the attempt's, the one asked for in the address, or the browser's."""
    spoken: str | None = g.get("language")
    if spoken is None:
        fallback = DEFAULT if not guise().languages and DEFAULT in offered() else next(iter(offered()))
        spoken = g.language = asked() or request.accept_languages.best_match(offered()) or fallback
    return spoken


def day(ms: int) -> str:
    """A day in UTC, in words; `ms` are milliseconds since 1970."""
    words: str = format_date(datetime.fromtimestamp(ms / 1000, UTC), "long")
    return words


def hour(ms: int) -> str:
    """The hour and minute in UTC."""
    words: str = format_time(datetime.fromtimestamp(ms / 1000, UTC), "short")
    return words


def asked() -> str | None:
    """The language that the address asks for (`?lang=es`), if it is offered."""
    wanted = given().get("lang")
    return wanted if wanted in offered() else None
