"""Turns: long files are sent one at a time, so that readers who dawdle never hold all threads of a process."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

from flask import Response
from werkzeug.exceptions import ServiceUnavailable

WAIT = 60
"""Seconds after which it is worth trying again."""
_turn = threading.Lock()


def sent(file: Callable[[], Iterator[bytes]], content_type: str, name: str) -> Response:
    """A file for download, made piece by piece as it is read; `file` begins it while the request still stands.

    Raises ServiceUnavailable while another one is being sent.
    """
    if not _turn.acquire(blocking=False):
        raise ServiceUnavailable(retry_after=WAIT)
    pieces = None
    try:
        pieces = _Turn(file)
        response = Response(pieces, content_type=content_type)
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        # Also when nobody reads it: a HEAD request, or somebody who has gone.
        response.call_on_close(pieces.close)
    except BaseException:
        _turn.release() if pieces is None else pieces.close()
        raise
    return response


class _Turn:
    """The pieces of a file, which gives its turn back at the end, when it is closed, or when it is thrown away."""

    def __init__(self, file: Callable[[], Iterator[bytes]]) -> None:
        self._pieces = file()
        self._open = True

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        try:
            return next(self._pieces)
        except BaseException:  # the end is one of them
            self.close()
            raise

    def close(self) -> None:
        """Drop what is left, and let the next one begin."""
        if not self._open:
            return
        self._open = False
        try:
            getattr(self._pieces, "close", lambda: None)()
        finally:
            _turn.release()

    def __del__(self) -> None:
        if getattr(self, "_open", False):
            self.close()
