"""What the commands that read tables of answers share: reading one whole, and printing figures in columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import BinaryIO

import click

from quiz.cli.pack.shared import give_up, harmless
from quiz.services import estimation
from quiz.services.estimation import BadColumns, BadRow, Collected
from quiz.services.library import Edition

MANY_ROWS = 20
"""More bad rows than this are counted in a line at the end: the first of them have left the screen."""

ignoring = click.option(
    "--ignore", "ignored", metavar="COLUMN", multiple=True, help="A column to pass over; may be given several times."
)


def collected_from(
    edition: Edition, answers: BinaryIO, group: str | None = None, ignored: Sequence[str] = ()
) -> Collected:
    """Read a table of answers; bad rows are told with their line, and bad columns end the command.

    Where bad rows are many, the last thing that the command says, however it ends, is how many.
    """
    source = getattr(answers, "name", "<stdin>")
    try:
        collected = estimation.collect(edition, answers, group, ignored)
    except BadColumns as error:
        unknown = any(problem.startswith("unknown column") for problem in error.problems)
        hint = ["To pass over columns that are not the pack's, name each: --ignore COLUMN"] if unknown else []
        give_up([*(f"{source}:1: {problem}" for problem in error.problems), *hint])
    for row in collected.bad:
        click.echo(harmless(f"{source}:{row.line}: {row.message}"), err=True)
    if len(collected.bad) > MANY_ROWS:
        summary = harmless(f"{source}: {_summed(collected.bad)}")
        click.get_current_context().call_on_close(lambda: click.echo(summary, err=True))
    return collected


def _summed(bad: Sequence[BadRow]) -> str:
    """How many rows are bad, and how many of them in the most frequent way."""
    [(kind, count)] = Counter(map(_kind, bad)).most_common(1)
    line = next(row.line for row in bad if _kind(row) == kind)
    return f"{len(bad)} bad rows are left out, {count} of them like line {line}: … {kind}"


def _kind(row: BadRow) -> str:
    """What is wrong with a row, without the item and the cell that stand before it."""
    return row.message.rpartition("' ")[2]


def aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield the rows as lines, columns two blanks apart: the first one to the left, the others to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for first, *others in rows:
        cells = [first.ljust(widths[0])]
        cells += [cell.rjust(width) for cell, width in zip(others, widths[1:], strict=True)]
        yield "  ".join(cells).rstrip()
