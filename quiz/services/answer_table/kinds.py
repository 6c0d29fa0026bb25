"""What reading a table of answers gives: rows, complaints about rows, and reasons to read nothing at all."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

CARRIED = ("id", "reference")
"""The columns that identify a person and are handed on as they are."""


class BadColumns(ValueError):
    """Raised for a first line that does not say which column is which; `problems` holds every reason."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(self.problems))


class Unreadable(ValueError):
    """A line that cannot be taken apart into cells, or cells that cannot be understood."""


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that could not be read: its line, counted from 1, and why."""

    line: int
    message: str


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """A person's row: answers (1..5) and seconds by item, blanks left out.

    `carried` holds what identifies the person, as far as there are such columns; `groups` the words in the columns
    that the caller named, "" where there is none.
    """

    line: int
    carried: Mapping[str, str]
    groups: Mapping[str, str]
    answers: Mapping[str, int]
    seconds: Mapping[str, float]


def duration(text: str) -> float | None:
    """The seconds that a text says; None if it says none."""
    try:
        time = float(text.replace(",", "."))
    except ValueError:
        return None
    return time if math.isfinite(time) and time >= 0 else None
