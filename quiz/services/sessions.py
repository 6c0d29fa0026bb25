"""Sessions that their members ended: a cookie that was copied before opens nothing any more."""

from __future__ import annotations

from quiz.store import secrets
from quiz.store.database import Database

LONGEST_MS = 7 * 24 * 3600 * 1000
"""How long a session lasts at most; whatever ended longer ago is over by itself."""


def end(database: Database, session_id: str, now_ms: int) -> None:
    """Make a session worthless in every worker, and forget those that are over by themselves."""
    if ended(database, session_id):
        return
    with database.writing() as store:
        secrets.forget_ended(store, now_ms - LONGEST_MS)
        secrets.keep(store, secrets.ENDED + session_id, str(now_ms))


def ended(database: Database, session_id: str) -> bool:
    """Whether a session was ended."""
    return secrets.find(database.reader(), secrets.ENDED + session_id) is not None
