"""The landing page and the start of an attempt."""

from __future__ import annotations

from flask import request
from werkzeug.wrappers import Response

from quiz.services import take
from quiz.web import limits
from quiz.web.house import house, now_ms
from quiz.web.i18n import language
from quiz.web.page import public
from quiz.web.taker.door import door, go
from quiz.web.taker.forms import language_form


@door.get("/")
def landing() -> Response:
    """What this is, how long it takes, what is kept; one press starts."""
    return public("taker/landing.html")


@door.post("/start")
def start() -> Response:
    """Begin an attempt in the language of the page that was pressed on."""
    limits.count("start", house().settings.start_limit)
    form = language_form()
    spoken = form.language.data if form.validate() else language()
    pack = house().library.main.pack
    token = take.start(house().database, pack, spoken, now_ms())
    return go(f"/a/{token}/{pack.item_ids[0]}")


@door.get("/start")
def start_again() -> Response:
    """A reload of what was a press: back to the landing page."""
    return go("/" + (f"?{request.query_string.decode('ascii', 'ignore')}" if request.query_string else ""))
