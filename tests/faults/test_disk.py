"""The disk of SQLite is full, read-only, or somebody else holds the file: 503 with what to do, and nothing is lost."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing, suppress

from counting import migrate
from disk import full, mounted, no_longer_files
from hurt_server import Served


def refused_kindly(found: dict[str, object]) -> None:
    """People saw a page in their language, with what to do and when to try again, and nothing else."""
    assert found["5xx"]
    assert found["connections lost"] == 0
    for part in ("503 en “We cannot", "503 es “", "Retry-After 5", "link to try again"):
        assert part in str(found["saw"])
    for part in ("500 ", "no Retry-After", "no link", "not in their language"):
        assert part not in str(found["saw"])


def test_a_full_disk(tmp_path, crowd, counted):
    folder = tmp_path / "disk"
    with mounted(folder, 24) as small:
        url = f"sqlite:///{folder / 'test.db'}"
        migrate(url)
        place = Served(tmp_path, url)
        try:
            place.start()
            with crowd(place) as everybody:
                everybody.answer(40)
                with full(folder) if small else no_longer_files(place.worker_ids()):
                    until_refused(everybody)
                    assert place.ask("GET", "/")[0] == 200
                recovered = everybody.fault_over()
            found = counted("disk full, SQLite" if small else "no file may grow, SQLite", place, everybody, recovered)
        finally:
            place.kill()
    refused_kindly(found)


def test_no_file_may_grow(on_sqlite, crowd, counted):
    """As with a quota, and as on a full disk."""
    place = on_sqlite
    with crowd(place) as everybody:
        everybody.answer(40)
        with no_longer_files(place.worker_ids()):
            until_refused(everybody)
        recovered = everybody.fault_over()
    refused_kindly(counted("no file may grow, SQLite", place, everybody, recovered))


def test_a_read_only_database(on_sqlite, crowd, counted):
    """SQLite refuses as it does on a disk that the system has made read-only; questions are shown all the same."""
    place = on_sqlite
    with crowd(place) as everybody:
        everybody.answer(40)
        place.control(read_only=1)
        until_refused(everybody)
        person = everybody.people[1]
        assert place.ask("GET", f"{person.place}/{person.items[0]}")[0] == 200
        place.control()
        recovered = everybody.fault_over()
    refused_kindly(counted("read-only, SQLite", place, everybody, recovered))


def test_somebody_else_holds_the_file(on_sqlite, crowd, counted, seconds):
    """Another program writes for long: people wait, or are asked to try again, and are answered when it is done."""
    place = on_sqlite
    file = place.database_url.removeprefix("sqlite:///")
    with crowd(place) as everybody:
        everybody.answer(40)
        with closing(sqlite3.connect(file, isolation_level=None, timeout=10)) as other:
            begin(other)
            time.sleep(seconds)
            other.execute("ROLLBACK")
        recovered = everybody.fault_over()
    found = counted(f"file locked for {seconds:g} seconds, SQLite", place, everybody, recovered)
    assert found["connections lost"] == 0
    assert not found["5xx"] or "Retry-After 5, link to try again" in str(found["saw"])


def begin(other: sqlite3.Connection) -> None:
    deadline = time.monotonic() + 20
    while not other.in_transaction:
        assert time.monotonic() < deadline
        with suppress(sqlite3.OperationalError):
            other.execute("BEGIN IMMEDIATE")


def until_refused(everybody) -> None:
    """Let a good many be refused, in both languages."""
    wanted = everybody.counts["5xx"] + len(everybody.people) // 2
    everybody._until(lambda: everybody.counts["5xx"] >= wanted and len(everybody.seen) >= 2, "refusals")
