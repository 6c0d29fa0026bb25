"""`flask pack score`: a table of answers in, a table of results out."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, BinaryIO

import click

from quiz.cli.pack.shared import edition_of, give_up, harmless
from quiz.services import scoring
from quiz.services.scoring import BadColumns, BadRow

Writer = Callable[[Mapping[str, Any]], None]


@click.command()
@click.argument("name", metavar="PACK")
@click.argument("answers", type=click.File("rb"))
@click.option("--format", "form", type=click.Choice(["csv", "jsonl"]), default="csv", show_default=True)
@click.option("--language", help="Add the outcome's headline in this language.")
def score(name: str, answers: BinaryIO, form: str, language: str | None) -> None:
    """Score a table of ANSWERS ("-" is standard input), one result row a line.

    The columns are item ids; a blank is unanswered. Optional are `id`, `reference` and `<item>_seconds`.
    Bad rows are reported and left out. Exit code: 0 all good, 1 some rows bad, 2 nothing could be scored.
    """
    edition = edition_of(name)
    source = getattr(answers, "name", "<stdin>")
    if language not in (None, *edition.content.languages):
        raise click.BadParameter(f"the pack has {', '.join(edition.content.languages)}", param_hint="--language")
    try:
        rows = scoring.score(edition, answers)
    except BadColumns as error:
        give_up(f"{source}:1: {problem}" for problem in error.problems)
    write: Writer = _csv_writer() if form == "csv" else _write_json
    bad = 0
    for row in rows:
        if isinstance(row, BadRow):
            click.echo(harmless(f"{source}:{row.line}: {row.message}"), err=True)
            bad += 1
        else:
            write(scoring.document(row, edition, language))
    raise SystemExit(1 if bad else 0)


def _write_json(row: Mapping[str, Any]) -> None:
    click.echo(json.dumps(row, ensure_ascii=False))


def _csv_writer() -> Writer:
    """Return a function that prints one row, and the names of the columns before the first."""
    started = False

    def write(row: Mapping[str, Any]) -> None:
        nonlocal started
        cells = dict(_cells(row))
        if not started:
            click.echo(_csv_line(cells))
            started = True
        click.echo(_csv_line(cells.values()))

    return write


def _csv_line(cells: Iterable[Any]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow(cells)
    return line.getvalue()


def _cells(row: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    """Yield column and cell: {"fits": {"ae": {"low": 40}}} becomes `fits.ae.low`, a list its words."""
    for key, value in row.items():
        if isinstance(value, Mapping):
            yield from _cells(value, f"{above}{key}.")
        elif isinstance(value, list):
            yield above + key, " ".join(value)
        else:
            yield above + key, _no_formula(value) if key in scoring.CARRIED else value


def _no_formula(text: str) -> str:
    """Keep a spreadsheet from taking what came from outside for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
