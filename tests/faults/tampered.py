"""The application as a test of faults serves it: its clock jumps, and its SQLite is read-only, when a file says so."""

from __future__ import annotations

import os
import time
from contextlib import suppress
from pathlib import Path

from quiz import create_app

_CONTROL = Path(os.environ["ROLEFIT_CONTROL"])
_time, _time_ns = time.time, time.time_ns
_ahead = 0.0


def _told() -> dict[str, float]:
    with suppress(OSError):
        return {name: float(value) for name, value in (pair.split("=") for pair in _CONTROL.read_text().split())}
    return {}


# Everything that reads the time of day asks this module's functions by their names.
time.time = lambda: _time() + _ahead
time.time_ns = lambda: _time_ns() + int(_ahead * 1_000_000_000)

flask_app = create_app()
_database = flask_app.extensions["rolefit"].database


def app(environ, start_response):
    """Suffer what the file says, then answer as always."""
    global _ahead
    told = _told()
    _ahead = told.get("clock", 0.0)
    if _database.is_sqlite:
        _database.reader().cursor.execute(f"PRAGMA query_only = {int(told.get('read_only', 0))}")
    return flask_app(environ, start_response)
