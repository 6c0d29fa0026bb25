"""The server is killed in the middle of answering, many times: every acknowledged answer is there afterwards."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from cast import ITEMS, content
from page_client import Page
from rows import run

from quiz.services.storage import Database
from quiz.services.tokens import token_hash
from quiz.settings import PROJECT

ROUNDS = 10
TAKERS = 5
ENOUGH = 20.0
"""Seconds after which no further round begins, on a machine that is slow to start the server."""
LOST = (OSError, http.client.HTTPException)
"""What a person sees of a server that is being killed."""


@dataclass
class Server:
    """The real server, which can be killed and started again on the same database."""

    database_url: str
    folder: Path
    port: int
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        settings = {
            "DATABASE_URL": self.database_url,
            "STATIC_FOLDER": str(self.folder / "static"),
            "LOG_LEVEL": "ERROR",
        }
        where = ["--host", "127.0.0.1", "--port", str(self.port)]
        threads = ["--workers", "1", "--blocking-threads", "1", "--no-ws", "--log-level", "critical"]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "granian", "--interface", "wsgi", *where, *threads, "app:app"],
            cwd=PROJECT,
            env=os.environ | settings,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        deadline = time.monotonic() + 20
        while not self.answers():
            assert self.process.poll() is None, "the server ended by itself"
            assert time.monotonic() < deadline, "the server does not answer"
            time.sleep(0.02)

    def answers(self) -> bool:
        with contextlib.suppress(*LOST):
            return self.ask("GET", "/healthz")[0] == 200
        return False

    def kill(self) -> None:
        """SIGKILL for the server and its worker: no chance to tidy up."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None

    def ask(self, method: str, path: str, body: str | None = None) -> tuple[int, str, str]:
        """Status, Location and page; one of `LOST` where the server is gone."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            headers = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            return response.status, response.getheader("Location") or "", response.read().decode()
        finally:
            connection.close()


@dataclass
class Person:
    """Somebody who answers and answers again, and remembers what was acknowledged and what was not."""

    place: str
    dice: random.Random
    acknowledged: dict[str, int] = field(default_factory=dict)
    uncertain: dict[str, set[int]] = field(default_factory=dict)
    refused: list[int] = field(default_factory=list)

    def answer_until_lost(self, server: Server, tick: threading.Semaphore) -> None:
        with contextlib.suppress(*LOST):
            while True:
                item, choice = self.dice.choice(ITEMS), self.dice.randint(1, 5)
                # Until the answer comes, it may have been kept or not.
                self.uncertain.setdefault(item, set()).add(choice)
                status, _, _ = server.ask("POST", f"{self.place}/{item}", f"choice={choice}")
                if status != 303:
                    self.refused.append(status)
                    return
                self.acknowledged[item] = choice
                self.uncertain[item].clear()
                tick.release()

    def wrong(self, kept: dict[str, int]) -> dict[str, tuple[int | None, int | None]]:
        """The items whose kept choice is neither the acknowledged one nor one that was on its way."""
        return {
            item: (kept.get(item), self.acknowledged.get(item))
            for item in {*kept, *self.acknowledged}
            if kept.get(item) != self.acknowledged.get(item) and kept.get(item) not in self.uncertain.get(item, ())
        }


@pytest.fixture
def server(database_url, tmp_path) -> Iterator[Server]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = Server(database_url, tmp_path, port)
    yield server
    server.kill()


def kept(database_url: str) -> dict[bytes, tuple[dict[str, int], dict[str, int] | None]]:
    """By hash of the token: the choices that are kept, and those of the stored result, if there is one."""
    with contextlib.closing(Database(database_url)) as database:
        if database.is_sqlite:
            assert run(database, "PRAGMA integrity_check").fetchall() == [("ok",)]
            assert run(database, "PRAGMA foreign_key_check").fetchall() == []
        found = {}
        for number, hashed, result in run(database, "SELECT id, token_hash, result FROM attempts").fetchall():
            rows = run(database, "SELECT item, choice FROM answers WHERE attempt_id = :id", id=number).fetchall()
            found[hashed] = (dict(rows), json.loads(result)["choices"] if result else None)
        return found


def test_every_acknowledged_answer_survives_the_server_being_killed(server, database_url):
    dice = random.Random(2026)
    server.start()
    people = [
        Person(server.ask("POST", "/start", "language=en")[1].rsplit("/", 1)[0], random.Random(number))
        for number in range(TAKERS)
    ]
    begun, rounds = time.monotonic(), 0
    while rounds < ROUNDS and time.monotonic() - begun < ENOUGH:
        tick = threading.Semaphore(0)
        threads = [threading.Thread(target=person.answer_until_lost, args=(server, tick)) for person in people]
        for thread in threads:
            thread.start()
        for _ in range(dice.randint(1, 150)):
            assert tick.acquire(timeout=20), "the server answers no more"
        server.kill()
        for thread in threads:
            thread.join()
        rounds += 1

        assert [person.refused for person in people] == [[]] * TAKERS
        found = kept(database_url)
        for person in people:
            choices, scored = found[token_hash(person.place.removeprefix("/a/"))]
            assert not person.wrong(choices), f"after round {rounds}"
            # Answers and result are one transaction: what is shown is never older than what is kept.
            assert scored is None or scored == choices
            assert (scored is not None) == (len(choices) == len(ITEMS))
            person.acknowledged, person.uncertain = dict(choices), {}
        server.start()

    assert rounds >= 3
    assert sum(len(person.acknowledged) for person in people) > 50
    for person in people:
        for item in ITEMS:
            status, _, html = server.ask("GET", f"{person.place}/{item}")
            marked = [button["value"] for button in Page(html).all("button", aria_current="true")]
            assert (status, marked) == (200, [str(person.acknowledged[item])] if item in person.acknowledged else [])


def test_a_person_goes_on_after_the_kill_where_they_stopped(server):
    server.start()
    place = server.ask("POST", "/start", "language=es")[1].rsplit("/", 1)[0]
    for item in content().pack.item_ids[:5]:
        assert server.ask("POST", f"{place}/{item}", "choice=4")[0] == 303
    server.kill()
    server.start()
    assert server.ask("GET", place)[1] == f"{place}/{ITEMS[5]}"
    for item in ITEMS[5:]:
        server.ask("POST", f"{place}/{item}", "choice=3")
    assert 'data-step="result"' in server.ask("GET", f"{place}/result")[2]
