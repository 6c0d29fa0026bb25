"""What the commands that read tables of answers share: reading one whole, and printing figures in columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import BinaryIO

import click

from quiz.cli.pack.shared import give_up
from quiz.services import estimation
from quiz.services.estimation import BadColumns, Collected
from quiz.services.library import Edition


def collected_from(edition: Edition, answers: BinaryIO, group: str | None = None) -> Collected:
    """Read a table of answers; bad rows are told with their line, and bad columns end the command."""
    source = getattr(answers, "name", "<stdin>")
    try:
        collected = estimation.collect(edition, answers, group)
    except BadColumns as error:
        give_up(f"{source}:1: {problem}" for problem in error.problems)
    for row in collected.bad:
        click.echo(f"{source}:{row.line}: {row.message}", err=True)
    return collected


def aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield the rows as lines, columns two blanks apart: the first one to the left, the others to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for first, *others in rows:
        cells = [first.ljust(widths[0])]
        cells += [cell.rjust(width) for cell, width in zip(others, widths[1:], strict=True)]
        yield "  ".join(cells).rstrip()
