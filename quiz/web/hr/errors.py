"""The console's errors: what happened and what to do, in the member's language, with the right status."""

from __future__ import annotations

from flask import Flask, Response, current_app, make_response, request
from flask_babel import force_locale, gettext
from flask_security import current_user
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from quiz.web import away
from quiz.web.house import QuizNotRun
from quiz.web.hr import turns
from quiz.web.hr.member import speak
from quiz.web.hr.page import page
from quiz.web.i18n import DEFAULT, LANGUAGES

KEPT = ("Allow", "Retry-After")
_SECRET = ("csrf_token", "password")


def install(app: Flask) -> None:
    """Answer every error with a page."""
    app.register_error_handler(CSRFError, lambda _: _stale())
    app.register_error_handler(turns.Busy, _busy)
    app.register_error_handler(QuizNotRun, lambda _: _not_run())
    app.register_error_handler(HTTPException, _foreseen)
    app.register_error_handler(500, lambda _: _answer(500))
    away.install(app, _away)


def _foreseen(error: HTTPException) -> AnyResponse:
    if error.response is not None or error.code is None or error.code < 400:
        return error.get_response(request.environ)
    answer = _answer(error.code)
    for name, value in error.get_headers(request.environ):
        if name in KEPT:
            answer.headers[name] = value
    return answer


def _busy(error: turns.Busy) -> Response:
    """Another export is being sent: whose, and the way to ask once more for what was asked for."""
    speak()
    answer = make_response(page("busy.html", own=error.own), 503)
    answer.headers["Retry-After"] = str(turns.WAIT)
    return answer


def _not_run() -> Response:
    """A campaign's quiz is not run here now: what that means for its results."""
    speak()
    title = gettext("This campaign’s quiz is not run here now")
    message = gettext(
        "So its results cannot be shown or exported. They are kept, and can be read again as soon as the quiz is back: "
        "ask whoever runs this site. The campaign can still be closed or deleted."
    )
    return make_response(page("error.html", title=title, message=message), QuizNotRun.code)


def _away() -> Response:
    """The database is away, and with it who is signed in: a page that knows nothing but the browser's language."""
    spoken = request.accept_languages.best_match(LANGUAGES) or DEFAULT
    with force_locale(spoken):
        again = request.full_path.rstrip("?") if away.can_ask_again() else "/"
        # Not Flask's render_template, which would ask who the member is.
        html = current_app.jinja_env.get_template("hr/away.html").render(
            language=spoken, again=request.script_root + again
        )
    return make_response(html, 503, {"Cache-Control": "no-store", "Referrer-Policy": "same-origin"})


def _stale() -> Response:
    """A form without its token, or with an old one: what was written is shown again to be sent again.

    Only if it came from one of our own pages. Otherwise another site could fill in the form, and the member's
    press on our own button would send it.
    """
    speak()
    fields = {name: values for name, values in request.form.lists() if not name.startswith(_SECRET)}
    title = gettext("Send that once more")
    if not _from_here() or request.endpoint is None or request.files:
        return make_response(page("error.html", title=title, message=_texts()[400][1]), 400)
    return make_response(page("again.html", title=title, fields=fields), 400)


def _from_here() -> bool:
    """Whether the browser says that one of our own pages sent this; older ones say it by the Origin alone."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    return request.headers.get("Origin") in (f"https://{request.host}", f"http://{request.host}")


def _answer(code: int) -> Response:
    speak()  # the error may have come before anything else was asked
    texts = _texts()
    title, message = texts.get(code) or texts[400 if code < 500 else 500]
    return make_response(page("error.html", title=title, message=message), code)


def _texts() -> dict[int, tuple[str, str]]:
    """A title and what to do by status code."""
    whoever = (
        gettext("Check the address. Perhaps it was deleted, or it belongs to another team.")
        if current_user.is_authenticated
        else gettext("Check the address.")
    )
    return {
        400: (
            gettext("That did not arrive whole"),
            gettext("Go back, reload the page and send it again."),
        ),
        403: (
            gettext("Only an owner of the team can do that"),
            gettext("Ask one of them: the team page says who they are."),
        ),
        404: (gettext("There is nothing here for you"), whoever),
        405: (
            gettext("That cannot be done here"),
            gettext("Go back and use the buttons of the page."),
        ),
        409: (
            gettext("That does not go together any more"),
            gettext("Somebody has changed it meanwhile. Go back, reload the page and look again."),
        ),
        413: (
            gettext("That is too large"),
            gettext("At most 4 MB can be sent at once. Divide the file and send the parts."),
        ),
        429: (
            gettext("Too many tries"),
            gettext("Wait a few minutes and try again. Nothing is lost, and nobody is locked out for good."),
        ),
        500: (
            gettext("Something went wrong on our side"),
            gettext("Try again in a moment. What was saved is safe."),
        ),
    }
