"""The blueprint of the taker's door, and what its views share."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, g, jsonify, redirect
from werkzeug.wrappers import Response as AnyResponse

from quiz.services import take
from quiz.services.library import Edition
from quiz.services.take import Attempt
from quiz.web import guise, page
from quiz.web.house import house

door = Blueprint("taker", __name__)


class NoLongerRun(LookupError):
    """The quiz of an attempt is no longer run here, so there is nothing to show of it."""


def enter(attempt: Attempt) -> tuple[Attempt, Edition]:
    """Speak the attempt's language from here on, and return it with the pack that it is taken with.

    An attempt in a language that a newer version of the pack gave up goes on in the pack's own. Raises NoLongerRun.
    """
    attempt, edition = recognise(attempt)
    if edition is None:
        raise NoLongerRun(attempt.pack)
    return attempt, edition


def recognise(attempt: Attempt) -> tuple[Attempt, Edition | None]:
    """The same for what needs no pack: what is kept stays the person's own, whatever is run here."""
    edition = house().library.find(attempt.pack, attempt.pack_version)
    if edition is not None and attempt.language not in edition.content.texts:
        attempt = replace(attempt, language=edition.content.languages[0])
    g.language = attempt.language
    g.attempt = attempt
    g.guise = guise.of_attempt(attempt)
    if edition is not None:
        g.edition = edition
    return attempt, edition


def find(token: str) -> tuple[Attempt, Edition]:
    """The attempt of a token and its pack; 404 or 410 if there is none. Raises NoLongerRun."""
    return enter(take.find(house().database, token))


def find_own(token: str) -> tuple[Attempt, Edition | None]:
    """The attempt of a token, also where its pack is no longer run; 404 or 410 if there is none."""
    return recognise(take.find(house().database, token))


def go(path: str) -> AnyResponse:
    """On to another page: a redirect for a form, an address for the page's script."""
    answer: AnyResponse = jsonify(next=path) if page.wants_json() else redirect(path, 303)
    answer.headers.update(page.PRIVATE)
    return answer
