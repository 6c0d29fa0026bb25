"""The express door: shows a question without the rest of the machinery.

Nearly every page that is ever asked for is a question, and its page lies ready: one query, a few slots. Flask's
own machinery would cost three times that. Whatever is out of the ordinary (another method, an unknown token, a page
that nobody has asked for since the start) goes on to Flask, whose view `taker.question` is the complete one and makes
the same page by the same functions.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from quiz.services import take
from quiz.web.headers import SECURE
from quiz.web.house import House
from quiz.web.page import HTML, PRIVATE
from quiz.web.taker.questions import Step, shell_key, slots

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_QUESTION = re.compile(r"/a/([A-Za-z0-9_-]+)/([a-z0-9-]+)")


class Express:
    """WSGI middleware around the application."""

    def __init__(self, app: WSGIApplication, house: House) -> None:
        self.app = app
        self.house = house
        self.headers = [("Content-Type", HTML), *PRIVATE.items(), *SECURE]

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a question that lies ready, or hand the request on."""
        page = self._page(environ) if environ["REQUEST_METHOD"] == "GET" else None
        if page is None:
            return self.app(environ, start_response)
        start_response("200 OK", [*self.headers, ("Content-Length", str(len(page)))])
        return [page]

    def _page(self, environ: WSGIEnvironment) -> bytes | None:
        address = _QUESTION.fullmatch(environ["PATH_INFO"])
        if address is None:
            return None
        token, item = address.groups()
        try:
            attempt, choice, answered = take.find_step(self.house.database, token, item)
        except Exception:  # whatever it is, Flask's view meets it too and answers as it should
            return None
        edition = self.house.library.editions.get(attempt.pack)
        if edition is None or item not in edition.pack.position:
            return None
        step = Step(token, attempt, edition, item, choice, answered)
        shell = self.house.shells.get(shell_key(step))
        return shell.fill(slots(step, self.house.settings, environ)).encode() if shell else None
