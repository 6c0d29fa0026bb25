"""The express door: shows a question, keeps an answer and shows a result without the rest of the machinery.

A visit is little else, and the pages lie ready: one query, a few slots. Flask's own machinery would cost three times
that. Whatever is out of the ordinary (another method, an unknown token, a form that is not just a choice, a page that
nobody has asked for since the start) goes on to Flask, whose views are the complete ones and do the same by the same
functions.
"""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Hashable, Iterable, Mapping
from typing import TYPE_CHECKING

import orjson

from quiz.services import storage, take
from quiz.services.library import Edition
from quiz.services.take import Attempt
from quiz.web import away, page, watch
from quiz.web.headers import SECURE
from quiz.web.house import House
from quiz.web.taker import questions, result
from quiz.web.taker.questions import Step

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_log = logging.getLogger(__name__)

_ADDRESS = re.compile(r"/a/([A-Za-z0-9_-]+)/([a-z0-9-]+)")
_CHOICE = re.compile(rb"choice=([1-5])")
_CHOICE_BYTES = len(b"choice=1")
_FORM = "application/x-www-form-urlencoded"
_JSON = "application/json"
_ALWAYS = (*page.PRIVATE.items(), *SECURE)

Answer = tuple[str, dict[str, str], bytes]
"""A status, the headers that this answer has beside those of every answer, and a body."""


class Express:
    """WSGI middleware around the application."""

    def __init__(self, app: WSGIApplication, house: House) -> None:
        self.app = app
        self.house = house

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer what lies ready, or hand the request on."""
        answer = self._answer(environ)
        if answer is None:
            return self.app(environ, start_response)
        status, headers, body = answer
        start_response(status, [*headers.items(), *_ALWAYS, ("Content-Length", str(len(body)))])
        return [body]

    def _answer(self, environ: WSGIEnvironment) -> Answer | None:
        address = _ADDRESS.fullmatch(environ["PATH_INFO"])
        if address is None:
            return None
        token, place = address.groups()
        watch.tell_rule(environ, watch.QUESTION)  # Flask, if the request gets there, says it anew
        try:
            match environ["REQUEST_METHOD"], place:
                case "GET", "result":
                    watch.tell_rule(environ, watch.RESULT)
                    return self._result(token, environ)
                case "GET", item:
                    return self._question(token, item, environ)
                case "POST", item:
                    return self._keep(token, item, environ)
        except LookupError:  # no such attempt, or nothing ready: Flask's view makes it so, or says what is wrong
            return None
        except Exception as error:
            if storage.is_away(error):
                away.tell(environ, error)
                return None
            # Flask's view does it again and answers as it should; the log says that this door stood closed.
            _log.exception("the express door failed")
            return None
        return None

    def _question(self, token: str, item: str, environ: WSGIEnvironment) -> Answer:
        step = self._step(token, item)
        return self._page(questions.shell_key(step), questions.slots(step, self.house.settings, environ), environ)

    def _keep(self, token: str, item: str, environ: WSGIEnvironment) -> Answer | None:
        accepted = environ.get("HTTP_ACCEPT", "")
        choice = _choice(environ)
        if choice is None or (_JSON in accepted and accepted != _JSON):
            return None
        following = questions.keep(self.house, self._step(token, item), choice)
        if accepted == _JSON:
            return "200 OK", {"Content-Type": _JSON}, orjson.dumps({"next": following})
        return "303 See Other", {"Location": following}, b""

    def _result(self, token: str, environ: WSGIEnvironment) -> Answer | None:
        attempt, stored = take.find_result(self.house.database, token)
        if stored is None or attempt.campaign_id is not None:
            return None
        shown = result.show(attempt, self._edition(attempt), stored, token)
        return self._page(result.shell_key(shown), result.slots(shown, self.house.settings, environ), environ)

    def _step(self, token: str, item: str) -> Step:
        attempt, choice, answered = take.find_step(self.house.database, token, item)
        edition = self._edition(attempt)
        if item not in edition.pack.position or attempt.campaign_id is not None:
            raise LookupError(item)  # unknown, or a campaign's, whose pages say who may frame them
        return Step(token, attempt, edition, item, choice, answered)

    def _edition(self, attempt: Attempt) -> Edition:
        found = self.house.library.find(attempt.pack, attempt.pack_version)
        if found is None or attempt.language not in found.content.texts:
            raise LookupError(attempt.pack)
        return found

    def _page(self, key: Hashable, slots: Mapping[str, object], environ: WSGIEnvironment) -> Answer:
        body, headers = page.body(self.house.shells[key].fill(slots), environ)
        return "200 OK", headers, body


def _choice(environ: WSGIEnvironment) -> int | None:
    """The choice of a form that has nothing else; the body can be read again afterwards."""
    kind = environ.get("CONTENT_TYPE", "").partition(";")[0]
    if kind != _FORM or environ.get("CONTENT_LENGTH") != str(_CHOICE_BYTES):
        return None
    body = environ["wsgi.input"].read(_CHOICE_BYTES)
    environ["wsgi.input"] = io.BytesIO(body)
    found = _CHOICE.fullmatch(body)
    return int(found[1]) if found else None
