"""What the commands of `flask pack` share: the pack that is meant, numbers in a range, giving up."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any, NoReturn

import click

from quiz.services import packs
from quiz.services.library import Edition
from quiz.services.packs import BrokenPack

UNUSABLE = 2
"""The exit code where nothing could be done: no such pack, a broken one, columns that make no sense."""


class Number(click.FloatRange):
    """A number in a range; "nan" is none."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:  # noqa: ANN401
        """The number, or a complaint."""
        number = float(super().convert(value, param, ctx))
        if math.isnan(number):
            self.fail(f"{value!r} is not a number", param, ctx)
        return number


def edition_of(name: str) -> Edition:
    """The pack of a name or a folder, ready to score; where it has problems, all are told and the command ends."""
    try:
        return packs.edition(name)
    except BrokenPack as error:
        give_up(str(problem) for problem in error.problems)


def harmless(text: str) -> str:
    """The text on one line and with nothing that a terminal obeys: what cannot be printed is spelled, as in `\\x1b`.

    For all that comes out of files which others have written: cells, names of columns and of groups.
    """
    return "".join(each if each.isprintable() else each.encode("unicode_escape").decode() for each in text)


def give_up(messages: Iterable[str]) -> NoReturn:
    """Say why nothing could be done, and end the command."""
    for message in messages:
        click.echo(harmless(message), err=True)
    raise SystemExit(UNUSABLE)
