"""The database: one engine, one connection a thread, statements compiled once, one write lock a process."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.sql import Executable
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.elements import ClauseElement

BUSY_MS = 10_000
"""How long a write waits for another process's write."""

Row = tuple[Any, ...]


class NoWayBack(RuntimeError):
    """Raised by a migration whose way back would lose what is kept; the message says what, and what to do."""


class Cursor(Protocol):
    """The part of a driver's cursor (PEP 249) that the store uses."""

    def execute(self, sql: str, parameters: tuple[object, ...] = ..., /) -> object:
        """Run a statement."""

    def fetchone(self) -> Row | None:
        """The next row."""

    def fetchall(self) -> list[Row]:
        """The rows that are left."""


class Database:
    """Where everything is kept.

    A request's statements go straight to the driver: SQLAlchemy writes them once, when they are first used,
    and is not asked again. That costs a tenth of executing them through SQLAlchemy each time.
    """

    def __init__(self, url: str) -> None:
        self.url = make_url(url)
        if self.url.get_backend_name() == "sqlite" and self.url.database:
            Path(self.url.database).parent.mkdir(parents=True, exist_ok=True)
        self.engine = _engine(url)
        self._thread = threading.local()
        self._writing = threading.Lock()
        self._compiled: dict[int, _Compiled] = {}

    def reader(self) -> Transaction:
        """For reading, outside a transaction: each statement sees what is committed."""
        transaction = getattr(self._thread, "reader", None)
        if transaction is None:
            transaction = self._thread.reader = Transaction(self, self._cursor())
        return transaction

    @contextmanager
    def writing(self) -> Iterator[Transaction]:
        """A transaction that holds the write lock; committed to disk when the block ends, undone if it raises."""
        transaction = self.reader()
        cursor = transaction.cursor
        # One writer a process: SQLite's busy handler alone lets unlucky threads wait for seconds.
        with self._writing:
            cursor.execute("BEGIN IMMEDIATE")
            try:
                yield transaction
                cursor.execute("COMMIT")
            except BaseException:
                # A commit that fails leaves the transaction open, and this connection is used again. Some failures
                # (a full disk) make SQLite roll back by itself; then there is nothing left to undo.
                with suppress(Exception):
                    cursor.execute("ROLLBACK")
                raise

    def compiled(self, statement: ClauseElement) -> _Compiled:
        """The driver's SQL of a statement; statements are module constants, so their identity is the key."""
        known = self._compiled.get(id(statement))
        if known is None:
            known = self._compiled[id(statement)] = _Compiled(statement, self.engine)
        return known

    def scrub(self) -> None:
        """Make sure that what was deleted is in no file of the database any more, as far as others let us.

        SQLite overwrites deleted rows (`secure_delete`), but their old pages stay in its log until that is emptied.
        """
        if self.engine.dialect.name == "sqlite":
            self.reader().cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def ping(self) -> None:
        """Ask the database for an answer; raises what the driver raises if there is none."""
        self.reader().cursor.execute("SELECT 1")

    def close(self) -> None:
        """Close this thread's connection and the engine's."""
        connection = getattr(self._thread, "connection", None)
        if connection is not None:
            connection.close()
            self._thread = threading.local()
        self.engine.dispose()

    def _cursor(self) -> Cursor:
        self._thread.connection = self.engine.raw_connection()
        cursor: Cursor = self._thread.connection.cursor()
        return cursor


class Transaction:
    """Runs statements for one thread."""

    def __init__(self, database: Database, cursor: Cursor) -> None:
        self._database = database
        self.cursor = cursor

    def run(self, statement: Executable, **values: object) -> Cursor:
        """Execute a statement with its bound parameters; read the rows from what comes back."""
        compiled = self._database.compiled(statement)  # type: ignore[arg-type]
        self.cursor.execute(compiled.sql, compiled.order(values))
        return self.cursor


class _Compiled:
    """A statement as the driver takes it."""

    def __init__(self, statement: ClauseElement, engine: Engine) -> None:
        compiled = statement.compile(engine)
        assert isinstance(compiled, SQLCompiler)
        self.statement = statement  # kept alive: its id is the key
        self.sql = str(compiled)
        self._names = tuple(compiled.positiontup or ())
        self._constants = {name: value for name, value in compiled.params.items() if value is not None}

    def order(self, values: dict[str, object]) -> tuple[object, ...]:
        constants = self._constants
        return tuple(values[name] if name in values else constants[name] for name in self._names)


def _engine(url: str) -> Engine:
    engine = create_engine(url, hide_parameters=True)  # errors are logged; people are not
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's
    connection.isolation_level = None  # we say BEGIN ourselves
    for pragma in (
        f"busy_timeout = {BUSY_MS}",
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        "secure_delete = ON",
    ):
        connection.execute(f"PRAGMA {pragma}")
