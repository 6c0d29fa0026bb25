"""The blueprint of the taker's door, and what its views share."""

from __future__ import annotations

from flask import Blueprint, Response, abort, g, jsonify, redirect, request

from quiz.services import take
from quiz.services.library import Edition
from quiz.services.take import Attempt
from quiz.web.house import house

door = Blueprint("taker", __name__)

FORM_TYPES = {"application/x-www-form-urlencoded", "multipart/form-data"}


@door.before_request
def only_forms() -> None:
    """A post is a form. Anything else was not sent by a page of ours."""
    if request.method == "POST" and request.content_length and request.mimetype not in FORM_TYPES:
        abort(415)


@door.errorhandler(take.Unknown)
def unknown(_: take.Unknown) -> None:
    """No attempt has this token: 404."""
    abort(404)


@door.errorhandler(take.Gone)
def gone(_: take.Gone) -> None:
    """The person deleted it: 410."""
    abort(410)


def found(attempt: Attempt) -> Edition:
    """Speak the attempt's language from here on, and return the pack that it is taken with.

    404 if that pack is no longer run here.
    """
    g.language = attempt.language
    g.attempt = attempt
    edition = house().library.editions.get(attempt.pack)
    if edition is None:
        abort(404)
    return edition


def find(token: str) -> tuple[Attempt, Edition]:
    """The attempt of a token and its pack; 404 or 410 if there is none."""
    attempt = take.find(house().database, token)
    return attempt, found(attempt)


def go(path: str) -> Response:
    """On to another page: a redirect for a form, an address for the page's script."""
    if request.accept_mimetypes.best == "application/json":
        return jsonify(next=path)
    return redirect(path, 303)  # type: ignore[return-value]
