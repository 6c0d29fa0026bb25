"""Turns: how many long files are sent at the same time, so that threads are left for takers and no team waits for ever.

A server's thread waits while its reader takes nothing, and nothing of ours runs meanwhile. So there are fewer places
than threads, and a team has one of them at most: one whose reader stands still keeps only its own team waiting, as long
as another place is free. A file of a single piece frees its thread at once and needs no place.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from time import monotonic

from flask import Response
from werkzeug.exceptions import ServiceUnavailable

PLACES = 2
"""Long files that a process sends at the same time: one fewer than its threads."""
WAIT = 60
"""Seconds after which it is worth trying again."""
LONGEST = 30 * 60
"""Seconds that a file may take in all."""
SHORT = 10_000
"""Lines of a list that are made at once and sent as one piece: a megabyte or two."""

_lock = threading.RLock()
"""Once more within itself: a file that is thrown away gives its place back wherever that happens."""
_places: dict[int, object] = {}
"""Who has a place: teams, each with what is known to its file alone, so that one thrown away is held by nobody."""


class Busy(ServiceUnavailable):
    """There is no place now; `own` says whether that is because of another file of the same team."""

    def __init__(self, *, own: bool) -> None:
        super().__init__(retry_after=WAIT)
        self.own = own


class TooSlow(TimeoutError):
    """The reader took too long: the file ends before its end."""


def sent(file: Callable[[], Iterator[bytes]], content_type: str, name: str, team: int) -> Response:
    """A long file for download, made piece by piece as it is read; `file` begins it while the request still stands.

    Raises Busy while another one is being sent to the team, or as many as there are places.
    """
    turn = _Turn(team)
    turn.take()
    try:
        turn.pieces = file()
        response = _download(turn, content_type, name)
        # Also when nobody reads it: a HEAD request, or somebody who has gone.
        response.call_on_close(turn.close)
    except BaseException:
        turn.close()
        raise
    return response


def sent_at_once(file: Callable[[], Iterator[bytes]], content_type: str, name: str, team: int, lines: int) -> Response:
    """A list of so many `lines` for download: a short one in one piece, without a place; a long one as by `sent`."""
    if lines > SHORT:
        return sent(file, content_type, name, team)
    return _download([b"".join(file())], content_type, name)


def _download(pieces: Iterator[bytes] | list[bytes], content_type: str, name: str) -> Response:
    response = Response(pieces, content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


class _Turn:
    """The pieces of a file, which gives its place back at the end, when it is closed, or when it is thrown away."""

    def __init__(self, team: int) -> None:
        self.pieces: Iterator[bytes] = iter(())
        self._team = team
        self._ticket = object()
        self._until = monotonic() + LONGEST
        self._open = False

    def take(self) -> None:
        """Take the team's place. Raises Busy."""
        with _lock:
            if self._team in _places or len(_places) >= PLACES:
                raise Busy(own=self._team in _places)
            _places[self._team] = self._ticket
            self._open = True

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        try:
            if not self._open:
                raise StopIteration
            if monotonic() > self._until:
                raise TooSlow
            return next(self.pieces)
        except BaseException:  # the end is one of them
            self.close()
            raise

    def close(self) -> None:
        """Drop what is left, and let the next one begin."""
        if not self._open:
            return
        self._open = False
        try:
            getattr(self.pieces, "close", lambda: None)()
        finally:
            with _lock:
                if _places.get(self._team) is self._ticket:
                    del _places[self._team]

    def __del__(self) -> None:
        if getattr(self, "_open", False):
            self.close()
