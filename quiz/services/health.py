"""Whether this worker can answer people: what is missing for it, in a few words each."""

from __future__ import annotations

import logging

from quiz.services.library import Library
from quiz.store import revision
from quiz.store.database import Database

_log = logging.getLogger(__name__)


def missing(database: Database, library: Library) -> list[str]:
    """What is missing; nothing where people can be answered.

    A database that is ahead of this code is no fault: it is migrated first, while workers of the version before
    go on answering, and a migration takes nothing from them that they use.
    """
    found = []
    try:
        database.ping()
    except Exception as error:  # the driver's own
        _log.warning("the database does not answer: %s", type(error).__name__)
        return ["database: no answer"]
    needed = revision.newest()
    try:
        at = revision.current(database.reader())
    except Exception:
        at = None
    if at is None or at < needed:
        found.append(f"migrations: at {at}, {needed} is needed (flask db upgrade)")
    if not library.offered:
        found.append("packs: none is loaded")
    return found
