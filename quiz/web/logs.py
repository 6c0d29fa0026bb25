"""The log: one line for each request and each event, as text or JSON, and nobody's token, address, name or answer.

Lines of requests are put together here and written at once: the standard library's way costs several times as much,
on every answer that anybody gets. Everything else comes through `logging`, and is scrubbed before it is written.
"""

from __future__ import annotations

import json
import logging
import os
import re
import time
from collections.abc import Callable
from contextlib import suppress
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Protocol

from quiz.settings import Settings

STDERR = 2
request_id: ContextVar[str] = ContextVar("request_id", default="")
"""The request that this thread answers; events that happen meanwhile are logged with it."""

_SECRETS = (
    # What PostgreSQL adds to its errors: the values of the row that did not fit.
    (re.compile(r"^.*\b(DETAIL|CONTEXT|PARAMETERS|parameters): .*$", re.MULTILINE), "…"),
    # These begin where a word does: from every letter of a long one they would read on to its end.
    (re.compile(r"(?<!\w)\w+://[^\s/@]+@"), "…@"),  # a user's name and password in an address
    (re.compile(r"(?<![\w.+%-])[\w.+%-]+@[\w-]+(\.[\w-]+)+"), "…"),
    (re.compile(r"(?<=/a/)[^\s/?'\"<>]{8,}"), "…"),  # the rule /a/<token> stays
    (re.compile(r"(?<=/(?:setup|reset)/)[^\s/?'\"<>]{8,}"), "…"),
    (re.compile(r"(?<=/join/)[^\s/?'\"<>]{8,}"), "…"),
    (re.compile(r"(?<![\w-])[\w-]{40,}(?![\w-])"), "…"),
    (re.compile(r"(?<![\w.:])\d{1,3}(\.\d{1,3}){3}(?![\w.])"), "…"),
    (re.compile(r"(?<![\w.:])(?:[0-9a-fA-F]{1,4}:+){3,7}[0-9a-fA-F]{0,4}(?![\w.:])"), "…"),
)
_HANDLER = "rolefit"


def install(settings: Settings) -> None:
    """Write what the application logs to the standard error, unless somebody else has seen to that."""
    root = logging.getLogger()
    if not root.handlers:
        own = logging.StreamHandler()
        own.set_name(_HANDLER)
        root.addHandler(own)
        root.setLevel(settings.log_level)
    for handler in root.handlers:
        if handler.get_name() == _HANDLER:
            handler.setFormatter(Json() if settings.log_format == "json" else Text())


def scrub(text: str) -> str:
    """A text without what looks like a token, an e-mail address, a network address or a row of the database."""
    for secret, instead in _SECRETS:
        text = secret.sub(instead, text)
    return text


class Text(logging.Formatter):
    """An event as a line for people: when, how bad, whose, what."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, and below it the trace of an error."""
        known = request_id.get()
        line = f"{_at(record.created)} {record.levelname:7} {record.name}: {scrub(record.getMessage())}"
        trace = scrub(self.formatException(record.exc_info)) if record.exc_info else ""
        return "\n".join(filter(None, (f"{line} [{known}]" if known else line, trace)))


class Json(logging.Formatter):
    """An event as a line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """An object with at, level, event, logger, and where there are some id and trace."""
        found = {
            "at": _at(record.created),
            "level": record.levelname.lower(),
            "event": scrub(record.getMessage()),
            "logger": record.name,
            "id": request_id.get(),
            "trace": scrub(self.formatException(record.exc_info)) if record.exc_info else "",
        }
        return json.dumps({name: value for name, value in found.items() if value}, ensure_ascii=False)


class Answer(Protocol):
    """What the line of a request says of its answer."""

    @property
    def said(self) -> str:
        """Method and rule of the address, as we know them; nothing in it needs quoting."""

    @property
    def status(self) -> int:
        """The status code."""


Write = Callable[[str, Answer, int], None]
"""Writes the line of a request: its id, its answer, nanoseconds."""


def line_writer(settings: Settings) -> Write:
    """What writes the lines of requests: of all of them from INFO on, above that only of those that failed."""
    level = logging.getLevelNamesMapping()[settings.log_level]
    known: dict[Answer, str] = {}
    template = _json if settings.log_format == "json" else _text
    clock = _Clock()

    def write(id: str, answer: Answer, took: int) -> None:
        if level > logging.INFO and (answer.status < 500 or level > logging.ERROR):
            return
        form = known.get(answer)
        if form is None:
            form = known[answer] = template(answer)
        line = form % (*clock(), id, took / 1_000_000)
        with suppress(OSError):  # a full disk or a closed pipe is no reason to answer nobody
            os.write(STDERR, line.encode())

    return write


def _json(answer: Answer) -> str:
    method, _, rule = answer.said.partition(" ")
    level = "error" if answer.status >= 500 else "info"
    return (
        f'{{"at":"%s.%03dZ","level":"{level}","event":"request","id":"%s","method":"{method}","rule":"{rule}",'
        f'"status":{answer.status},"ms":%.2f}}\n'
    )


def _text(answer: Answer) -> str:
    return f"%s.%03dZ {'ERROR' if answer.status >= 500 else 'INFO':7} %s {answer.said} {answer.status} %.2f ms\n"


class _Clock:
    """The time down to the second in words, put together once a second, and its milliseconds."""

    def __init__(self) -> None:
        self._known = (0, "")

    def __call__(self) -> tuple[str, int]:
        second, rest = divmod(time.time_ns(), 1_000_000_000)
        known, words = self._known
        if known != second:
            words = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(second))
            self._known = second, words
        return words, rest // 1_000_000


def _at(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"
