"""Where something stands in a TOML file: from a path such as ("items", 3, "key") to a line number."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

Path = tuple[str | int, ...]


class Lines:
    """The lines of a text that is known to be good TOML, counted from 1."""

    def __init__(self, text: str) -> None:
        self._lines: dict[Path, int] = {(): 1}
        self._latest: dict[Path, int] = {}
        table: Path = ()
        for number, statement in _statements(text):
            content = tomllib.loads(statement)
            if statement.lstrip().startswith("["):
                table = self._enter(content)
                self._note(table, number)
            else:
                for path in _paths(content):
                    self._note(table + path, number)

    def of(self, path: Path) -> int:
        """Return the line of `path`, or of the nearest thing around it that has a line of its own."""
        while path not in self._lines:
            path = path[:-1]
        return self._lines[path]

    def _note(self, path: Path, number: int) -> None:
        for length in range(1, len(path) + 1):
            self._lines.setdefault(path[:length], number)

    def _enter(self, header: Mapping[str, Any]) -> Path:
        """Return the path of the table that a header opens, counting the tables of an array."""
        path: Path = ()
        inside: Any = header
        while inside:
            if isinstance(inside, list):
                self._latest[path] = self._latest.get(path, -1) + 1
                return (*path, self._latest[path])
            if path in self._latest:
                path = (*path, self._latest[path])
            [(key, inside)] = inside.items()
            path = (*path, key)
        return path


def _statements(text: str) -> Iterator[tuple[int, str]]:
    """Yield each header or assignment with its first line: it ends where it first parses."""
    start, pending = 1, ""
    for number, line in enumerate(text.split("\n"), 1):
        pending += line + "\n"
        try:
            tomllib.loads(pending)
        except tomllib.TOMLDecodeError:
            continue
        if pending.strip() and not pending.lstrip().startswith("#"):
            yield start, pending
        start, pending = number + 1, ""


def _paths(value: object) -> Iterator[Path]:
    """Yield the path of everything within a value: keys of tables, places in lists."""
    if isinstance(value, Mapping):
        inside: list[tuple[str | int, object]] = list(value.items())
    else:
        inside = list(enumerate(value)) if isinstance(value, list) else []
    for key, part in inside:
        yield (key,)
        yield from ((key, *path) for path in _paths(part))
