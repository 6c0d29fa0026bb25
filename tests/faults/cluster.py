"""A PostgreSQL server of a test's own, which can be killed, frozen and started again."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from hurt_server import PATIENCE, free_port


def programs() -> Path:
    """Where PostgreSQL's programs are; without them the test is skipped, and on a CI machine that is a failure."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    if at := shutil.which("initdb"):
        return Path(at).parent
    assert os.environ.get("CI") != "true", "there is no PostgreSQL"
    pytest.skip("there is no PostgreSQL")


@contextlib.contextmanager
def open_folder() -> Iterator[Path]:
    """A folder that others may go into as well; those that pytest makes are for their owner alone."""
    with tempfile.TemporaryDirectory(prefix="rolefit-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


class Cluster:
    """PostgreSQL with its files in a folder, run as the user postgres where the tests are run as root."""

    def __init__(self, folder: Path) -> None:
        self.programs, self.folder, self.port = programs(), folder, free_port()
        self.url = f"postgresql://postgres@127.0.0.1:{self.port}"
        self.user = "postgres" if os.geteuid() == 0 else None
        self.process: subprocess.Popen[bytes] | None = None
        folder.mkdir(exist_ok=True)
        if self.user:
            shutil.chown(folder, self.user, self.user)
        self._run("initdb", "--username=postgres", "--auth=trust", "--encoding=UTF8", "--no-sync")

    def start(self) -> Cluster:
        where = ["-c", "listen_addresses=127.0.0.1", "-p", str(self.port), "-k", str(self.folder)]
        small = ["-c", "shared_buffers=16MB", "-c", "max_wal_size=64MB", "-c", "min_wal_size=32MB"]
        self.process = subprocess.Popen(
            [self.programs / "postgres", "-D", self._data, *where, *small],
            user=self.user,
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        deadline = time.monotonic() + PATIENCE
        while True:
            with contextlib.suppress(psycopg.OperationalError), psycopg.connect(f"{self.url}/postgres"):
                return self
            assert self.process.poll() is None, "PostgreSQL ended by itself"
            assert time.monotonic() < deadline, "PostgreSQL does not answer"
            time.sleep(0.05)

    def make(self, name: str) -> str:
        """An empty database; its address."""
        self.run(f'CREATE DATABASE "{name}"')
        return f"{self.url}/{name}"

    def run(self, sql: str) -> None:
        with psycopg.connect(f"{self.url}/postgres", autocommit=True) as connection:
            connection.execute(sql)

    def run_if_there(self, sql: str) -> None:
        """The same, whatever becomes of it."""
        with contextlib.suppress(psycopg.Error):
            self.run(sql)

    def has_ended(self) -> bool:
        """Whether it has given up by itself."""
        return self.process is None or self.process.poll() is not None

    def keeps_again(self) -> bool:
        """Wait whether it goes on by itself: it may have given up, or give up in a moment."""
        deadline = time.monotonic() + PATIENCE
        while not self.has_ended() and time.monotonic() < deadline:
            with contextlib.suppress(psycopg.Error):
                self.run("CHECKPOINT")
                return True
            time.sleep(0.05)
        return False

    def kill(self) -> None:
        """SIGKILL for every process of it at once, as a machine does that loses its power, but for the disk."""
        self._signal(signal.SIGKILL, everyone=True)
        if self.process is not None:
            self.process.wait()
            self.process = None

    def process_ids(self) -> list[int]:
        """The first process and all that it started: each connection has one, in a group of its own."""
        assert self.process is not None
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return [self.process.pid, *map(int, children)]

    def freeze(self) -> None:
        self._signal(signal.SIGSTOP, everyone=True)

    def thaw(self) -> None:
        self._signal(signal.SIGCONT, everyone=True)

    def stop(self) -> None:
        """As an operator stops it who does not want to wait: what is under way is broken off."""
        if self.process is not None:
            self._signal(signal.SIGINT)
            self.process.wait(PATIENCE)
            self.process = None

    @property
    def _data(self) -> str:
        return str(self.folder / "data")

    def _signal(self, what: signal.Signals, *, everyone: bool = False) -> None:
        if self.process is None or self.process.poll() is not None:
            return
        for number in self.process_ids() if everyone else [self.process.pid]:
            with contextlib.suppress(ProcessLookupError):
                os.kill(number, what)

    def _run(self, program: str, *options: str) -> None:
        subprocess.run(
            [self.programs / program, "-D", self._data, *options],
            check=True,
            user=self.user,
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
        )
