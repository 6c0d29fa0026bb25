"""Backups: everything that is kept, in one compressed file of JSON lines, and back into either kind of database.

A file begins with what it is, then has rows of one table a line, and ends with how many there were, so that one that
was cut short is never taken for whole.
"""

from __future__ import annotations

import os
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import orjson
from isal.igzip import BadGzipFile, IGzipFile
from isal.isal_zlib import IsalError

from quiz.store import dump
from quiz.store.database import Database
from quiz.store.dump import NotEmpty

__all__ = ["Backup", "BadBackup", "NotEmpty", "check", "keep", "restore", "write"]

FORMAT = 1
_KIND = "rolefit-backup"
_LEVEL = 2
"""Of ISA-L's gzip: a few hundred megabytes a second, and within a fifth of the smallest."""

_packed: Any = IGzipFile  # it comes without types
_DAMAGED: Any = (EOFError, ValueError, BadGzipFile, zlib.error, IsalError)


class BadBackup(Exception):
    """A backup cannot be made or used; the message says why."""


@dataclass(frozen=True, slots=True)
class Backup:
    """What a backup holds: when it was made, at which revision, and how many rows of each table."""

    made_ms: int
    revision: str
    rows: Mapping[str, int]

    @property
    def total(self) -> int:
        """All rows."""
        return sum(self.rows.values())


def write(database: Database, file: IO[bytes], now_ms: int) -> Backup:
    """Write everything that is committed now to a file, while others go on writing to the database.

    Raises:
        BadBackup: the database is at another revision than this code.
    """
    counts: Counter[str] = Counter()
    with dump.snapshot(database) as found, _packed(fileobj=file, mode="wb", compresslevel=_LEVEL) as packed:
        at = found.revision()
        if at is None or at != dump.newest():
            raise BadBackup(f"The database is at revision {at}; this code needs {dump.newest()} (flask db upgrade).")
        _put(packed, {"kind": _KIND, "format": FORMAT, "revision": at, "made_ms": now_ms, "tables": found.tables})
        for table in found.tables:
            counts[table] = 0
            for rows in found.rows(table):
                counts[table] += len(rows)
                _put(packed, {"table": table, "rows": rows})
        _put(packed, {"end": dict(counts), "last_ids": found.last_ids()})
    return Backup(now_ms, at, dict(counts))


def check(file: IO[bytes]) -> Backup:
    """Read a backup to its end. Raises BadBackup if it is none, or not whole."""
    reading = _Reading(file)
    for _ in reading.rows():
        pass
    return reading.backup()


def restore(database: Database, file: IO[bytes], *, replace: bool = False) -> Backup:
    """Put a backup into a database, in place of all that it holds: wholly, or not at all.

    The tables are made as they were at the backup's revision, and migrated after they are filled.

    Raises:
        BadBackup: the file is no backup, not whole, or of a newer version of this code.
        NotEmpty: the database holds something, and `replace` is not set.
    """
    reading = _Reading(file)

    def load(loading: dump.Loading) -> None:
        for table, rows in reading.rows():
            loading.rows(table, reading.tables[table], rows)
        loading.last_ids(reading.last_ids)

    dump.rebuild(database, reading.revision, load, replace=replace)
    database.scrub()
    return reading.backup()


class _Reading:
    """A backup that is being read."""

    def __init__(self, file: IO[bytes]) -> None:
        self._lines = self._read(file)
        first = next(self._lines, None)
        if not isinstance(first, dict) or first.get("kind") != _KIND:
            raise BadBackup("This is no backup of Rolefit.")
        if first["format"] != FORMAT or first["revision"] > dump.newest():
            raise BadBackup(
                f"This backup was made by a newer version, at revision {first['revision']}; "
                f"this code knows {dump.newest()}. Restore it with that version."
            )
        self.revision: str = first["revision"]
        self.tables: dict[str, dump.Columns] = first["tables"]
        self.last_ids: dict[str, int] = {}
        self._made_ms: int = first["made_ms"]
        self._counts: Counter[str] = Counter(dict.fromkeys(self.tables, 0))

    def rows(self) -> Iterator[tuple[str, dump.Rows]]:
        """The rows, so many of a table at once. Raises BadBackup at the end if some are missing."""
        for line in self._lines:
            if "end" in line:
                if line["end"] != dict(self._counts) or next(self._lines, None) is not None:
                    raise BadBackup("The backup does not hold what it says.")
                self.last_ids = line["last_ids"]
                return
            if line["table"] not in self.tables:
                raise BadBackup("The backup does not hold what it says.")
            self._counts[line["table"]] += len(line["rows"])
            yield line["table"], line["rows"]
        raise BadBackup("The backup is cut short.")

    def backup(self) -> Backup:
        """What was read."""
        return Backup(self._made_ms, self.revision, dict(self._counts))

    @staticmethod
    def _read(file: IO[bytes]) -> Iterator[Any]:
        try:
            with _packed(fileobj=file, mode="rb") as packed:
                for line in packed:
                    yield orjson.loads(line)
        except _DAMAGED as error:
            raise BadBackup("The backup is damaged, or cut short.") from error


def _put(packed: Any, value: object) -> None:  # noqa: ANN401 - a compressed file
    packed.write(orjson.dumps(value) + b"\n")


def keep(path: Path, file: IO[bytes]) -> None:
    """Make sure that a file is on the disk, then give it its name."""
    file.flush()
    os.fsync(file.fileno())
    Path(file.name).replace(path)
    folder = os.open(path.absolute().parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
