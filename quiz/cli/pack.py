"""`flask pack`: check packs, simulate people who take them, score tables of answers."""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict
from typing import Any, BinaryIO, NoReturn

import click
from flask.cli import AppGroup

from quiz.core import simulate as simulation
from quiz.core.simulate import USUAL, Report, Styles
from quiz.services import packs, scoring
from quiz.services.library import Edition
from quiz.services.packs import BrokenPack
from quiz.services.scoring import BadColumns, BadRow

pack = AppGroup("pack", help="Check, simulate and score packs. PACK is a shipped pack's name or a folder.")

Writer = Callable[[Mapping[str, Any]], None]

UNUSABLE = 2
"""The exit code where nothing could be done: no such pack, a broken one, columns that make no sense."""


class _Number(click.FloatRange):
    """A number in a range; "nan" is none."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:  # noqa: ANN401
        number = float(super().convert(value, param, ctx))
        if math.isnan(number):
            self.fail(f"{value!r} is not a number", param, ctx)
        return number


@pack.command()
@click.argument("names", metavar="[PACK]...", nargs=-1)
def check(names: tuple[str, ...]) -> None:
    """Report every problem of the packs (of all shipped ones by default); exit 1 if there is any."""
    wanted = names or packs.shipped()
    total = 0
    for name in wanted:
        for problem in _found(name):
            click.echo(problem)
            total += 1
    click.echo(f"{packs.counted(len(wanted), 'pack')} checked, {packs.counted(total, 'problem')}")
    raise SystemExit(1 if total else 0)


@pack.command()
@click.argument("name", metavar="PACK")
@click.option("--people", type=click.IntRange(1, 1_000_000), default=20_000, show_default=True)
@click.option("--seed", type=click.IntRange(min=0), default=1, show_default=True)
@click.option("--careless", type=_Number(0, 1), default=USUAL.careless, help="The share who answer evenly at random.")
@click.option("--faking", type=_Number(0, 1), default=USUAL.faking, help="The share who present themselves too well.")
@click.option(
    "--acquiescence",
    type=_Number(0, 10),
    metavar="SD",
    default=USUAL.acquiescence,
    show_default=True,
    help="The standard deviation of yes-saying.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")
def simulate(name: str, people: int, seed: int, as_json: bool, **styles: float) -> None:
    """Show how well the pack tells simulated people's best role, whose true traits are known.

    With other response styles than the usual ones, the same people with the usual ones are shown beside them.
    """
    measure, wanted = _edition(name).measure, Styles(**styles)
    report = simulation.report(measure, people, seed, wanted)
    usual = None if wanted == USUAL else simulation.report(measure, people, seed)
    if as_json:
        compared = {} if usual is None else {"styles": asdict(wanted), "usual": asdict(usual)}
        # JSON has no "not a number", which stands where no one was called.
        figures = json.loads(json.dumps(asdict(report) | compared), parse_constant=lambda _: None)
        click.echo(json.dumps(figures, indent=2))
    else:
        click.echo("\n".join([*_told(report), *(_compared(report, usual, wanted) if usual else ())]))


def _told(report: Report) -> Iterator[str]:
    """Yield the lines of a report."""
    yield f"{report.people} simulated people, seed {report.seed}"
    yield ""
    yield "questions  reliability  accuracy  called  accuracy when called"
    for row in report.lengths:
        yield (
            f"{row.questions:9}  {row.reliability:11.3f}  {row.accuracy:8.3f}  {row.called:6.3f}"
            f"  {row.accuracy_when_called:20.3f}"
        )
    yield ""
    yield "With all questions:"
    yield f"  Brier score                              {report.brier:.3f}"
    yield f"  expected calibration error               {report.calibration_error:.3f}"
    yield f"  coverage of the 90 % interval            {report.coverage:.3f}"
    yield f"  attentive people given no result         {report.withheld:.3f}"
    yield f"  careless people given no result          {report.withheld_careless:.3f}"
    for flag, share in report.flagged.items():
        yield f"  attentive people flagged {flag:14}  {share:.3f}"


def _compared(report: Report, usual: Report, styles: Styles) -> Iterator[str]:
    """Yield what response styles change, with all questions."""
    yield ""
    yield f"Careless {styles.careless:g}, faking {styles.faking:g}, acquiescence {styles.acquiescence:g}:"
    for figure in ("accuracy", "called", "accuracy_when_called"):
        words = figure.replace("_", " ")
        yield f"  {words:39}  {getattr(report, figure):.3f}, as usual {getattr(usual, figure):.3f}"


@pack.command()
@click.argument("name", metavar="PACK")
@click.argument("answers", type=click.File("rb"))
@click.option("--format", "form", type=click.Choice(["csv", "jsonl"]), default="csv", show_default=True)
@click.option("--language", help="Add the outcome's headline in this language.")
def score(name: str, answers: BinaryIO, form: str, language: str | None) -> None:
    """Score a table of ANSWERS ("-" is standard input), one result row a line.

    The columns are item ids; a blank is unanswered. Optional are `id`, `reference` and `<item>_seconds`.
    Bad rows are reported and left out. Exit code: 0 all good, 1 some rows bad, 2 nothing could be scored.
    """
    edition = _edition(name)
    source = getattr(answers, "name", "<stdin>")
    if language not in (None, *edition.content.languages):
        raise click.BadParameter(f"the pack has {', '.join(edition.content.languages)}", param_hint="--language")
    try:
        rows = scoring.score(edition, answers)
    except BadColumns as error:
        _give_up(f"{source}:1: {problem}" for problem in error.problems)
    write: Writer = _csv_writer() if form == "csv" else _write_json
    bad = 0
    for row in rows:
        if isinstance(row, BadRow):
            click.echo(f"{source}:{row.line}: {row.message}", err=True)
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
            yield above + key, _harmless(value) if key in scoring.CARRIED else value


def _harmless(text: str) -> str:
    """Keep a spreadsheet from taking what came from outside for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def _found(name: str) -> list[str]:
    try:
        return [f"{name}/{problem}" for problem in packs.problems(name)]
    except BrokenPack as error:
        return [str(problem) for problem in error.problems]


def _edition(name: str) -> Edition:
    try:
        return packs.edition(name)
    except BrokenPack as error:
        _give_up(str(problem) for problem in error.problems)


def _give_up(messages: Iterable[str]) -> NoReturn:
    for message in messages:
        click.echo(message, err=True)
    raise SystemExit(UNUSABLE)
