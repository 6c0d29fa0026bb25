"""The WSGI application of a preview: before each answer it looks whether the pack's files have changed."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Flask, render_template
from werkzeug.utils import redirect
from werkzeug.wrappers import Request, Response

from quiz.cli.house import MAKE, Make, now_ms
from quiz.services import pack_preview, storage
from quiz.services.pack_preview import Reading
from quiz.services.storage import Database
from quiz.settings import Settings

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

HOME = "/preview"
"""The preview's own page: how the pack stands, and its golden people."""

NAMES = ("127.0.0.1", "localhost")
"""What this machine is called. A page elsewhere could make its own name lead here (DNS rebinding) and read the draft,
since the browser would take both for one site: under any other name there is nothing to see."""

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
}
"""What that page is sent with; it shows what somebody wrote into files."""


class Preview:
    """Serves a pack as the application does, and a page that tells its problems while it is broken.

    `outer` is the application that the command belongs to. It renders the preview's own page and serves static files;
    its database is not touched. Who asks for another host than this machine at `port` is told nothing. `tell` hears of
    every reading of the files.
    """

    def __init__(
        self,
        folder: Path,
        outer: Flask,
        settings: Settings,
        scratch: Path,
        port: int,
        tell: Callable[[Reading], None] = lambda _: None,
    ) -> None:
        self._folder, self._outer, self._scratch, self._tell = folder, outer, scratch, tell
        self._hosts = frozenset(f"{name}:{port}" for name in NAMES)
        self._make: Make = outer.extensions[MAKE]
        self._settings = replace(
            settings, public_url="", smtp_url="", trusted_proxies=0, start_limit="1000 per minute", log_level="WARNING"
        )
        self._lock = threading.Lock()
        self._reading: Reading | None = None
        self._app: Flask | None = None
        self._shown: Reading | None = None  # the last one that could be used
        self._databases = 0
        self._open: list[Database] = []

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer by the files as they are now."""
        request = Request(environ)
        host = environ.get("HTTP_HOST", "").lower()
        if (host if ":" in host else f"{host}:80") not in self._hosts:
            return Response("The preview has another address.\n", 421, HEADERS)(environ, start_response)
        if request.path.startswith("/static/"):
            return self._outer(environ, start_response)
        reading, app = self.refresh()
        if reading.edition is None or app is None:
            return self._page(reading, environ, 500)(environ, start_response)
        answer: WSGIApplication = app
        if request.path == HOME:
            answer = self._page(reading, environ)
        elif request.path.startswith(f"{HOME}/"):
            answer = self._person(app, reading, request)
        return answer(environ, start_response)

    def refresh(self) -> tuple[Reading, Flask | None]:
        """Read the files if one of them was saved; return what they say, and the application that shows it."""
        with self._lock:
            if self._reading is None or not self._reading.current:
                self._reading = Reading.of(self._folder)
                if self._reading.edition:
                    self._app = self._application(self._reading)
                    self._shown = self._reading
                self._tell(self._reading)
            return self._reading, self._app

    def close(self) -> None:
        """Let go of all databases; no request is being answered any more."""
        while self._open:
            self._open.pop().close()

    def _application(self, reading: Reading) -> Flask:
        """Make the application anew. Attempts stay while only words change: else they would no longer fit the pack."""
        assert reading.edition is not None
        before = self._shown.edition if self._shown else None
        if before is None or before.pack != reading.edition.pack:
            self._databases += 1
            self._new_database()
        settings = replace(self._settings, pack=reading.edition.pack.id, database_url=self._url(str(self._databases)))
        app = self._make(settings, pack_preview.library(reading.edition))
        # The one before is closed at the end: another thread may still be answering with it.
        self._open.append(app.extensions["rolefit"].database)
        return app

    def _new_database(self) -> None:
        empty = self._scratch / "empty.db"
        if not empty.exists():
            database = Database(self._url("empty"))
            storage.migrate(database)
            database.close()
        shutil.copy(empty, self._scratch / f"{self._databases}.db")

    def _url(self, name: str) -> str:
        return f"sqlite:///{self._scratch / name}.db"

    def _page(self, reading: Reading, environ: WSGIEnvironment, status: int = 200) -> Response:
        """The preview's own page, in the browser's language."""
        with self._outer.request_context(environ):
            language = Request(environ).accept_languages.best_match(["es", "en"]) or "en"
            html = render_template("preview.html", reading=reading, home=HOME, language=language)
        return Response(html, status, HEADERS, mimetype="text/html")

    def _person(self, app: Flask, reading: Reading, request: Request) -> Response:
        """Let a golden person take the quiz, and go to what they see in the end: /preview/<person>/<language>."""
        assert reading.edition is not None
        name, _, language = request.path.removeprefix(f"{HOME}/").partition("/")
        person = next((each for each in reading.edition.content.golden if each.id == name), None)
        if person is None or language not in reading.edition.content.languages:
            return redirect(HOME, 303)
        database = app.extensions["rolefit"].database
        token = pack_preview.play(database, reading.edition, person, language, now_ms())
        return redirect(f"/a/{token}", 303)
