"""All rows of a database as plain values, read in one snapshot, and put into another database whole or not at all.

The values are the same whichever database they come from, so that SQLite's rows can go into PostgreSQL and back:
bytes as base64, times as ISO 8601, JSON as its text.
"""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Boolean, Connection, DateTime, LargeBinary, Table, inspect

from quiz.store import revision
from quiz.store.database import Database
from quiz.store.tables import metadata

CHUNK = 2000
"""Rows that are read and written at once: what bounds the memory."""
MADE_BY_STARTING = {"secrets", "team_invitations"}
"""Tables that a new installation has rows in before anybody has used it."""

Columns = Sequence[tuple[str, str]]
"""Names with their kinds: "bytes", "bool", "time", "json" or, for what needs no translation, nothing."""
Rows = Sequence[Sequence[Any]]

_NAME = re.compile(r"[a-z_]+")
_KINDS = ((LargeBinary, "bytes"), (Boolean, "bool"), (DateTime, "time"), (JSON, "json"))
_OUT: Mapping[str, Callable[[Any], Any]] = {
    "bytes": lambda value: b64encode(value).decode(),
    "bool": bool,
    "time": lambda value: value.isoformat(timespec="microseconds") if isinstance(value, datetime) else _iso(value),
}
_IN: Mapping[str, Callable[[Any], Any]] = {"bytes": b64decode}
_IN_SQLITE: Mapping[str, Callable[[Any], Any]] = {**_IN, "bool": int, "time": lambda value: value.replace("T", " ")}


class NotEmpty(Exception):
    """There are rows already that would be lost."""


class Snapshot:
    """All that is committed at one moment."""

    def __init__(self, connection: Connection, is_sqlite: bool) -> None:
        self._connection = connection
        self._is_sqlite = is_sqlite

    @property
    def tables(self) -> dict[str, Columns]:
        """The tables, those first that others refer to, with their columns."""
        # Plain strings: the names of SQLAlchemy's are of a kind of their own, which no JSON library knows.
        return {str(table.name): [(str(each.name), _kind(each.type)) for each in table.columns] for table in _tables()}

    def revision(self) -> str | None:
        """The revision that the database is at."""
        at: str | None = self._one("SELECT version_num FROM alembic_version")
        return at

    def rows(self, table: str) -> Iterator[list[Sequence[Any]]]:
        """The rows of a table, so many at once."""
        columns = self.tables[table]
        wanted = ", ".join(
            f'"{name}"' + ("::text" if kind == "json" and not self._is_sqlite else "") for name, kind in columns
        )
        translate = _translator(columns, _OUT)
        with closing(self._cursor()) as cursor:
            cursor.execute(f'SELECT {wanted} FROM "{table}"')
            while found := cursor.fetchmany(CHUNK):
                yield translate(found)

    def last_ids(self) -> dict[str, int]:
        """The highest id that each table has ever given, for none is given twice."""
        found = {}
        for table in _tables():
            if "id" in table.columns:
                last = self._last_id(table.name)
                if last:
                    found[str(table.name)] = int(last)
        return found

    def _last_id(self, table: str) -> Any:  # noqa: ANN401 - a number or nothing
        if self._is_sqlite:
            given = self._one(f"SELECT seq FROM sqlite_sequence WHERE name = '{table}'")
            return given or self._one(f'SELECT max(id) FROM "{table}"')
        sequence = self._one(f"SELECT pg_get_serial_sequence('{table}', 'id')")
        return self._one(f"SELECT CASE WHEN is_called THEN last_value END FROM {sequence}")

    def _one(self, sql: str) -> Any:  # noqa: ANN401 - whatever the column holds
        return self._connection.exec_driver_sql(sql).scalar()

    def _cursor(self) -> Any:  # noqa: ANN401 - the driver's
        driver: Any = self._connection.connection.driver_connection
        # A cursor of PostgreSQL's own: the driver's would read the whole table into memory.
        return driver.cursor() if self._is_sqlite else driver.cursor(name="dump")


@contextmanager
def snapshot(database: Database) -> Iterator[Snapshot]:
    """What is committed now, however long the reading takes; writers do not wait for it."""
    with database.engine.connect() as connection:
        if database.is_sqlite:
            connection.exec_driver_sql("BEGIN")
        else:
            connection = connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
        yield Snapshot(connection, database.is_sqlite)
        connection.rollback()


