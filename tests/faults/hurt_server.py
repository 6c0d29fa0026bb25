"""A real server for the faults: granian with several workers, each of which can be killed, on a database of its own."""

from __future__ import annotations

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from quiz.settings import PROJECT

GONE = (OSError, http.client.HTTPException)
"""What a client sees of a server that is not there."""
PATIENCE = 40.0
"""Seconds after which something is wrong that was to happen at once."""
_HERE = Path(__file__).parent


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass
class Served:
    """The server as `deploy/rolefit.service` starts it, in a process group of its own."""

    folder: Path
    database_url: str
    redis_url: str = ""
    workers: int = 2
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> Served:
        settings = {
            "DATABASE_URL": self.database_url,
            "REDIS_URL": self.redis_url,
            "STATIC_FOLDER": str(self.folder / "static"),
            "START_LIMIT": "1000000 per minute",
            "LOG_LEVEL": "WARNING",
            "PYTHONPATH": str(_HERE),
            "ROLEFIT_CONTROL": str(self.folder / "control"),
        }
        command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1"]
        command += ["--port", str(self.port), "--workers", str(self.workers), "--blocking-threads", "3", "--no-ws"]
        command += ["--log-level", "critical", "--respawn-failed-workers", "--respawn-interval", "0.2"]
        with (self.folder / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                [*command, "tampered:app"],
                cwd=PROJECT,
                env=os.environ | settings,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.await_answers()
        return self

    def await_answers(self) -> None:
        deadline = time.monotonic() + PATIENCE
        while not self.answers():
            assert self.process is not None
            assert self.process.poll() is None, f"the server ended by itself: {self.log}"
            assert time.monotonic() < deadline, f"the server does not answer: {self.log}"
            time.sleep(0.05)

    def answers(self) -> bool:
        with contextlib.suppress(*GONE):
            return self.ask("GET", "/healthz")[0] == 200
        return False

    def ask(self, method: str, path: str, form: str | None = None, **headers: str) -> tuple[int, dict[str, str], str]:
        """Status, headers (names in small letters) and page; one of `GONE` where there is no server."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            kind = {"Content-Type": "application/x-www-form-urlencoded"} if form else {}
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, path, form, kind | named)
            answer = connection.getresponse()
            named = {name.lower(): value for name, value in answer.headers.items()}
            return answer.status, named, answer.read().decode()
        finally:
            connection.close()

    def worker_ids(self) -> list[int]:
        """The processes that answer: the children of the first one."""
        assert self.process is not None
        return [*map(int, Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split())]

    def control(self, **tampered: float) -> None:
        """What the application is to suffer from its next request on: `clock` (seconds ahead), `read_only` (0 or 1)."""
        new = self.folder / "control.new"
        new.write_text(" ".join(f"{name}={value}" for name, value in tampered.items()))
        new.replace(self.folder / "control")

    @property
    def log(self) -> str:
        return (self.folder / "server.log").read_text(errors="replace")[-3000:]

    def kill(self) -> None:
        """SIGKILL for the server and its workers: no chance to tidy up."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None
