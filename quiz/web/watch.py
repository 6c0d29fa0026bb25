"""Watches every request: gives it an id, counts and times it by kind of page, and has its line logged.

It stands around everything else, the express door included, so it does little: no object of a library, no lock but
one, one write. What it costs is in docs/measurements.
"""

from __future__ import annotations

import logging
import re
import secrets
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import count
from time import perf_counter_ns
from typing import TYPE_CHECKING, Any

from flask import request

from quiz.services.tally import Tally
from quiz.settings import Settings
from quiz.web import logs

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

HEADER = "X-Request-Id"
KINDS = (
    "landing",
    "start",
    "question",
    "answer",
    "result",
    "campaign",
    "embed",
    "page",
    "console",
    "static",
    "operator",
    "unknown",
)
"""Kinds of pages, by which requests are counted and timed."""
CLASSES = ("2xx", "3xx", "4xx", "5xx")
BOUNDS_MS = (0.5, 1.0, 2.5, 5.0, 10.0, 25.0, 50.0, 100.0, 250.0, 500.0, 1000.0, 2500.0, 10_000.0)
"""Upper bounds of the classes of milliseconds that requests are counted in; above the last there is one more."""
CELLS = ("sum", *CLASSES, *(f"le{bound}" for bound in (*BOUNDS_MS, "inf")))
"""What is counted of each kind: nanoseconds, answers by class of status, answers by class of duration."""

QUESTION = "/a/<token>/<item_id>"
RESULT = "/a/<token>/result"
_log = logging.getLogger(__name__)
_SEEN = "rolefit.seen"
_FAILED = "500 Internal Server Error"
_SORRY = "Something went wrong here. Please try again.\nAlgo ha fallado aquí. Inténtalo otra vez.\n".encode()
_METHODS = {"GET", "POST", "HEAD", "OPTIONS", "PUT", "DELETE", "PATCH"}
_SANE = re.compile(r"[A-Za-z0-9-]{8,64}").fullmatch
_BOUNDS_NS = tuple(round(bound * 1_000_000) for bound in BOUNDS_MS)
_EXACT = {
    "/": "landing",
    "/start": "start",
    "/c/<public_id>/start": "start",
    QUESTION: "question",
    "/embed.js": "embed",
    "/oembed": "embed",
    "/healthz": "operator",
    "/readyz": "operator",
    "/metrics": "operator",
}
_BEGINNINGS = (
    (RESULT, "result"),
    ("/c/", "campaign"),
    ("/hr", "console"),
    ("/static/", "static"),
    ("/", "page"),
)


def kind_of(method: str, rule: str) -> str:
    """The kind of page that a rule of addresses leads to; "unknown" where there is none."""
    if rule == QUESTION and method == "POST":
        return "answer"
    return _EXACT.get(rule) or next((kind for begin, kind in _BEGINNINGS if rule.startswith(begin)), "unknown")


class Seen:
    """What is known of a request so far; it takes the place of the server's `start_response`."""

    __slots__ = ("_start_response", "id", "rule", "status")

    def __init__(self, id: str, start_response: StartResponse) -> None:
        self.id = id
        self.rule = ""
        self.status = _FAILED
        self._start_response = start_response

    def __call__(self, status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:  # noqa: ANN401
        """As in PEP 3333; the answer says the id of its request."""
        self.status = status
        headers.append((HEADER, self.id))
        if exc_info is None:
            return self._start_response(status, headers)
        return self._start_response(status, headers, exc_info)


def tell_rule(environ: WSGIEnvironment, rule: str) -> None:
    """Say by which rule a request is answered; the address itself is for nobody's log."""
    seen: Seen | None = environ.get(_SEEN)
    if seen is not None:
        seen.rule = rule


def tell() -> None:
    """The same, for an application of Flask before each of its requests."""
    if request.url_rule is not None:
        tell_rule(request.environ, request.root_path + request.url_rule.rule)


class _Answer:
    """What all answers to one method and rule with one status have in common."""

    __slots__ = ("place", "said", "status", "status_place", "times")

    def __init__(self, method: str, rule: str, status: str) -> None:
        self.status = int(status[:3])
        self.said = f"{method} {rule}"
        self.place = KINDS.index(kind_of(method, rule)) * len(CELLS)
        self.status_place = self.place + min(max(self.status // 100, 2), 5) - 1
        self.times = self.place + 1 + len(CLASSES)


class Watch:
    """WSGI middleware around everything."""

    def __init__(self, application: WSGIApplication, settings: Settings, tally: Tally) -> None:
        self.application = application
        self.tally = tally
        self._write = logs.line_writer(settings)
        self._id = f"{secrets.token_hex(6)}-%06x".__mod__
        self._number = count(1).__next__
        self._known: dict[tuple[str, str, str], _Answer] = {}

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Hand the request on; the answer says its id."""
        begun = perf_counter_ns()
        id = environ.get("HTTP_X_REQUEST_ID")
        if id is None or not _SANE(id):
            id = self._id(self._number())
        logs.request_id.set(id)
        environ[_SEEN] = seen = Seen(id, start_response)
        try:
            body = self.application(environ, seen)
        except Exception:
            # Flask has a page for its own errors; this came from around it. The server would log it as it is.
            _log.exception("unforeseen error outside Flask at %s", seen.rule or "-")
            seen(_FAILED, [("Content-Type", "text/plain; charset=utf-8"), ("Cache-Control", "no-store")])
            body = [_SORRY]
        if type(body) is list:
            self._done(environ, seen, begun)
            return body
        return _Body(body, partial(self._done, environ, seen, begun))

    def _done(self, environ: WSGIEnvironment, seen: Seen, begun: int) -> None:
        took = perf_counter_ns() - begun
        key = (environ["REQUEST_METHOD"], seen.rule, seen.status)
        answer = self._known.get(key) or self._answer(*key, environ["PATH_INFO"])
        self.tally.add_time(answer.place, took, answer.status_place, answer.times + bisect_left(_BOUNDS_NS, took))
        self._write(seen.id, answer, took)

    def _answer(self, method: str, rule: str, status: str, path: str) -> _Answer:
        """What is the same for all answers like this one: there are as many as methods, rules and statuses."""
        if method not in _METHODS:
            method = "OTHER"
        if not rule:
            rule = "/static/<file>" if path.startswith("/static/") and status < "4" else "-"
        key = method, rule, status
        if key not in self._known:
            self._known[key] = _Answer(*key)
        return self._known[key]


class BrokenOff(Exception):
    """An answer ends in the middle. Why is in our log; the server, which logs this, is told nothing of it."""


class _Body:
    """An answer that is still being made: it is done when it was sent, or when nobody takes it any more."""

    def __init__(self, body: Iterable[bytes], done: Callable[[], None]) -> None:
        self._body = body
        self._done: Callable[[], None] | None = done

    def __iter__(self) -> Iterator[bytes]:
        try:
            yield from self._body
        except Exception:
            _log.exception("unforeseen error in the middle of an answer")
            raise BrokenOff from None
        self._end()

    def close(self) -> None:
        """Close what is inside, then count."""
        try:
            if hasattr(self._body, "close"):
                self._body.close()
        finally:
            self._end()

    def _end(self) -> None:
        done, self._done = self._done, None
        if done is not None:
            done()