class Loading:
    """Puts rows into a database that has just been made anew."""

    def __init__(self, connection: Connection, is_sqlite: bool) -> None:
        self._connection = connection
        self._is_sqlite = is_sqlite

    def rows(self, table: str, columns: Columns, rows: Rows) -> None:
        """Put in rows of a table, whose columns stand in the order of `columns`."""
        names = [_checked(name) for name, _ in columns]
        named = ", ".join(f'"{name}"' for name in names)
        driver: Any = self._connection.connection.driver_connection
        translated = _translator(columns, _IN_SQLITE if self._is_sqlite else _IN)(rows)
        with closing(driver.cursor()) as cursor:
            if self._is_sqlite:
                marks = ", ".join("?" * len(names))
                cursor.executemany(f'INSERT INTO "{_checked(table)}" ({named}) VALUES ({marks})', translated)
                return
            with cursor.copy(f'COPY "{_checked(table)}" ({named}) FROM STDIN') as copy:
                for row in translated:
                    copy.write_row(row)

    def last_ids(self, given: Mapping[str, int]) -> None:
        """Go on counting where the other database has stopped."""
        run = self._connection.exec_driver_sql
        for table, last in given.items():
            name, last = _checked(table), int(last)
            if not self._is_sqlite:
                run(f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), {last})")
            elif "AUTOINCREMENT" in (run(f"SELECT sql FROM sqlite_master WHERE name = '{name}'").scalar() or ""):
                run(f"DELETE FROM sqlite_sequence WHERE name = '{name}'")
                run(f"INSERT INTO sqlite_sequence (name, seq) VALUES ('{name}', {last})")


def rebuild(database: Database, at: str, load: Callable[[Loading], None], *, replace: bool = False) -> None:
    """Make all tables anew at a revision, load the rows, and go on to the newest revision: all in one transaction.

    Raises:
        NotEmpty: the database holds rows, and `replace` is not set. Whatever `load` raises undoes everything.
    """
    from quiz.store import migrations  # which brings Alembic

    with migrations.whole(database) as connection:
        names = set(inspect(connection).get_table_names())
        ours = [table for table in _tables() if table.name in names]
        if not database.is_sqlite:
            connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
            if ours:
                locked = ", ".join(f'"{table.name}"' for table in ours)
                connection.exec_driver_sql(f"LOCK TABLE {locked} IN ACCESS EXCLUSIVE MODE")
        if not replace and any(_has_rows(connection, table) for table in ours):
            raise NotEmpty
        for table in reversed(ours):
            table.drop(connection)
        connection.exec_driver_sql("DROP TABLE IF EXISTS alembic_version")
        migrations.go_to(connection, at)
        loading = Loading(connection, database.is_sqlite)
        _forget_what_migrations_wrote(connection)
        load(loading)
        migrations.go_to(connection, "head")


def newest() -> str:
    """The revision that this code needs."""
    return revision.newest()


def _has_rows(connection: Connection, table: Table) -> bool:
    if table.name in MADE_BY_STARTING:
        return False
    return connection.exec_driver_sql(f'SELECT 1 FROM "{table.name}" LIMIT 1').first() is not None


def _forget_what_migrations_wrote(connection: Connection) -> None:
    """A migration may make rows of its own, such as a secret; the backup has them."""
    names = set(inspect(connection).get_table_names())
    for table in reversed(_tables()):
        if table.name in names:
            connection.exec_driver_sql(f'DELETE FROM "{table.name}"')


def _tables() -> list[Table]:
    return list(metadata.sorted_tables)


def _kind(type_: object) -> str:
    return next((kind for known, kind in _KINDS if isinstance(type_, known)), "")


def _translator(columns: Columns, translate: Mapping[str, Callable[[Any], Any]]) -> Callable[[Rows], list[Any]]:
    """What translates rows; most tables have nothing to translate."""
    wanted = [(place, translate[kind]) for place, (_, kind) in enumerate(columns) if kind in translate]

    def change(rows: Rows) -> list[Any]:
        if not wanted:
            return list(rows)
        changed = [list(row) for row in rows]
        for place, function in wanted:
            for row in changed:
                if row[place] is not None:
                    row[place] = function(row[place])
        return changed

    return change


def _iso(text: str) -> str:
    """A time as SQLAlchemy writes it for SQLite, to the same places as on PostgreSQL."""
    return datetime.fromisoformat(text).isoformat(timespec="microseconds")


def _checked(name: str) -> str:
    """A name of a table or column; raises ValueError for what cannot be one."""
    if not _NAME.fullmatch(name):
        raise ValueError("this is no name of a table or a column")
    return name
