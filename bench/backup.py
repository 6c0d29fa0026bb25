"""Backup and restore, measured: seconds, megabytes and peak memory for so many finished attempts, on either database.

python -m bench.backup --attempts 100000 [--into postgresql://…/empty]
"""

from __future__ import annotations

import argparse
import os
import resource
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from quiz.services import backup, results, storage
from quiz.services.library import open_library
from quiz.store.attempts import Answer
from quiz.store.database import Database


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--attempts", type=int, default=100_000)
    parser.add_argument("--into", default="", help="an empty database of PostgreSQL to restore into as well")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-backup-") as folder:
        database = Database(f"sqlite:///{folder}/full.db")
        storage.migrate(database)
        fill(database, options.attempts)
        size = Path(folder, "full.db").stat().st_size / 1e6
        print(f"{options.attempts} finished attempts, {size:.0f} MB of SQLite\n")
        file = Path(folder, "file")
        measured("backup of SQLite", lambda: write(database, file))
        print(f"{'':30}{file.stat().st_size / 1e6:8.1f} MB in the file")
        measured("restore into SQLite", lambda: read(Database(f"sqlite:///{folder}/other.db"), file))
        if options.into:
            measured("restore into PostgreSQL", lambda: read(Database(options.into), file))
            measured("backup of PostgreSQL", lambda: write(Database(options.into), Path(folder, "again")))


def fill(database: Database, attempts: int) -> None:
    """Finished attempts, all with the same answers and result."""
    edition = open_library("ae-am").main
    given = {item: Answer(1 + place % 5, 5000, 1_800_000_000_000) for place, item in enumerate(edition.pack.item_ids)}
    result = results.dump(results.make(edition, given))
    attempt = "INSERT INTO attempts (id, token_hash, pack, pack_version, language, started_ms, finished_ms, result)"
    with database.writing() as store:
        cursor: object = store.cursor
        cursor.executemany(  # type: ignore[attr-defined]
            f"{attempt} VALUES (?, ?, 'ae-am', '1.0.0+1.0.0', 'en', 1800000000000, 1800000300000, ?)",
            ((number, os.urandom(32), result) for number in range(1, attempts + 1)),
        )
        cursor.executemany(  # type: ignore[attr-defined]
            "INSERT INTO answers (attempt_id, item, choice, took_ms, answered_ms) VALUES (?, ?, ?, ?, ?)",
            (
                (number, item, answer.choice, answer.took_ms + number % 999, answer.answered_ms + number)
                for number in range(1, attempts + 1)
                for item, answer in given.items()
            ),
        )


def write(database: Database, file: Path) -> None:
    with file.open("wb") as opened:
        backup.write(database, opened, 0)


def read(database: Database, file: Path) -> None:
    with file.open("rb") as opened:
        backup.restore(database, opened)


def measured(name: str, work: Callable[[], None]) -> None:
    """Do it in a process of its own, so that its memory is its own."""
    begun = time.perf_counter()
    process = os.fork()
    if process == 0:
        work()
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{name:30}{time.perf_counter() - begun:8.1f} s, {peak:.0f} MB of memory at most", flush=True)
        os._exit(0)
    _, status = os.waitpid(process, 0)
    if status:
        raise SystemExit(f"{name} failed")


if __name__ == "__main__":
    main()
