"""A server under measurement: granian on cores of its own, with the processor time and the memory that it uses."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: its port, and the process that all its processes are grouped under."""

    port: int
    process: int

    def cpu(self) -> float:
        """Seconds of processor time, of all its processes together, in user and in kernel mode."""
        return sum(each.cpu for each in _processes() if each.group == self.process)

    def memory(self) -> float:
        """Megabytes of memory of its largest worker, pages that are shared counted in proportion (PSS)."""
        return max(_pss(each.id) for each in _processes() if each.group == self.process and each.id != self.process)


@dataclass(frozen=True, slots=True)
class _Process:
    id: int
    name: str
    group: int
    cpu: float


def cpu_of(name: str) -> float:
    """Seconds of processor time of all processes of a name, such as "postgres"."""
    return sum(each.cpu for each in _processes() if each.name == name)


@contextmanager
def served(
    app: str, cores: Collection[int], environment: Mapping[str, str] | None = None, workers: int = 1
) -> Iterator[Server]:
    """Serve an application by workers of one blocking thread each; the server's log goes to a file that vanishes."""
    port = free_port()
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port), "--workers", str(workers)]
    command += ["--blocking-threads", "1", "--no-ws", "--log-level", "warning", app]
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, cores)  # a process begins on the cores of its parent
    with tempfile.TemporaryFile() as log:
        try:
            process = subprocess.Popen(
                command, cwd=PROJECT, env={**os.environ, **(environment or {})}, stderr=log, start_new_session=True
            )
        finally:
            os.sched_setaffinity(0, before)
        try:
            wait_for(port, process)
            yield Server(port, process.pid)
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=20)


def free_port() -> int:
    """A port of this machine that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    """Return when a server answers at a port; raises SystemExit if it ends before, or takes 20 seconds."""
    for _ in range(2000):
        if process.poll() is not None:
            raise SystemExit("the server did not start; run it by hand to see why")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.01)
    raise SystemExit("the server did not answer")


def _processes() -> Iterator[_Process]:
    """Every process with its name, its group (proc(5), fields 2 and 5) and its threads' seconds on a processor."""
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            head, _, tail = (folder / "stat").read_text().rpartition(")")
            # Nanoseconds; "stat" has hundredths of a second, too coarse for a short round.
            cpu = sum(int(file.read_text().split()[0]) for file in folder.glob("task/*/schedstat")) / 1e9
        except OSError:  # it has just ended
            continue
        yield _Process(int(folder.name), head.partition("(")[2], int(tail.split()[2]), cpu)


def _pss(process: int) -> float:
    """Megabytes of a process, from /proc/<pid>/smaps_rollup."""
    lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
