"""The house's own secrets: made once, kept in the database, the same for every worker and after every restart.

What lets people into the console is signed by keys that can be changed: `rotate` puts a new one before the old ones,
which count as long as a session can last. With SECRET_KEY, which is kept outside the database, a key is worked out
from both, and whoever has a copy of the database cannot sign anything.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Sequence

from quiz.services.sessions import LONGEST_MS
from quiz.store import secrets as kept
from quiz.store.database import Database

SESSION = "session"
"""Signs the sessions of the console."""
RESET = "reset"
"""Signs the links by which members choose a new password."""


def secret(database: Database, name: str) -> str:
    """The secret of a name, 256 random bits; made when it is first asked for."""
    found = kept.find(database.reader(), name)
    if found is None:
        with database.writing() as store:
            kept.keep(store, name, secrets.token_urlsafe(32))
        found = kept.find(database.reader(), name)
    assert found is not None  # it was kept a line before, by us or by another worker
    return found


def keys(database: Database, name: str, outside: Sequence[str], now_ms: int) -> list[str]:
    """The keys of a name that count: the first one signs, the others are believed as well.

    `outside` are those of SECRET_KEY. With any, every key is HMAC-SHA256 of the database's with one of them.
    """
    inside = [key for key, replaced_ms in _read(secret(database, name)) if replaced_ms > now_ms - LONGEST_MS]
    if not outside:
        return inside
    told = [f"{name}.{key}".encode() for key in inside]
    return [hmac.digest(other.encode(), each, hashlib.sha256).hex() for each in told for other in outside]


def rotate(database: Database, now_ms: int, *, at_once: bool = False) -> None:
    """Sign sessions and links by new keys from now on, in every worker.

    What the old ones signed counts on for as long as a session can last, or, `at_once`, no more.
    """
    for name in (SESSION, RESET):
        before = secret(database, name)
        old = [] if at_once else [(key, min(replaced_ms, now_ms)) for key, replaced_ms in _read(before)]
        counting = [f"{key}@{replaced_ms}" for key, replaced_ms in old if replaced_ms > now_ms - LONGEST_MS]
        with database.writing() as store:
            kept.replace(store, name, " ".join([secrets.token_urlsafe(32), *counting]))


def _read(value: str) -> list[tuple[str, float]]:
    """The keys in a value, the newest first, each with when it was replaced; the newest was not."""
    parts = [part.partition("@") for part in value.split()]
    return [(key, int(replaced_ms) if replaced_ms else float("inf")) for key, _, replaced_ms in parts]
