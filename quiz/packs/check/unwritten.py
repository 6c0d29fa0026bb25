"""Checks for what is still to be written: texts in square brackets, as `flask pack new` leaves them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

from quiz.packs.draft import Draft
from quiz.packs.lines import Path
from quiz.packs.problem import Problem, counted


def unwritten(draft: Draft) -> Iterator[Problem]:
    """Yield one problem for each part of a file that holds such texts: how many there are, and where the first is."""
    for file in [*draft.languages.values(), *([draft.golden] if draft.golden else [])]:
        for part, places in groupby(_bracketed(file.data), key=lambda place: place[0]):
            first, *others = places
            told = f"{counted(1 + len(others), 'text')} still to be written, in [square brackets]"
            yield file.problem(f"{part}: {told}", *first)


def _bracketed(value: Any, path: Path = ()) -> Iterator[Path]:  # noqa: ANN401 - any TOML value
    """Yield where each of these texts stands, in the order of the file."""
    if isinstance(value, str) and value.startswith("[") and value.endswith("]"):
        yield path
    inside = value.items() if isinstance(value, Mapping) else enumerate(value) if isinstance(value, tuple) else ()
    for key, part in inside:
        yield from _bracketed(part, (*path, key))
