"""The console's errors: what happened and what to do, in the member's language, with the right status."""

from __future__ import annotations

from flask import Flask, request
from flask_babel import gettext
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from quiz.web.hr.page import page


def install(app: Flask) -> None:
    """Answer every error with a page."""
    app.register_error_handler(CSRFError, lambda _: _answer(400, gettext("The form was open for too long.")))
    app.register_error_handler(HTTPException, _foreseen)
    app.register_error_handler(500, lambda _: _answer(500))


def _foreseen(error: HTTPException) -> Response | tuple[str, int] | HTTPException:
    if error.response is not None or error.code is None or error.code < 400:
        return error.get_response(request.environ)
    return _answer(error.code)


def _answer(code: int, message: str = "") -> tuple[str, int]:
    titles = {
        400: gettext("That did not arrive whole"),
        403: gettext("Only an owner of the team can do that"),
        404: gettext("There is nothing here for you"),
        405: gettext("That cannot be done here"),
        413: gettext("That is too large"),
        429: gettext("Too many tries"),
        500: gettext("Something went wrong on our side"),
    }
    title = titles.get(code) or titles[400 if code < 500 else 500]
    return page("error.html", title=title, message=message), code
