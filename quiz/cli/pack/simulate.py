"""`flask pack simulate`: how well a pack tells simulated people's best role."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict

import click

from quiz.cli.pack.shared import Number, edition_of
from quiz.core import simulate as simulation
from quiz.core.simulate import USUAL, Report, Styles


@click.command()
@click.argument("name", metavar="PACK")
@click.option("--people", type=click.IntRange(1, 1_000_000), default=20_000, show_default=True)
@click.option("--seed", type=click.IntRange(min=0), default=1, show_default=True)
@click.option("--careless", type=Number(0, 1), default=USUAL.careless, help="The share who answer evenly at random.")
@click.option("--faking", type=Number(0, 1), default=USUAL.faking, help="The share who present themselves too well.")
@click.option(
    "--acquiescence",
    type=Number(0, 10),
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
    measure, wanted = edition_of(name).measure, Styles(**styles)
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
