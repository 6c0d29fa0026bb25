"""What every page of an attempt says whose quiz is no longer run here: why, and how to get the data or delete it."""

from __future__ import annotations

from flask import g, jsonify, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from quiz.services.take import Attempt
from quiz.web import page
from quiz.web.taker.door import NoLongerRun, door

STATUS = 404
"""Not 410, for the data are there and the quiz may come back; not 503, after which a browser's script tries again."""


@door.errorhandler(NoLongerRun)
def say_so(_: NoLongerRun) -> Response:
    """The page, or JSON where a script asked for it."""
    attempt: Attempt = g.attempt
    title = gettext("This quiz is no longer run here")
    finished = attempt.finished_ms is not None
    if finished:
        message = gettext("Your data is still yours: get it, or delete it.")
    else:
        message = gettext("So you cannot go on. Your answers are still yours: you can delete them.")
    if page.wants_json():
        response: Response = jsonify(error=f"{title}. {message}")
        response.status_code = STATUS
        response.headers.update(page.PRIVATE)
        return response
    shell = page.shell(
        "taker/unserved.html",
        finished,
        lambda: {"code": STATUS, "title": title, "message": message, "finished": finished},
    )
    return page.private(shell, {"token": (request.view_args or {})["token"]}, STATUS)
