"""What the benchmark of serving measures beside its scenes: visits, memory, cold start, two workers, the disk."""

from __future__ import annotations

import http.client
import sqlite3
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from statistics import median

from bench import cast
from bench.load import load
from bench.scenes import HEADERS, MANY, Scene, answers
from bench.server import PROJECT, Server, cpu_of, served
from quiz.services.library import Edition
from quiz.store.database import Database


def visits_cpu(quiz: Server, edition: Edition, visits: int) -> float:
    """Seconds of the server's processor time for one whole visit, from the start to the result."""
    before = quiz.cpu()
    for given in cast.people(edition.pack, visits, seed=3):
        _visit(quiz.port, given)
    return (quiz.cpu() - before) / visits


def _visit(port: int, answers: Mapping[str, int]) -> None:
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


def database_cpu(answer: Scene, seconds: float) -> float:
    """Seconds of PostgreSQL's processor time an answer, all its processes together; 0 without one."""
    before = cpu_of("postgres")
    found = answer.play(seconds)
    return (cpu_of("postgres") - before) / len(found.load.waits)


def cold_start(environment: Mapping[str, str]) -> float:
    """Seconds from the command to the first page, with a database that is there and files that were compiled once."""
    took = []
    for _ in range(5):
        begun = time.perf_counter()
        with served("app:app", {0, 1}, environment) as quiz:
            connection = http.client.HTTPConnection("127.0.0.1", quiz.port)
            connection.request("GET", "/")
            assert connection.getresponse().status == 200
            took.append(time.perf_counter() - begun)
            connection.close()
    return median(took)


def two_workers(
    environment: Mapping[str, str], database: Database, edition: Edition, cores: set[int], seconds: float
) -> None:
    """One worker and two, on two cores that the load and the database use as well."""
    asked = answers(cast.under_way(database, edition, 2000, answered=False), edition.pack.item_ids)
    rates, costs = {}, {}
    for workers in (1, 2):
        with served("app:app", cores, environment, workers) as quiz:
            load(quiz.port, asked, 303, MANY, seconds)
            before, found = quiz.cpu(), load(quiz.port, asked, 303, MANY, 4 * seconds)
            rates[workers] = found.rate
            costs[workers] = (quiz.cpu() - before) / len(found.waits)
    print(
        f"Answers a second by one worker and two, load and database on the same two cores: {rates[1]:,.0f} and "
        f"{rates[2]:,.0f}, {rates[2] / rates[1]:.2f} times. Processor time an answer: {1e6 * costs[1]:.0f} and "
        f"{1e6 * costs[2]:.0f} µs, so that two cores of their own would serve {2 * costs[1] / costs[2]:.2f} times one."
    )


def print_disk(seconds: float) -> None:
    """How many commits a second the disk itself allows: the ceiling of durable answers."""
    with tempfile.TemporaryDirectory(prefix="bench-", dir=PROJECT / "var") as folder:
        connection = sqlite3.connect(Path(folder) / "disk.db", isolation_level=None)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("CREATE TABLE answers (id INTEGER PRIMARY KEY, choice INTEGER)")
        commits, start = 0, time.perf_counter()
        while (passed := time.perf_counter() - start) < seconds:
            connection.execute("INSERT INTO answers (choice) VALUES (3)")
            commits += 1
        connection.close()
    print(f"The disk's floor: a bare SQLite commit (WAL, FULL) takes {1000 * passed / commits:.3f} ms.")
