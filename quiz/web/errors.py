"""Friendly errors: what happened and what to do, in the visitor's language, with the right status."""

from __future__ import annotations

from flask import Flask, Response, g, jsonify, redirect, request
from flask.globals import request_ctx
from flask_babel import gettext
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from quiz.services import take
from quiz.web import away, framing, page
from quiz.web.edition import UnknownPack
from quiz.web.guise import guise
from quiz.web.i18n import asked
from quiz.web.pace import TooFast
from quiz.web.shell import slot


def install(app: Flask) -> None:
    """Answer every error with a page, or with JSON where a script asked for it."""
    app.register_error_handler(HTTPException, _foreseen)
    app.register_error_handler(take.Unknown, lambda _: _answer(404))
    app.register_error_handler(UnknownPack, lambda _: _answer(404, "pack"))
    app.register_error_handler(take.Gone, lambda _: _answer(410))
    app.register_error_handler(TooFast, _too_fast)
    app.register_error_handler(500, lambda _: _answer(500))
    away.install(app, _away)


def _foreseen(error: HTTPException) -> AnyResponse:
    if error.code == 404 and _only_a_slash_too_many():
        return redirect(page.own_path().rstrip("/"), 308)
    if error.response is not None or error.code is None or error.code < 400:  # a redirect of the router's own
        return error.get_response(request.environ)
    response = _answer(error.code)
    for name, value in error.get_headers(request.environ):
        if name in ("Allow", "Retry-After"):
            response.headers[name] = value
    return response


def _too_fast(error: TooFast) -> AnyResponse:
    response = _answer(429, "pace")
    response.headers["Retry-After"] = str(error.seconds)
    return response


def _away() -> Response:
    """The database is away. Which sites may frame the page is asked all the same: perhaps it can still be read."""
    try:
        framing.settle()
    except Exception:
        framing.recall()
    return framing.frame(_answer(503))


def _only_a_slash_too_many() -> bool:
    """Whether there is something without the slash at the end, which some programs add to what they pass on."""
    bare = request.path.rstrip("/")
    known = request_ctx.url_adapter
    return bare != request.path and known is not None and known.test(bare, "GET")


def _answer(code: int, what: str = "") -> Response:
    """The page of an error; `what` is what it is about, where that has words of its own."""
    if code < 500:
        framing.settle()
    texts = _texts()
    title, message = _special().get(what) or texts.get(code) or texts[400 if code < 500 else 500]
    if page.wants_json():
        response = jsonify(error=message)
        response.status_code = code
        response.headers.update(page.PRIVATE)
        return response
    g.attempt = None  # an error page belongs to no attempt: its links lead to public pages
    shell = page.shell(
        "error.html",
        (code, what, asked(), away.can_ask_again()),
        lambda: {
            "code": code,
            "title": title,
            "message": message,
            "again": slot("again") if code == 503 and away.can_ask_again() else None,
            "start": slot("first") if guise().campaign else page.link("taker.landing"),
            "switch": page.switch(slot("path")),
        },
    )
    return page.private(
        shell, {"path": page.own_path(), "again": page.own_path(), "first": f"/c/{guise().campaign}"}, code
    )


def _special() -> dict[str, tuple[str, str]]:
    """A title and a message by what an error is about."""
    return {
        "pace": (
            gettext("Too many answers at once"),
            gettext("Wait a minute, go back and press again. Everything that you had answered before is kept."),
        ),
        "pack": (
            gettext("There is no such quiz here"),
            gettext("Perhaps it has another name by now. The start page shows what there is."),
        ),
    }


def _texts() -> dict[int, tuple[str, str]]:
    """A title and a message by status code."""
    return {
        400: (
            gettext("We could not read that"),
            gettext("Go back and try again. Nothing that you had answered is lost."),
        ),
        401: (
            gettext("This is only for people who were invited"),
            gettext("Open the link in your invitation. If you have lost it, ask whoever sent it to you."),
        ),
        403: (
            gettext("This cannot be started"),
            gettext("The link is not complete, or nobody can start at the moment. Ask whoever sent it to you."),
        ),
        404: (
            gettext("There is nothing at this address"),
            gettext("Check that the link is complete: the long ones break easily when they are copied."),
        ),
        405: (
            gettext("This address does not take that"),
            gettext("Go back and use the buttons of the page. Nothing that you had answered is lost."),
        ),
        410: (
            gettext("This attempt was deleted"),
            gettext("Its answers and its result are gone for good. You can start again whenever you like."),
        ),
        413: (
            gettext("That was too much at once"),
            gettext("Go back and use the buttons of the page. Nothing that you had answered is lost."),
        ),
        415: (
            gettext("We only read forms here"),
            gettext("Go back and use the buttons of the page. Nothing that you had answered is lost."),
        ),
        422: (
            gettext("Something is missing or not valid"),
            gettext("Go back, check what you chose and send it again. Nothing that you had answered is lost."),
        ),
        429: (
            gettext("Too many starts from your network"),
            gettext("Wait a few minutes and try again. Attempts that have begun go on as usual."),
        ),
        503: (
            gettext("We cannot keep anything at the moment"),
            gettext(
                "Wait a few seconds and try again. Every answer that you had given is safe; only the last is missing."
            ),
        ),
        500: (
            gettext("Something went wrong on our side"),
            gettext("Try again in a moment. Every answer that you had given is safe."),
        ),
        501: (
            gettext("Only JSON is served here"),
            gettext("Ask with format=json, or without a format."),
        ),
    }
