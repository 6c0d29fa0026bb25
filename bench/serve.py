"""Serving, measured: requests a second and processor time a request, as ratios to a bare Flask application.

All servers stand side by side on one core and the load comes from another; scenes take turns, round by round, so that
whatever else slows the machine down slows all of them. Figures are medians over the rounds.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from bench import around, cast, told
from bench.scenes import MANY, ONE, PATIENCE, Scene, all_scenes, results
from bench.server import PROJECT, Server, served
from quiz.services import storage
from quiz.services.library import open_library
from quiz.store.database import Database

FINISHED = 2000
"""Finished attempts whose results are shown in turn."""
WRITERS = 16
"""Connections over which the answers' waits are measured."""


def main() -> None:
    options = _options()
    serving, loading = _cores()
    with _database(options.database) as (database, environment):
        edition = open_library("ae-am").main
        with (
            served("bench.hello:bare", {serving}) as bare,
            served("bench.hello:app", {serving}) as hello,
            served("bench.hello:keeping", {serving}, environment) as keeping,
            served("app:app", {serving}, environment) as quiz,
        ):
            os.sched_setaffinity(0, {loading})
            finished = cast.finished(database, edition, FINISHED)
            scenes = all_scenes(bare, hello, keeping, quiz, database, edition, finished)
            print(f"{database.url.get_backend_name()}; servers on core {serving}, load on core {loading}; granian,")
            print(
                f"1 worker, 1 blocking thread. Medians of {options.rounds} rounds of {options.seconds:g} s a scene.\n"
            )
            # Whatever is made once is made now.
            first_time = _first_time(quiz, finished)
            for scene in scenes.values():
                scene.warm(options.warm if scene.name != "embed" else options.warm // 10)
            visits, besides = [], []
            for _ in range(options.rounds):
                for connections in (MANY, ONE):
                    for scene in scenes.values():
                        scene.keep(options.seconds, connections)
                for name in ("hello", "hello, one commit", "answer"):
                    scenes[name].keep(options.seconds, WRITERS)
                visits.append(around.visits_cpu(quiz, edition, options.visits))
                besides.append(around.database_cpu(scenes["answer"], options.seconds))
            for connections in (MANY, ONE):
                told.scenes(scenes, connections)
            told.visit(scenes, median(visits), 2 + 2 * len(edition.pack.items), first_time)
            told.writers(scenes, WRITERS)
            print(f"Memory of a worker (PSS): {quiz.memory():.0f} MB; hello-world's: {hello.memory():.0f} MB.")
            if not database.is_sqlite:
                print(f"PostgreSQL's own processor time for an answer: {1e6 * median(besides):.0f} µs.")
        os.sched_setaffinity(0, {serving, loading})
        print(f"Cold start to the first page: {around.cold_start(environment):.2f} s, median of 5.")
        if not database.is_sqlite:
            around.two_workers(environment, database, edition, {serving, loading}, options.seconds)
        database.close()
    if not options.database:
        around.print_disk(options.seconds)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", default="", help="an empty database of PostgreSQL; by default SQLite's own")
    parser.add_argument("--rounds", type=int, default=7, help="how often every scene is played")
    parser.add_argument("--seconds", type=float, default=1.0, help="how long each time")
    parser.add_argument("--warm", type=int, default=6000, help="requests of each scene before any counts")
    parser.add_argument("--visits", type=int, default=10, help="whole visits a round")
    return parser.parse_args()


@contextmanager
def _database(url: str) -> Iterator[tuple[Database, dict[str, str]]]:
    """An empty database, and the variables of a server that uses it."""
    var = PROJECT / "var"
    var.mkdir(exist_ok=True)
    # Beside the real database, so that it is the same disk whose speed counts.
    with tempfile.TemporaryDirectory(prefix="bench-", dir=var) as folder:
        database = Database(url or f"sqlite:///{Path(folder) / 'bench.db'}")
        if storage.revisions(database)[0] is not None:
            raise SystemExit("The database is not empty: the benchmark fills it with invented people.")
        storage.migrate(database)
        yield (
            database,
            {
                "DATABASE_URL": database.url.render_as_string(hide_password=False),
                "STATIC_FOLDER": f"{folder}/static",
                "START_LIMIT": "1000000 per minute",
                "KEPT": f"{folder}/kept.db",
            },
        )


def _cores() -> tuple[int, int]:
    """A core for the servers and one for the load."""
    cores = sorted(os.sched_getaffinity(0))
    if len(cores) < 2:
        raise SystemExit("Two cores are needed: one for the servers and one for the load.")
    return cores[0], cores[-1]


def _first_time(quiz: Server, tokens: Sequence[str]) -> float:
    """Seconds of the server's processor time for a result that nobody has seen yet, when half of them have been."""
    half = len(tokens) // 2
    for some in (tokens[:half], tokens[half:]):
        cpu = Scene("first", quiz, iter(results(some))).play(PATIENCE).cpu
    return cpu


if __name__ == "__main__":
    main()
