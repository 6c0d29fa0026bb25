"""Figures that only grow, kept by each worker and added up over all workers that one server has started.

A worker counts in memory that is mapped to a file of its own, which costs no more than counting in memory. Whoever
asks is answered by one worker, and that one reads the files of all: of those, too, that have ended since.
"""

from __future__ import annotations

import contextlib
import mmap
import multiprocessing
import os
import shutil
import tempfile
import threading
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path

from quiz.core.outcome import Kind

_WIDTH = 8
"""Bytes of a figure: a whole number of 64 bits."""


class Tally:
    """Figures by their names, each of which begins with 0."""

    def __init__(self, kind: str, names: Sequence[str], folder: Path | None = None) -> None:
        """`folder` is shared with other workers; without one, or where it cannot be used, the figures are our own."""
        self.names = tuple(names)
        self.place: Mapping[str, int] = {name: place for place, name in enumerate(self.names)}
        self._lock = threading.Lock()
        self._folder = folder
        # Another version of the code may count other things; its files are not ours.
        self._prefix = f"{kind}-{zlib.crc32(' '.join(self.names).encode()):08x}-"
        self._cells = memoryview(self._memory()).cast("Q")

    def add(self, *figures: tuple[int, int]) -> None:
        """Add to figures by their places."""
        with self._lock:
            for place, amount in figures:
                self._cells[place] += amount

    def add_time(self, total: int, amount: int, one: int, other: int) -> None:
        """Add an amount at one place, and 1 at two others, at once and in the shortest way."""
        cells = self._cells
        with self._lock:
            cells[total] += amount
            cells[one] += 1
            cells[other] += 1

    def count(self, name: str) -> None:
        """One more of what has this name."""
        self.add((self.place[name], 1))

    def figures(self) -> dict[str, int]:
        """The figures of all workers together, by name."""
        found = [list(self._cells)] if self._folder is None else list(filter(None, map(self._read, self._files())))
        return {name: sum(cells[place] for cells in found) for name, place in self.place.items()}

    def _memory(self) -> mmap.mmap:
        size = _WIDTH * len(self.names)
        if self._folder is not None:
            try:
                with (self._folder / f"{self._prefix}{os.getpid()}").open("a+b") as file:
                    file.truncate(size)
                    return mmap.mmap(file.fileno(), size)
            except OSError:
                self._folder = None
        return mmap.mmap(-1, size)

    def _files(self) -> list[Path]:
        return sorted(self._folder.glob(f"{self._prefix}*")) if self._folder else []

    def _read(self, file: Path) -> list[int] | None:
        with contextlib.suppress(OSError):
            written = file.read_bytes()
            if len(written) == _WIDTH * len(self.names):
                return list(memoryview(written).cast("Q"))
        return None


def shared_folder() -> Path | None:
    """Where the workers of one server count; None for a process that no server has started as one of several."""
    server = multiprocessing.parent_process()
    if server is None or server.pid is None:
        return None
    root = Path(tempfile.gettempdir())
    prefix = f"rolefit-{os.getuid()}-"
    folder = root / f"{prefix}{server.pid}"
    try:
        for other in root.glob(f"{prefix}*"):
            number = other.name.removeprefix(prefix)
            if number.isdigit() and not _runs(int(number)):
                shutil.rmtree(other, ignore_errors=True)
        folder.mkdir(mode=0o700, exist_ok=True)
        found = folder.lstat()
    except OSError:
        return None
    # Others may write to the folder of temporary files as well: only one that is ours alone is believed.
    ours = folder.is_dir() and not folder.is_symlink() and found.st_uid == os.getuid() and not found.st_mode & 0o077
    return folder if ours else None


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True


STARTED = "started"
FINISHED = "finished"
people = Tally("people", [STARTED, FINISHED, *(kind.value for kind in Kind)], shared_folder())
"""Attempts that were started and finished, and how many finished with each kind of outcome."""


def started() -> None:
    """Somebody has begun."""
    people.count(STARTED)


def finished(kind: str) -> None:
    """Somebody has finished for the first time, with an outcome of this kind."""
    people.add((people.place[FINISHED], 1), (people.place[kind], 1))
