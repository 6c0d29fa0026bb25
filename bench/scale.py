"""One person's run, measured in rows and bytes, and from that what a site needs for so many people a day.

python -m bench.scale [--database postgresql://…/empty] [--server-ms 18] [--database-ms 0]
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from bench import cast
from quiz.services import storage
from quiz.services.library import Edition, open_library
from quiz.store.database import Database

DAY = 86_400
BUSIEST_HOUR = 0.1
"""Share of a day's people who come in its busiest hour; a day without night has 0.042."""
BUSY = 0.5
"""Share of a core that is used at the busiest time: the rest is for what nobody has foreseen."""
KEPT_DAYS = 365
"""RETAIN_FINISHED_DAYS."""
MEDIAN, SPREAD = 4.0, 0.6
"""Seconds between two presses: lognormal, as in the soak."""
SIZES = (1_000, 1_000_000, 100_000_000)


def main() -> None:
    options = _options()
    edition = open_library("ae-am").main
    requests = 2 + 2 * len(edition.pack.items)
    with tempfile.TemporaryDirectory(prefix="bench-scale-") as folder:
        database = Database(options.database or f"sqlite:///{folder}/scale.db")
        if storage.revisions(database)[0] is not None:
            raise SystemExit("The database is not empty: the benchmark fills it with invented people.")
        storage.migrate(database)
        bytes_each = _fill(database, edition, options.people)
        database.close()
    _tell_sizes(requests, bytes_each, options.server_ms, options.database_ms)
    _tell_peaks(requests)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", default="", help="an empty database of PostgreSQL; by default SQLite's own")
    parser.add_argument("--people", type=int, default=10_000, help="finished attempts to fill it with")
    parser.add_argument("--server-ms", type=float, default=18.0, help="a visit's processor time, by bench.serve")
    parser.add_argument("--database-ms", type=float, default=0.0, help="the database's own besides, by bench.serve")
    return parser.parse_args()


def _fill(database: Database, edition: Edition, people: int) -> float:
    """Keep finished attempts of simulated people, tell what they take, and return the bytes of each."""
    before = sum(_bytes(database).values())
    cast.finished(database, edition, people)
    after = _bytes(database)
    each = (sum(after.values()) - before) / people
    reader = database.reader().cursor
    reader.execute("SELECT count(*) FROM answers")
    answers = (reader.fetchone() or (0,))[0] / people
    reader.execute("SELECT avg(length(result)) FROM attempts")
    result = float((reader.fetchone() or (0,))[0])
    print(f"{database.url.get_backend_name()}, {people:,} finished attempts:")
    print(
        f"  a person: 1 attempt and {answers:.1f} answers; {each:,.0f} bytes, {result:,.0f} of them the result's JSON"
    )
    for name, size in sorted(after.items(), key=lambda one: -one[1])[:4]:
        print(f"  {name:28} {size / people:8,.0f} bytes a person")
    return each


def _bytes(database: Database) -> dict[str, int]:
    """Bytes by table, its indexes included, once what was overwritten is cleared away."""
    cursor = database.reader().cursor
    if database.is_sqlite:
        database.scrub()
        file = Path(database.url.database or "")
        return {"the file": file.stat().st_size}
    cursor.execute("VACUUM (FULL, ANALYZE) attempts")
    cursor.execute("VACUUM (FULL, ANALYZE) answers")
    cursor.execute("SELECT relname, pg_total_relation_size(relid) FROM pg_stat_user_tables")
    return dict(cursor.fetchall())  # type: ignore[arg-type]


def _tell_sizes(requests: int, bytes_each: float, server_ms: float, database_ms: float) -> None:
    print(f"\nA visit: {requests} requests, {server_ms:g} ms of a server's core, {database_ms:g} ms of the database's.")
    print(
        f"The busiest hour has {BUSIEST_HOUR:.0%} of the day; cores are {BUSY:.0%} busy; {KEPT_DAYS} days are kept.\n"
    )
    print(
        "| People a day | requests/s, mean | requests/s, busiest | commits/s, busiest "
        "| server cores | database cores | GB kept |"
    )
    print("|---:|---:|---:|---:|---:|---:|---:|")
    for people in SIZES:
        busiest = people * BUSIEST_HOUR / 3600
        servers, databases = (busiest * ms / 1000 / BUSY for ms in (server_ms, database_ms))
        print(
            f"| {people:,} | {_short(people * requests / DAY)} | {_short(busiest * requests)} | "
            f"{_short(busiest * requests / 2)} | {_short(servers)} | {_short(databases)} | "
            f"{_short(people * KEPT_DAYS * bytes_each / 1e9)} |"
        )


def _tell_peaks(requests: int) -> None:
    """Simulated: an hour in which people come at random and think as people do."""
    print("\nSimulated busiest hour, people coming at random: requests in its mean and in its busiest second.")
    for people in (100, 10_000, 100_000):
        seconds = np.zeros(2 * 3600, dtype=np.int64)
        for moments in _visits(people, requests // 2):
            np.add.at(seconds, moments, 2)  # an answer and the question after it
        hour = seconds[900:3600]  # the first have come to their end, and nobody is missing yet
        print(f"  {people:7,} people: {hour.mean():8.1f} and {hour.max():6d}, {hour.max() / hour.mean():.2f} times")


def _visits(people: int, presses: int) -> Iterator[np.ndarray]:
    """The seconds in which each thousand of people press."""
    draw = np.random.default_rng(1)
    for _ in range(0, people, 1000):
        count = min(people, 1000)
        comes = draw.uniform(0, 3600, (count, 1))
        thinks = draw.lognormal(np.log(MEDIAN), SPREAD, (count, presses)).cumsum(axis=1)
        yield (comes + thinks).astype(int).ravel()


def _short(number: float) -> str:
    return f"{number:,.0f}" if number >= 10 else f"{number:.2g}"


if __name__ == "__main__":
    main()
