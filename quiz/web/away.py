"""The database is away: 503, a page that needs no database and says what to do, and when to try again."""

from __future__ import annotations

import logging
from collections.abc import Callable

from flask import Flask, Response, request
from flask.globals import request_ctx

from quiz.services import storage

SECONDS = 5
"""After which to try again: a database server that fell is back by then, and so is a disk that was made room on."""
_KEY = "rolefit-away"
_TOLD = "rolefit.away"
_log = logging.getLogger(__name__)


def install(app: Flask, page: Callable[[], Response]) -> None:
    """Answer with `page` when the database is away; it is made without asking the database anything."""
    app.extensions[_KEY] = page
    app.before_request(_as_told)


def tell(environ: dict[str, object], error: Exception) -> None:
    """Say that a request has met the database away already: it need not wait for it a second time."""
    environ[_TOLD] = error


def answer(app: Flask, error: Exception) -> Response | None:
    """The answer to an error that says so; None for any other."""
    if _KEY not in app.extensions or not storage.is_away(error):
        return None
    # One line, not a trace: there may be hundreds of these, and perhaps it is the disk that is full.
    _log.error("the database is away: %s", type(error).__name__)
    response: Response = app.extensions[_KEY]()
    response.headers["Retry-After"] = str(SECONDS)
    return response


def can_ask_again() -> bool:
    """Whether the address of this request can be opened, also if something was sent to it."""
    known = request_ctx.url_adapter
    return request.method == "GET" or (known is not None and known.test(request.path, "GET"))


def _as_told() -> None:
    error = request.environ.get(_TOLD)
    if isinstance(error, Exception):
        raise error
