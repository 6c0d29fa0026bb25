"""The database, SQLite or PostgreSQL: one engine, one connection a thread, statements compiled once."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.sql import Executable
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.elements import ClauseElement

BUSY_MS = 10_000
"""How long a write waits for another process's write."""
STATEMENT_MS = 60_000
"""How long a single statement may take on PostgreSQL; SQLite has no such limit."""
_ALONE = 7_110_001
"""The number of PostgreSQL's advisory lock that writers hold who must be alone."""

Row = tuple[Any, ...]


class NoWayBack(RuntimeError):
    """Raised by a migration whose way back would lose what is kept; the message says what, and what to do."""


class Cursor(Protocol):
    """The part of a driver's cursor (PEP 249) that the store uses."""

    def execute(self, sql: str, parameters: Any = ..., /) -> object:  # noqa: ANN401 - a mapping or a sequence, as the driver has it
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
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        if self.is_sqlite and self.url.database:
            with suppress(OSError):  # then the database does not answer, and everybody is told so
                Path(self.url.database).parent.mkdir(parents=True, exist_ok=True)
        self.engine = _sqlite(self.url) if self.is_sqlite else _postgresql(self.url)
        # We say BEGIN ourselves; sessions and migrations leave it to SQLAlchemy.
        self._direct = self.engine if self.is_sqlite else _postgresql(self.url, isolation_level="AUTOCOMMIT")
        self._thread = threading.local()
        self._writing = threading.Lock()
        self._compiled: dict[int, _Compiled] = {}

    def reader(self) -> Transaction:
        """For reading, outside a transaction: each statement sees what is committed."""
        transaction: Transaction | None = getattr(self._thread, "reader", None)
        if transaction is None:
            cursor = self._cursor()
            transaction = Transaction(self, cursor) if self.is_sqlite else _Reconnecting(self, cursor)
            self._thread.reader = transaction
        return transaction

    @contextmanager
    def writing(self, *, alone: bool = True) -> Iterator[Transaction]:
        """A transaction; committed to disk when the block ends, undone if it raises.

        While it lasts no other one runs that must be `alone`, so what it reads first still holds when it writes. On
        SQLite every writer is alone. On PostgreSQL those who say `alone=False` run side by side, and lock the rows
        that they decide by.
        """
        transaction = self.reader()
        # One writer a process: SQLite's busy handler alone lets unlucky threads wait for seconds.
        with self._writing if self.is_sqlite else nullcontext():
            transaction.begin("BEGIN IMMEDIATE" if self.is_sqlite else "BEGIN")
            try:
                if alone and not self.is_sqlite:
                    transaction.cursor.execute(f"SELECT pg_advisory_xact_lock({_ALONE})")
                yield transaction
                transaction.cursor.execute("COMMIT")
            except BaseException:
                # A commit that fails leaves the transaction open, and this connection is used again. Some failures
                # (a full disk) make SQLite roll back by itself; then there is nothing left to undo.
                with suppress(Exception):
                    transaction.cursor.execute("ROLLBACK")
                raise
            finally:
                transaction.end()

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
        if self.is_sqlite:
            self.reader().cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def ping(self) -> None:
        """Ask the database for an answer; raises what the driver raises if there is none."""
        self.reader().cursor.execute("SELECT 1")

    def is_lost(self) -> bool:
        """Whether this thread's connection to PostgreSQL is broken."""
        return bool(self._thread.connection.driver_connection.closed)

    def connect_anew(self) -> Cursor:
        """Another connection for this thread, in place of the broken one."""
        return self._cursor()

    def close(self) -> None:
        """Close this thread's connection and the engine's."""
        connection = getattr(self._thread, "connection", None)
        if connection is not None:
            connection.close()
            self._thread = threading.local()
        self._direct.dispose()
        self.engine.dispose()

    def _cursor(self) -> Cursor:
        self._thread.connection = self._direct.raw_connection()
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

    def begin(self, sql: str) -> None:
        """Begin a transaction."""
        self.cursor.execute(sql)

    def end(self) -> None:
        """After a transaction, whatever became of it."""


class _Reconnecting(Transaction):
    """Connects anew when the server was away: outside a transaction, where nothing was lost by it."""

    _inside = False

    def run(self, statement: Executable, **values: object) -> Cursor:
        compiled = self._database.compiled(statement)  # type: ignore[arg-type]
        self._execute(compiled.sql, compiled.named(values))
        return self.cursor

    def begin(self, sql: str) -> None:
        self._execute(sql)
        self._inside = True

    def end(self) -> None:
        self._inside = False

    def _execute(self, sql: str, values: dict[str, object] | None = None) -> None:
        try:
            self.cursor.execute(sql, values)
        except self._database.engine.dialect.loaded_dbapi.OperationalError:
            if self._inside or not self._database.is_lost():
                raise
            self.cursor = self._database.connect_anew()
            self.cursor.execute(sql, values)


class _Compiled:
    """A statement as the driver takes it."""

    def __init__(self, statement: ClauseElement, engine: Engine) -> None:
        compiled = statement.compile(engine)
        assert isinstance(compiled, SQLCompiler)
        self.statement = statement  # kept alive: its id is the key
        self.sql = str(compiled)
        self._names = tuple(compiled.positiontup or compiled.params)
        self._constants = {name: value for name, value in compiled.params.items() if value is not None}

    def order(self, values: dict[str, object]) -> tuple[object, ...]:
        """The values in the order in which SQLite's driver takes them."""
        given = self._constants | values if self._constants else values
        return tuple(_storable(given[name]) for name in self._names)

    def named(self, values: dict[str, object]) -> dict[str, object]:
        """The values by name, as PostgreSQL's driver takes them."""
        return {name: _storable(value) for name, value in (self._constants | values).items()}


def _storable(value: object) -> object:
    """A value, in a text U+FFFD for each NUL: PostgreSQL keeps none, and what SQLite has must be able to go there."""
    return value.replace("\0", "\ufffd") if isinstance(value, str) and "\0" in value else value


def _postgresql(url: URL, **settings: Any) -> Engine:  # noqa: ANN401 - of `create_engine`
    options = f"-c lock_timeout={BUSY_MS} -c statement_timeout={STATEMENT_MS} -c timezone=UTC"
    return create_engine(
        url.set(drivername="postgresql+psycopg"),
        hide_parameters=True,  # errors are logged; people are not
        connect_args={"options": options, "connect_timeout": BUSY_MS // 1000},
        pool_pre_ping=True,
        **settings,
    )


def _sqlite(url: URL) -> Engine:
    engine = create_engine(url, hide_parameters=True)
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
