"""Whether an error says that the database cannot serve at this moment, and not that we asked for something wrong."""

from __future__ import annotations

import sqlite3
import sys

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnectionLeft

_SQLITE = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
}


def is_away(error: BaseException | None) -> bool:
    """Gone, starting, locked, full or read-only: the same request may well be answered a little later."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(cause, sqlite3.Error):
        # The upper bits say which kind of the same.
        return getattr(cause, "sqlite_errorcode", 0) & 0xFF in _SQLITE
    # Whoever runs on SQLite need not have imported it.
    psycopg = sys.modules.get("psycopg")
    if psycopg is not None:
        errors = psycopg.errors
        # A quota or a limit on files is an internal error to PostgreSQL; only a full disk has a name of its own.
        if isinstance(cause, (psycopg.OperationalError, errors.ReadOnlySqlTransaction, errors.InternalError_)):
            return True
    return isinstance(cause, NoConnectionLeft)
