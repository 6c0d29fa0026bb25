"""A TOML file read for checking: its data, and where in the text each part stands."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from quiz.packs import lines
from quiz.packs.problem import Problem, suggestion
from quiz.packs.schema import FILLED, WORDS

MESSAGES = {
    "missing": "is missing",
    "too_short": "needs at least {min_length}, has {actual_length}",
    "too_long": "takes at most {max_length}, has {actual_length}",
    "union_tag_invalid": "kind '{tag}' is none of {expected_tags}",
    "union_tag_not_found": "kind is missing",
    "value_error": "{error}",
}
"""Plainer words than pydantic's, by the type of its error and filled from the error's context."""


@dataclass(frozen=True)
class TomlFile:
    """A file that parses; `data` has tuples for lists, so that nothing in it can be changed by accident."""

    name: str
    text: str
    data: Mapping[str, Any]

    @cached_property
    def lines(self) -> lines.Lines:
        """Made only once a problem asks for its line."""
        return lines.Lines(self.text)

    def problem(self, message: str, *path: str | int) -> Problem:
        """Return a problem at the line of `path`."""
        return Problem(self.name, self.lines.of(path), message)

    def table(self, *path: str) -> Mapping[str, Any]:
        """Return the table at `path`, empty where there is none."""
        found: Any = self.data
        for key in path:
            found = found.get(key) if isinstance(found, Mapping) else None
        return found if isinstance(found, Mapping) else {}

    def tables(self, key: str) -> tuple[Mapping[str, Any], ...]:
        """Return the array of tables under `key`, empty where it is anything else."""
        found = self.data.get(key)
        good = isinstance(found, tuple) and all(isinstance(entry, Mapping) for entry in found)
        return found if good and found is not None else ()


def read(path: Path) -> TomlFile | Problem:
    """Read a file, or say why it cannot be read."""
    try:
        content = path.read_bytes()
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
        return TomlFile(path.name, text, _frozen(tomllib.loads(text)))
    except OSError as error:
        return Problem(path.name, 0, f"cannot be read: {error.strerror}")
    except UnicodeDecodeError as error:
        return Problem(path.name, content[: error.start].count(b"\n") + 1, "is not UTF-8")
    except tomllib.TOMLDecodeError as error:
        return _misread(path.name, text, str(error))


def form_problems(file: TomlFile, form: TypeAdapter[Any], known: frozenset[str]) -> list[Problem]:
    """Return where a file departs from its form; `known` are all the keys that could have been meant."""
    try:
        form.validate_python(file.data)
    except ValidationError as errors:
        found = [error for error in errors.errors(include_url=False) if not _follows(error)]
        return [_form_problem(file, error["loc"], _message(error, known)) for error in found]
    return []


def _form_problem(file: TomlFile, place: tuple[str | int, ...], message: str) -> Problem:
    """Keep of pydantic's place what stands in the file: it also names the kinds it tried."""
    path: list[str | int] = []
    words: list[str] = []
    here: Any = file.data
    for part in place:
        if isinstance(here, tuple) and isinstance(part, int) and part < len(here):
            here = here[part]
            words.append(str(here.get("id", part + 1)) if isinstance(here, Mapping) else str(part + 1))
            path.append(part)
        elif isinstance(here, Mapping) and part in here:
            here = here[part]
            words.append(str(part))
            path.append(part)
        elif part == place[-1] and message == MESSAGES["missing"]:
            words.append(str(part + 1 if isinstance(part, int) else part))
    return file.problem(f"{'.'.join(words)}: {message}" if words else message, *path)


def _message(error: Any, known: frozenset[str]) -> str:  # noqa: ANN401 - pydantic's ErrorDetails
    kind, context = error["type"], error.get("ctx", {})
    if kind == "extra_forbidden":
        return "is not a known key" + suggestion(str(error["loc"][-1]), known)
    if kind == "string_pattern_mismatch":
        words = WORDS[context["pattern"]]
        return words if context["pattern"] == FILLED else f"'{error['input']}' will not do: it {words}"
    if kind in MESSAGES:
        return MESSAGES[kind].format(**context)
    return str(error["msg"]).removeprefix("Input ")


def _follows(error: Any) -> bool:  # noqa: ANN401 - pydantic's ErrorDetails
    """Whether a list is only too short because entries of it are wrong, which are told by themselves."""
    return error["type"] == "too_short" and bool(len(error["input"]) >= error["ctx"]["min_length"])


def _misread(name: str, text: str, error: str) -> Problem:
    found = re.search(r" \(at line (\d+), column \d+\)$", error)
    line = int(found[1]) if found else text.count("\n") + 1
    return Problem(name, line, f"is not good TOML: {error[: found.start()] if found else error}")


def _frozen(value: Any) -> Any:  # noqa: ANN401 - anything that TOML can hold
    if isinstance(value, dict):
        return {key: _frozen(part) for key, part in value.items()}
    return tuple(_frozen(part) for part in value) if isinstance(value, list) else value
