"""`flask pack calibrate`: a pack's figures estimated from a table of real answers, written as a new version."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, BinaryIO

import click

from quiz.cli.pack.shared import edition_of, give_up, harmless
from quiz.cli.pack.tables import aligned, collected_from, ignoring
from quiz.services import estimation, packs
from quiz.services.estimation import Incomparable, Refused, documents, writing
from quiz.services.estimation.writing import FolderTaken
from quiz.services.packs import BrokenPack


@click.command()
@click.argument("name", metavar="PACK")
@click.argument("answers", type=click.File("rb"))
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The folder to write; it must not exist.")
@click.option("--group", metavar="COLUMN", help="Compare the groups that this column tells apart, such as language.")
@ignoring
@click.option("--bootstrap", type=click.IntRange(0, 10_000), default=0, metavar="N", help="Ranges from N samples.")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="The day to note; today if none is given.")
@click.option("--everybody", is_flag=True, help="Keep people who answered without reading.")
@click.option("--json", "as_json", is_flag=True, help="Print calibration.json instead of tables.")
def calibrate(
    name: str,
    answers: BinaryIO,
    out: Path,
    group: str | None,
    ignored: Sequence[str],
    bootstrap: int,
    on: datetime | None,
    everybody: bool,
    as_json: bool,
) -> None:
    """Estimate the pack's figures from a table of real ANSWERS ("-" is standard input) and write a new version.

    The table is one as `flask pack score` takes it, or the console's export in JSON Lines with answers. Bad rows are
    reported and left out. Exit code: 0 all good, 1 some rows bad, 2 nothing was written.
    """
    edition = edition_of(name)
    day: date = on.date() if on else datetime.now(UTC).date()
    try:
        writing.free(out)
        collected = collected_from(edition, answers, group, ignored)
        found = estimation.estimate(
            edition, collected, day, bootstrap=bootstrap, by_group=group is not None, everybody=everybody
        )
        writing.write(edition, found, out, group)
    except (FolderTaken, OSError) as error:
        give_up([str(error)])
    except Incomparable as error:
        together = f"To estimate from all of them together, put --ignore {group} in place of --group {group}"
        give_up([*error.problems, together])
    except Refused as error:
        give_up(error.problems)
    told = documents.calibration(found, group)
    click.echo(json.dumps(told, ensure_ascii=False, indent=1) if as_json else "\n".join(_told(told)))
    for warning in found.warnings:
        click.echo(harmless(f"Beware: {warning}."), err=True)
    if not as_json:
        click.echo("\n".join(_after(out)))
    raise SystemExit(1 if collected.bad else 0)


def _told(told: Mapping[str, Any]) -> Iterator[str]:
    """Yield the lines of the tables."""
    fit, left = told["fit"], told["left_out"]
    yield f"{told['people']} people, {told['missing']:.1%} of answers missing"
    yield (
        f"left out: {left['careless']} who answered carelessly, {left['empty']} who answered nothing,"
        f" {packs.counted(left['unreadable'], 'bad row')}"
    )
    chance = told["random"]
    yield f"look random but are kept: {chance['now']:.1%} of people by the new figures, {chance['before']:.1%} so far"
    yield ""
    yield f"log-likelihood {fit['loglik']:.1f}, with the figures so far {fit['assumed']:.1f}"
    yield f"chi-square {fit['chi_square']:.1f} on {fit['freedom']} degrees of freedom"
    yield f"RMSEA {fit['rmsea']:.3f}, SRMR {fit['srmr']:.3f}"
    yield ""
    yield from aligned([("item", "loading", "mean", "spread"), *_items(told["items"])])
    yield ""
    yield from aligned([("correlation", "estimate"), *_correlations(told["correlations"])])
    yield ""
    yield f"habit of agreeing  {_figure(told['acquiescence_sd'])}"
    yield ""
    yield from aligned([("reliability of the contrast", "so far", "now"), *_contrasts(told["contrasts"])])
    if "groups" in told:
        yield ""
        yield from _groups(told["groups"])


def _items(items: Mapping[str, Any]) -> Iterator[Sequence[str]]:
    for item, figures in items.items():
        yield item, *(_figure(figures[name]) for name in ("loading", "mean", "sd"))


def _correlations(pairs: Sequence[Mapping[str, Any]]) -> Iterator[Sequence[str]]:
    for pair in pairs:
        yield f"{pair['a']} : {pair['b']}", _figure(pair)


def _contrasts(pairs: Sequence[Mapping[str, Any]]) -> Iterator[Sequence[str]]:
    for pair in pairs:
        yield f"{pair['first']} : {pair['second']}", f"{pair['before']:.3f}", f"{pair['now']:.3f}"


def _figure(found: Mapping[str, float | None]) -> str:
    """Return "0.571 ± 0.021", and the range where there is one."""
    told = f"{found['estimate']:.3f}" + (" ± ?" if found["error"] is None else f" ± {found['error']:.3f}")
    return told + (f" ({found['low']:.3f} to {found['high']:.3f})" if "low" in found else "")


def _groups(groups: Mapping[str, Any]) -> Iterator[str]:
    """Yield how items differ between groups."""
    people = ", ".join(f"{harmless(name)} ({count})" for name, count in groups["people"].items())
    yield f"Items by {groups['column']}: {people}; differences from '{harmless(groups['reference'])}'"
    rows = [
        (
            *(harmless(each["group"]), each["item"]),
            *(f"{each[key]:+.3f} ± {each[f'{key}_error']:.3f}" for key in ("mean", "loading")),
            *(f"{each['points']:.2f}", _chance(each["chance"]), "unequal" if each["flagged"] else ""),
        )
        for each in groups["differences"]
    ]
    yield from aligned([("group", "item", "mean", "loading", "points apart", "chance", ""), *rows])
    yield ""
    yield "Their traits, in standard deviations, which is no fault of any item"
    traits = [
        (harmless(group), dimension, f"{mean:+.2f}")
        for group, means in groups["traits"].items()
        for dimension, mean in means.items()
    ]
    yield from aligned([("group", "dimension", "mean"), *traits])


def _chance(chance: float) -> str:
    return "< .0001" if chance < 0.0001 else f"{chance:.4f}".removeprefix("0")


def _after(folder: Path) -> Iterator[str]:
    """Yield what was written, what the check says of it, and what to do next."""
    yield ""
    yield f"Written to {folder}."
    try:
        problems = [f"{folder}/{problem}" for problem in packs.problems(str(folder.resolve()))]
    except BrokenPack as error:
        problems = [str(problem) for problem in error.problems]
    yield f"flask pack check finds {packs.counted(len(problems), 'problem')} there{':' if problems else '.'}"
    yield from problems
