"""A disk that can be full: a small file system of its own where we may mount one, else a limit that does the same."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

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
def no_longer_files(numbers: Iterable[int], user: str | None = None) -> Iterator[None]:
    """Where there is no disk to fill: no process of a user may write into a file, nor what it starts."""
    numbers = list(numbers)

    def limit(most: str) -> None:
        for number in numbers:  # whoever has ended meanwhile needs no limit
            subprocess.run(
                ["prlimit", f"--pid={number}", f"--fsize={most}:"], user=user, capture_output=True, check=False
            )

    limit("1")
    try:
        yield
    finally:
        limit("unlimited")
