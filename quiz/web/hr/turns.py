"""Turns: long files are sent one at a time, and no reader who dawdles keeps the turn for ever.

A server's thread waits while its reader takes nothing, and nothing of ours runs meanwhile. So it is the next one who
looks at how long the last piece has been waiting, and takes the turn where that is too long. The file of the first one
then ends where it is, broken off, when its reader comes back. Its thread stays with the server until then; therefore
one such file is left behind at most, and others wait.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from math import ceil
from time import monotonic

from flask import Response
from werkzeug.exceptions import ServiceUnavailable

WAIT = 60
"""Seconds after which it is worth trying again, where nothing better is known."""
STALLED = 60
"""Seconds for which a piece may wait for its reader while somebody else wants the turn."""
LONGEST = 30 * 60
"""Seconds that a file may take in all."""

_lock = threading.RLock()
"""Once more within itself: a file that is thrown away gives its turn back wherever that happens."""
_holder: _Clock | None = None
_left_behind: _Clock | None = None


class TooSlow(TimeoutError):
    """The reader took too long, or stood still while somebody else waited: the file ends before its end."""


def sent(file: Callable[[], Iterator[bytes]], content_type: str, name: str) -> Response:
    """A file for download, made piece by piece as it is read; `file` begins it while the request still stands.

    Raises ServiceUnavailable while another one is being sent, with the seconds after which to try again.
    """
    turn = _Turn()
    turn.take()
    try:
        turn.pieces = file()
        response = Response(turn, content_type=content_type)
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        # Also when nobody reads it: a HEAD request, or somebody who has gone.
        response.call_on_close(turn.close)
    except BaseException:
        turn.close()
        raise
    return response


class _Clock:
    """When a file began, and since when a piece of it has been waiting for its reader; None while it is being made.

    Apart from the file itself, so that one which is thrown away is held by nobody.
    """

    def __init__(self) -> None:
        self.began = monotonic()
        self.waiting: float | None = None

    def patience(self) -> float:
        """The seconds after which the turn may be taken away; while a piece is being made, it may not."""
        if self.waiting is None:
            return WAIT
        return min(self.waiting + STALLED, self.began + LONGEST) - monotonic()


class _Turn:
    """The pieces of a file, which gives its turn back at the end, when it is closed, or when it is thrown away."""

    def __init__(self) -> None:
        self.pieces: Iterator[bytes] = iter(())
        self._clock = _Clock()
        self._open = False

    def take(self) -> None:
        """Be the one whose turn it is. Raises ServiceUnavailable."""
        global _holder, _left_behind
        with _lock:
            if _holder is not None:
                left = _holder.patience()
                if left > 0 or _left_behind is not None:
                    raise ServiceUnavailable(retry_after=ceil(left) if 0 < left < WAIT else WAIT)
                _left_behind = _holder
            _holder, self._open = self._clock, True

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        with _lock:  # either the turn is taken away now, or this piece is made first
            lost = _left_behind is self._clock
            self._clock.waiting = None
        try:
            if not self._open:
                raise StopIteration
            if lost or monotonic() > self._clock.began + LONGEST:
                raise TooSlow
            piece = next(self.pieces)
        except BaseException:  # the end is one of them
            self.close()
            raise
        self._clock.waiting = monotonic()
        return piece

    def close(self) -> None:
        """Drop what is left, and let the next one begin."""
        global _holder, _left_behind
        if not self._open:
            return
        self._open = False
        try:
            getattr(self.pieces, "close", lambda: None)()
        finally:
            with _lock:
                _holder = None if _holder is self._clock else _holder
                _left_behind = None if _left_behind is self._clock else _left_behind

    def __del__(self) -> None:
        if getattr(self, "_open", False):
            self.close()
