"""A server that is told to stop answers what it has begun: a slow request, and one whose body is still coming."""

from __future__ import annotations

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time

import pytest

from quiz.services.storage import Database
from quiz.settings import PROJECT

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@pytest.fixture
def port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def server(port, database_url, tmp_path):
    """The real server, as `make run` and the systemd unit start it."""
    settings = {"DATABASE_URL": database_url, "STATIC_FOLDER": str(tmp_path / "static")}
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port), "--workers", "1"]
    command += ["--blocking-threads", "3", "--no-ws", "--log-level", "warning", "--workers-kill-timeout", "30"]
    process = subprocess.Popen(
        [*command, "app:app"], cwd=PROJECT, env=os.environ | settings, stderr=subprocess.DEVNULL, start_new_session=True
    )
    deadline = time.monotonic() + 30
    while True:
        with contextlib.suppress(OSError, http.client.HTTPException):
            if ask(port, "GET", "/readyz")[0] == 200:
                break
        assert process.poll() is None, "the server ended by itself"
        assert time.monotonic() < deadline, "the server is not ready"
    yield process
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def ask(port, method, path, body=None):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request(method, path, body, FORM if body else {})
        response = connection.getresponse()
        return response.status, response.getheader("Location")
    finally:
        connection.close()


def refused(port):
    """Whether the server takes no new connection."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


def test_requests_under_way_are_answered_before_the_server_ends(server, port, database_url):
    place = ask(port, "POST", "/start", "language=en")[1]
    # Somebody else writes: the answer has to wait as long as the transaction lasts.
    other = Database(database_url)
    writing = other.writing()
    store = writing.__enter__()
    if not other.is_sqlite:
        store.cursor.execute("SELECT id FROM attempts FOR UPDATE")
    answers = []
    slow = threading.Thread(target=lambda: answers.append(ask(port, "POST", place, "choice=4")))
    half = socket.create_connection(("127.0.0.1", port), timeout=30)
    head = f"POST {place} HTTP/1.1\r\nHost: x\r\nContent-Type: {FORM['Content-Type']}\r\nContent-Length: 8\r\n\r\n"
    half.sendall(f"{head}choi".encode())
    slow.start()
    deadline = time.monotonic() + 30
    ask(port, "GET", "/healthz")  # what came before this has been taken up as well
    server.send_signal(signal.SIGTERM)
    while not refused(port):
        assert time.monotonic() < deadline, "the server takes new requests"
    writing.__exit__(None, None, None)
    half.sendall(b"ce=3")
    slow.join()
    assert answers == [(303, answers[0][1])]
    assert half.recv(100).startswith(b"HTTP/1.1 303 ")
    half.close()
    assert server.wait(30) == 0
    assert other.reader().cursor.execute("SELECT count(*) FROM answers").fetchone() == (1,)
    other.close()
