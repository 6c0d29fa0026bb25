"""Serving, measured: requests a second and processor time a request, as ratios to a bare Flask application.

Both applications run side by side on one core and the load comes from another; scenes take turns, round by round,
so that whatever else slows the machine down slows all of them. Figures are medians over the rounds.
"""

from __future__ import annotations

import argparse
import http.client
import os
import sqlite3
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from bench import cast
from bench.scenes import CONNECTIONS, HEADERS, Scene, all_scenes, results
from bench.server import PROJECT, Server, served
from quiz.services import storage
from quiz.services.library import Edition, open_library
from quiz.store.database import Database

FINISHED = 2000
"""Finished attempts whose results are shown in turn."""
PATIENCE = 60
"""Seconds at most for showing each of them once."""


def main() -> None:
    options = _options()
    serving, loading = _cores()
    var = PROJECT / "var"
    var.mkdir(exist_ok=True)
    # Beside the real database, so that it is the same disk whose speed counts.
    with tempfile.TemporaryDirectory(prefix="bench-", dir=var) as folder:
        database = Database(f"sqlite:///{folder}/bench.db")
        storage.migrate(database)
        edition = open_library("ae-am").main
        environment = {
            "DATABASE_URL": str(database.url),
            "STATIC_FOLDER": f"{folder}/static",
            "START_LIMIT": "1000000 per minute",
        }
        with served("bench.hello:app", serving) as hello, served("app:app", serving, environment) as quiz:
            os.sched_setaffinity(0, {loading})
            finished = cast.finished(database, edition, FINISHED)
            scenes = all_scenes(hello, quiz, database, edition, finished)
            print(f"Server on core {serving}, load on core {loading}, {CONNECTIONS} connections; granian, 1 worker,")
            print(f"1 blocking thread. Medians of {options.rounds} rounds of {options.seconds:g} s a scene.\n")
            # Whatever is made once is made now.
            first_time = _first_time(quiz, finished)
            for scene in scenes:
                scene.play(2 * options.seconds)
            visits = []
            for _ in range(options.rounds):
                for scene in scenes:
                    scene.rounds.append(scene.play(options.seconds))
                visits.append(_visit_cpu(quiz, edition, options.visits))
            _print_scenes(scenes)
            _print_first_time(first_time)
            _print_visit(median(visits), scenes[0].cpu, 2 + 2 * len(edition.pack.items))
            _print_waits(next(scene for scene in scenes if scene.name == "answer"), options.seconds)
        database.close()
        _print_disk(Path(folder) / "disk.db", options.seconds)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7, help="how often every scene is played")
    parser.add_argument("--seconds", type=float, default=1.5, help="how long each time")
    parser.add_argument("--visits", type=int, default=10, help="whole visits a round")
    return parser.parse_args()


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


def _visit_cpu(quiz: Server, edition: Edition, visits: int) -> float:
    """Seconds of the server's processor time for one whole visit, from the start to the result."""
    before = quiz.cpu()
    for answers in cast.people(edition.pack, visits, seed=3):
        _visit(quiz.port, answers)
    return (quiz.cpu() - before) / visits


def _visit(port: int, answers: dict[str, int]) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port)
    headers = dict(line.split(": ", 1) for line in HEADERS.split("\r\n") if line)

    def ask(method: str, path: str, form: str | None = None) -> str:
        kind = {"Content-Type": "application/x-www-form-urlencoded"} if form else {}
        connection.request(method, path, form, headers | kind)
        answer = connection.getresponse()
        answer.read()
        assert answer.status in (200, 303), f"{method} {path} answered {answer.status}"
        return answer.headers.get("Location", "")

    place = ask("POST", "/start", "language=es")
    while (step := place.rpartition("/")[2]) != "result":
        ask("GET", place)
        place = ask("POST", place, f"choice={answers[step]}")
    ask("GET", place)
    connection.close()


def _print_scenes(scenes: Sequence[Scene]) -> None:
    base = scenes[0]
    print("scene          requests/s   CPU µs/request   ratio of rates   ratio of CPU   target")
    for scene in scenes:
        target = f"{scene.target:9.2f}" if scene.target else ""
        pairs = list(zip(base.rounds, scene.rounds, strict=True))
        rates = median(own.rate / its.rate for its, own in pairs)
        cpus = median(its.cpu / own.cpu for its, own in pairs)
        print(f"{scene.name:14} {scene.rate:10.0f} {1e6 * scene.cpu:16.0f} {rates:16.2f} {cpus:14.2f}{target}")
    print("Each ratio is the median of the rounds' own ratios; above 1 is cheaper than the baseline.")
    print("CPU is user and kernel time of all the server's processes, from /proc/<pid>/stat.\n")


def _print_first_time(cpu: float) -> None:
    print(f"A result shown for the first time, after {FINISHED // 2:,} others: {1e6 * cpu:.0f} µs of CPU.")


def _print_visit(cpu: float, hello: float, requests: int) -> None:
    print(
        f"A whole visit ({requests} requests: start, every question and its answer, result): "
        f"{1000 * cpu:.1f} ms of CPU = {cpu / hello:.0f} hello-worlds, {cpu / hello / requests:.2f} a request.\n"
    )


def _print_waits(answer: Scene, seconds: float) -> None:
    for connections in (1, CONNECTIONS):
        found = answer.play(2 * seconds, connections).load
        half, most = 1000 * found.wait(0.5), 1000 * found.wait(0.99)
        print(
            f"Answers over {connections:2} connection(s): {found.rate:5.0f} a second, "
            f"half within {half:.2f} ms, 99 % within {most:.2f} ms."
        )


def _print_disk(file: Path, seconds: float) -> None:
    """How many commits a second the disk itself allows: the ceiling of durable answers."""
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("CREATE TABLE answers (id INTEGER PRIMARY KEY, choice INTEGER)")
    commits, start = 0, time.perf_counter()
    while (passed := time.perf_counter() - start) < seconds:
        connection.execute("INSERT INTO answers (choice) VALUES (3)")
        commits += 1
    connection.close()
    print(f"The disk's floor: a bare SQLite commit (WAL, FULL) takes {1000 * passed / commits:.3f} ms.")


if __name__ == "__main__":
    main()
