"""A server under measurement: granian on a core of its own, with the processor time that it has used."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
PROJECT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: its port, and the process that all its processes are grouped under."""

    port: int
    process: int

    def cpu(self) -> float:
        """Seconds of processor time, of all its processes together, in user and in kernel mode."""
        return sum(times for group, times in _processes() if group == self.process)


@contextmanager
def served(app: str, core: int, environment: Mapping[str, str] | None = None) -> Iterator[Server]:
    """Serve an application as `make run` does: one worker, one blocking thread."""
    port = _free_port()
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port), "--workers", "1"]
    command += ["--blocking-threads", "1", "--no-ws", "--log-level", "warning", app]
    cores = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {core})  # a process begins on the cores of its parent
    try:
        process = subprocess.Popen(
            command, cwd=PROJECT, env={**os.environ, **(environment or {})}, start_new_session=True
        )
    finally:
        os.sched_setaffinity(0, cores)
    try:
        _await(port, process)
        yield Server(port, process.pid)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=20)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _await(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(200):
        if process.poll() is not None:
            raise SystemExit("the server did not start")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise SystemExit("the server did not answer")


def _processes() -> Iterator[tuple[int, float]]:
    """The process group and the seconds of processor time of every process (proc(5), fields 5, 14 and 15)."""
    for file in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = file.read_text().rpartition(")")[2].split()
        except OSError:  # it has just ended
            continue
        yield int(fields[2]), (int(fields[11]) + int(fields[12])) / TICKS
