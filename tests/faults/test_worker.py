"""The worker as a process of its own: killed in the middle of a mail, woken by the bell, stopped in order."""

from __future__ import annotations

import os
import re
import signal
import socketserver
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

import pytest
from redis_server import RedisServer, needed
from rows import run

from quiz.services import outbox
from quiz.services.jobs import bell, book
from quiz.services.jobs.working import DAY_MS, now_ms
from quiz.services.outbox import Letter
from quiz.settings import PROJECT

SECONDS = 30
"""After so long without what is waited for, something is wrong."""


@dataclass
class Sink:
    """A mail server that counts what it has taken, by Message-ID, and may stop at a mail, before or after taking it."""

    stops_at: int = 0
    takes_first: bool = False
    taken: list[str] = field(default_factory=list)
    seen: int = 0
    stopped: threading.Event = field(default_factory=threading.Event)
    going_on: threading.Event = field(default_factory=threading.Event)

    def talk(self, file, say: Callable[[str], None]) -> None:
        say("220 sink")
        for line in file:
            if not line.upper().startswith(b"DATA"):
                say("250 ok")
                continue
            say("354 go on")
            mail = b"".join(iter(file.readline, b".\r\n")).decode()
            message_id = re.search(r"^Message-ID: (.+?)\r$", mail, re.MULTILINE)[1]
            self.seen += 1
            if self.seen == self.stops_at:
                if self.takes_first:
                    self.taken.append(message_id)
                self.stopped.set()
                self.going_on.wait(SECONDS)
                return
            self.taken.append(message_id)
            say("250 taken")


@pytest.fixture
def sink() -> Iterator[Sink]:
    sink = Sink()

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            def say(line: str) -> None:
                self.wfile.write(f"{line}\r\n".encode())

            try:
                sink.talk(self.rfile, say)
            except OSError:
                return

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True

    with Server(("127.0.0.1", 0), Handler) as server:
        sink.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield sink
        sink.going_on.set()
        server.shutdown()


@pytest.fixture
def settings(settings, sink):
    return replace(
        settings,
        smtp_url=f"smtp://127.0.0.1:{sink.port}",
        mail_from="quiz@example.org",
        public_url="https://quiz.example.org",
    )


@pytest.fixture
def start(settings) -> Iterator[Callable[..., subprocess.Popen[bytes]]]:
    """Starts workers, which end with the test."""
    made: list[subprocess.Popen[bytes]] = []

    def start(*arguments: str, **more: str) -> subprocess.Popen[bytes]:
        told = {
            "DATABASE_URL": settings.database_url,
            "STATIC_FOLDER": settings.static_folder,
            "SMTP_URL": settings.smtp_url,
            "MAIL_FROM": settings.mail_from,
            "PUBLIC_URL": settings.public_url,
            "FLASK_APP": "app",
        }
        process = subprocess.Popen(
            [sys.executable, "-m", "flask", "jobs", "work", *(arguments or ("--beside", str(os.getpid())))],
            cwd=PROJECT,
            env=os.environ | told | more,
        )
        made.append(process)
        return process

    yield start
    for process in made:
        process.kill()
        process.wait()


@pytest.fixture
def write(database):
    """Writes mails, one to each address."""

    def write(*people: str) -> None:
        with database.writing() as store:
            letters = [Letter("test", to, "Hello", "Hello", now_ms() + DAY_MS) for to in people]
            outbox.write(store, letters, now_ms())

    return write


def until(happened: Callable[[], bool]) -> None:
    deadline = time.monotonic() + SECONDS
    while not happened():
        assert time.monotonic() < deadline, "it does not happen"
        time.sleep(0.02)


def all_sent(database) -> bool:
    return book.everything(database, now_ms())["mails"]["waiting"] == 0


def pass_time(database) -> None:
    """Let the time be over in which whoever died had the job and the mails to itself."""
    with database.writing() as store:
        run(store, "UPDATE jobs SET lease_ms = 1 WHERE lease_ms IS NOT NULL")
        run(store, "UPDATE outbox SET due_ms = 1 WHERE state = 'waiting'")


@pytest.mark.parametrize("takes_first", [False, True], ids=["before", "after"])
def test_a_worker_that_is_killed_in_the_middle_of_a_mail_has_each_sent_once(start, write, sink, database, takes_first):
    """Killed after the server's word and before its own, it cannot know; then the mail is the same one twice."""
    people = [f"p{number}@x.example" for number in range(5)]
    sink.stops_at, sink.takes_first = 3, takes_first
    write(*people)
    worker = start()
    assert sink.stopped.wait(SECONDS)
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    sink.going_on.set()
    assert len(sink.taken) == 2 + takes_first
    pass_time(database)
    start()
    until(lambda: all_sent(database))
    times = Counter(sink.taken)
    assert len(times) == len(people)
    assert sorted(times.values()) == [1, 1, 1, 1, 1 + takes_first]
    assert book.everything(database, now_ms())["mails"] == {"waiting": 0, "sent": 5, "failed": 0}


@pytest.mark.parametrize("by", ["file", "redis"])
def test_the_bell_wakes_a_worker(start, write, sink, database, tmp_path, by):
    server = RedisServer(tmp_path) if by == "redis" else None
    if server:
        needed()
        server.start()
    try:
        url = server.url if server else ""
        start(REDIS_URL=url)
        # It has looked once by itself, and does not do so again for a minute.
        until(lambda: bool(run(database, "SELECT 1 FROM job_runs WHERE name = 'retention'").fetchall()))
        write("ana@x.example")
        bell.ring(database, url)
        until(lambda: all_sent(database))
        assert len(sink.taken) == 1
    finally:
        if server:
            server.stop()


def test_jobs_are_done_without_the_redis_that_rings(start, write, sink, database):
    write("ana@x.example")
    start(REDIS_URL="redis://127.0.0.1:1/0")
    until(lambda: all_sent(database))
    assert len(sink.taken) == 1


def test_a_worker_that_is_told_to_stop_lets_the_mail_under_way_go_out(start, write, sink, database):
    write(*(f"p{number}@x.example" for number in range(400)))
    worker = start()
    until(lambda: len(sink.taken) > 2)
    worker.terminate()
    assert worker.wait(SECONDS) == 0
    done = book.everything(database, now_ms())["mails"]
    assert done["sent"] == len(sink.taken) == len(set(sink.taken)) < 400
    assert run(database, "SELECT count(*) FROM jobs WHERE lease_ms IS NOT NULL").fetchone() == (0,)
    start()
    until(lambda: all_sent(database))
    assert len(sink.taken) == len(set(sink.taken)) == 400


def test_a_worker_ends_with_the_server_beside_which_it_works(start):
    server = subprocess.Popen(["sleep", "600"])
    worker = start("--beside", str(server.pid))
    server.kill()
    server.wait()
    assert worker.wait(SECONDS) == 0
