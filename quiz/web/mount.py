"""Mounts an application under a path: it is made when it is first asked for, so that nobody else pays for it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from quiz.services import storage
from quiz.web import away

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


class Mount:
    """WSGI middleware that hands everything under `path` to the application that `make` makes."""

    def __init__(self, app: WSGIApplication, path: str, make: Callable[[], WSGIApplication]) -> None:
        self.app = app
        self.path = path
        self._make = make
        self._made: WSGIApplication | None = None
        self._making = threading.Lock()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Hand the request on to whom it is for."""
        path = environ["PATH_INFO"]
        if path != self.path and not path.startswith(self.path + "/"):
            return self.app(environ, start_response)
        inner = {
            **environ,
            "SCRIPT_NAME": environ.get("SCRIPT_NAME", "") + self.path,
            "PATH_INFO": path.removeprefix(self.path) or "/",
        }
        try:
            mounted = self.mounted()
        except Exception as error:
            # Nobody can make it while the database is away; whoever stands around it says so.
            if not storage.is_away(error):
                raise
            away.tell(environ, error)
            return self.app(environ, start_response)
        return mounted(inner, start_response)

    def mounted(self) -> WSGIApplication:
        """The application under the path."""
        with self._making:
            if self._made is None:
                self._made = self._make()
        return self._made
