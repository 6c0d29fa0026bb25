"""A disk that can be full: a small file system of its own where we may mount one, else a limit that does the same."""

from __future__ import annotations

import resource
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hurt_server import Served

MIB = 1024 * 1024


@contextmanager
def mounted(folder: Path, mib: int) -> Iterator[bool]:
    """A file system of that size at a folder; False where we may not mount one."""
    folder.mkdir(exist_ok=True)
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={mib}m", "tmpfs", folder], capture_output=True, check=False
    )
    try:
        yield made.returncode == 0
    finally:
        if made.returncode == 0:
            subprocess.run(["umount", "--lazy", folder], check=True)


@contextmanager
def full(folder: Path) -> Iterator[None]:
    """No room is left on a mounted disk."""
    rest = folder / "rest"
    with rest.open("wb", buffering=0) as file:
        try:
            while file.write(bytes(4096)):
                pass
        except OSError:
            pass
    try:
        yield
    finally:
        rest.unlink()


@contextmanager
def no_longer_files(place: Served) -> Iterator[None]:
    """Where there is no disk to fill: no process of the server may write into a file."""
    numbers = place.worker_ids()
    for number in numbers:
        limits = resource.prlimit(number, resource.RLIMIT_FSIZE)
        resource.prlimit(number, resource.RLIMIT_FSIZE, (1, limits[1]))
    try:
        yield
    finally:
        for number in numbers:
            resource.prlimit(number, resource.RLIMIT_FSIZE, (limits[1], limits[1]))
