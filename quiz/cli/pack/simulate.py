"""`flask pack simulate`: how well a pack tells simulated people's best role."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from quiz.cli.pack.plots import write_plots
from quiz.cli.pack.shared import Number, edition_of, give_up
from quiz.core import simulate as simulation
from quiz.core.pack import Pack
from quiz.core.simulate import USUAL, CarelessKind, Report, Styles
from quiz.services.library import Edition

PEOPLE = 20_000
PEOPLE_SAVED = 100_000
SHARE = Number(0, 1)


@click.command()
@click.argument("name", metavar="PACK")
@click.option("--people", type=click.IntRange(1, 1_000_000), help=f"{PEOPLE:,} by default, {PEOPLE_SAVED:,} to save.")
@click.option("--seed", type=click.IntRange(min=0), default=1, show_default=True)
@click.option(
    "--acquiescence",
    type=Number(0, 10),
    metavar="SD",
    default=USUAL.acquiescence,
    show_default=True,
    help="The standard deviation of yes-saying.",
)
@click.option("--careless", type=SHARE, default=USUAL.careless, help="The share who answer without reading.")
@click.option(
    "--careless-kind",
    type=click.Choice([kind.value for kind in CarelessKind]),
    help="How they do: at random by default.",
)
@click.option("--faking", type=SHARE, default=USUAL.faking, help="The share who present themselves too well.")
@click.option("--towards", metavar="ROLE", help="The role that they fake towards, instead of every dimension alike.")
@click.option(
    "--misspecified",
    type=Number(0, 1),
    metavar="SD",
    default=USUAL.misspecified,
    help="How far the items' true loadings lie from the assumed ones.",
)
@click.option("--early", type=SHARE, default=USUAL.early, help="The share who finish between the minimum and the end.")
@click.option(
    "--extreme",
    type=Number(0, 3),
    metavar="SD",
    default=USUAL.extreme,
    help="How differently people use the width of the scale, in logarithms.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")
@click.option("--plots", type=click.Path(file_okay=False, path_type=Path), help="A folder to draw two SVG files into.")
@click.option("--save", is_flag=True, help="Keep the figures and fixed scenarios in the pack's simulated.json.")
def simulate(
    name: str,
    people: int | None,
    seed: int,
    careless_kind: str | None,
    towards: str | None,
    as_json: bool,
    plots: Path | None,
    save: bool,
    **styles: float,
) -> None:
    """Show how well the pack tells simulated people's best role, whose true traits are known.

    With other response styles than the usual ones, the same people with the usual ones are shown beside them. With more
    than two roles "least reliability" is that of the two that are hardest to tell apart.
    """
    edition = edition_of(name)
    wanted = _styles(edition.pack, careless_kind, towards, **styles)
    if save:
        if wanted != USUAL or as_json:
            raise click.UsageError(
                "--save keeps the usual people and scenarios of its own; leave the other options out"
            )
        _save(edition, people or PEOPLE_SAVED, seed, plots)
        return
    measure, people = edition.measure, people or PEOPLE
    lengths = range(2, len(measure.pack.items), 2) if plots else ()
    report = simulation.report(measure, people, seed, wanted, lengths={*lengths, *simulation.lengths_of(measure.pack)})
    usual = None if wanted == USUAL else simulation.report(measure, people, seed)
    if plots:
        write_plots(asdict(report), measure.pack.minimum, len(measure.pack.roles), plots)
    if as_json:
        compared = {} if usual is None else {"styles": asdict(wanted), "usual": asdict(usual)}
        click.echo(_json(asdict(report) | compared))
    else:
        pairs = len(measure.pack.roles) > 2
        click.echo("\n".join([*_told(report, several=pairs), *(_compared(report, usual, wanted) if usual else ())]))


def _styles(pack: Pack, careless_kind: str | None, towards: str | None, **styles: float) -> Styles:
    """The styles asked for; a complaint where one makes no sense without another, or the role is unknown."""
    if careless_kind and not styles["careless"]:
        raise click.UsageError(
            "--careless-kind says how careless people answer; say with --careless how many there are"
        )
    if towards and not styles["faking"]:
        raise click.UsageError("--towards says where faking people aim; say with --faking how many there are")
    if towards not in (None, *pack.role_ids):
        raise click.BadParameter(f"the pack's roles are {', '.join(pack.role_ids)}", param_hint="--towards")
    return Styles(**styles, careless_kind=CarelessKind(careless_kind or USUAL.careless_kind), towards=towards)


def _save(edition: Edition, people: int, seed: int, plots: Path | None) -> None:
    file = edition.content.folder / "simulated.json"
    figures = simulation.published(edition.measure, people, seed)
    try:
        file.write_text(_json(figures) + "\n", encoding="utf-8")
    except OSError as error:
        give_up([f"{file}: cannot be written: {error.strerror}"])
    if plots:
        write_plots(figures, edition.pack.minimum, len(edition.pack.roles), plots)
    click.echo(f"{people} simulated people, seed {seed}: saved to {file}")


def _json(figures: dict[str, Any]) -> str:
    # JSON has no "not a number", which stands where there is nobody.
    return json.dumps(json.loads(json.dumps(figures), parse_constant=lambda _: None), indent=2)


def _told(report: Report, *, several: bool) -> Iterator[str]:
    """Yield the lines of a report; with `several` pairs of roles the reliability is that of the least reliable."""
    reliability = "least reliability" if several else "reliability"
    yield f"{report.people} simulated people, seed {report.seed}"
    yield ""
    yield f"questions  {reliability}  accuracy  called  accuracy when called"
    for row in report.lengths:
        yield (
            f"{row.questions:9}  {row.reliability:{len(reliability)}.3f}  {row.accuracy:8.3f}  {row.called:6.3f}"
            f"  {row.accuracy_when_called:20.3f}"
        )
    yield ""
    yield "With all questions:"
    yield f"  Brier score                              {report.brier:.3f}"
    yield f"  expected calibration error               {report.calibration_error:.3f}"
    yield f"  coverage of the 90 % interval            {report.coverage:.3f}"
    for flag, share in report.flagged.items():
        yield f"  attentive people flagged {flag:14}  {share:.4f}"
    yield f"  attentive people flagged at all          {report.flagged_any:.4f}"
    yield f"  attentive people withheld by the rules   {report.withheld:.4f}"
    yield f"  careless people withheld by the rules    {report.withheld_careless:.3f}"
    yield f"  careless people named a role             {report.called_careless:.3f}"
    yield ""
    yield "stated probability  people  mean stated  truly right"
    for part in report.calibration:
        yield f"{part.low:.2f} to {part.high:.2f}        {part.people:7}  {part.stated:11.3f}  {part.right:11.3f}"


def _compared(report: Report, usual: Report, styles: Styles) -> Iterator[str]:
    """Yield what response styles change, with all questions."""
    other = {name: value for name, value in asdict(styles).items() if value != getattr(USUAL, name)}
    yield ""
    yield f"With {', '.join(f'{name} {value}' for name, value in other.items())}:".replace("_", " ")
    for figure in ("accuracy", "called", "accuracy_when_called"):
        words = figure.replace("_", " ")
        yield f"  {words:39}  {getattr(report, figure):.3f}, as usual {getattr(usual, figure):.3f}"
    if styles.faking and styles.towards:
        yield (
            f"  {'fakers named the role they aim at':39}  {report.aim_reached:.3f}, without faking"
            f" {report.aim_otherwise:.3f}"
        )
