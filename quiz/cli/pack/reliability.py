"""`flask pack reliability`: what a table of real answers says of a pack's items, dimensions and contrasts."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import BinaryIO

import click

from quiz.cli.pack.shared import edition_of, give_up, harmless
from quiz.cli.pack.tables import aligned, collected_from, ignoring
from quiz.core.item_analysis import LEAST_PEOPLE, ItemAnalysis
from quiz.services import estimation, packs
from quiz.services.estimation import Refused, Reliability, documents

PROMISED = ("by the model", "of these answers")
"""The heads of the two reliabilities that the model promises."""


@click.command()
@click.argument("name", metavar="PACK")
@click.argument("answers", type=click.File("rb"))
@click.option("--group", metavar="COLUMN", help="Show each of the groups that this column tells apart by itself.")
@ignoring
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of tables.")
def reliability(name: str, answers: BinaryIO, group: str | None, ignored: Sequence[str], as_json: bool) -> None:
    """Show how reliable the pack is by a table of real ANSWERS ("-" is standard input).

    The table is one as `flask pack score` takes it, or the console's export in JSON Lines with answers. Bad rows are
    reported and left out. Exit code: 0 all good, 1 some rows bad, 2 nothing could be read.
    """
    edition = edition_of(name)
    collected = collected_from(edition, answers, group, ignored)
    parts = estimation.parted(collected) if group else {"": collected}
    try:
        found = {name: estimation.report(edition, part) for name, part in parts.items()}
    except Refused as error:
        give_up(error.problems)
    if not found:
        give_up([f"nobody has a word in the column '{group}'"])
    left = f"{collected.empty} who answered nothing, {packs.counted(len(collected.bad), 'bad row')}"
    left += " (of the whole table)" if group else ""
    if as_json:
        told = {name: documents.reliability(each, parts[name]) for name, each in found.items()}
        click.echo(json.dumps(told if group else told[""], ensure_ascii=False, indent=1))
    for name, each in found.items() if not as_json else ():
        click.echo("\n".join([*([f"# {group}: {harmless(name)}"] if group else []), *_told(each, left), ""]))
    raise SystemExit(1 if collected.bad else 0)


def _told(found: Reliability, left: str) -> Iterator[str]:
    """Yield the lines of the tables; `left` is what the table held besides these people."""
    analysis = found.analysis
    yield f"{analysis.people} people, {analysis.complete} with every answer, {analysis.missing:.1%} of answers missing"
    yield f"left out: {left}"
    yield ""
    yield "Response quality: people who raise a sign"
    yield from aligned([(f"  {flag}", f"{share:.3f}") for flag, share in found.flagged.items()])
    yield f"  result withheld  {found.withheld:.3f}"
    yield ""
    yield from aligned(list(_items(analysis)))
    yield ""
    yield from aligned(list(_dimensions(analysis)))
    yield "  alpha and omega are of the sum of the statements; the errors are in points of the scale of 50 ± 10"
    yield ""
    yield from aligned(list(_contrasts(analysis)))
    yield "  by the model: with every answer; of these answers: with those that people gave, on average"
    yield "  by halves: the form halved, both halves answered by the same people, stepped up; beside it what the model"
    yield "  expects of such halves"
    yield from _lacking(analysis)


def _lacking(analysis: ItemAnalysis) -> Iterator[str]:
    """Yield why figures are missing, and what to do."""
    if analysis.people < LEAST_PEOPLE:
        yield ""
        yield f"–: {LEAST_PEOPLE} people are needed, and there are {analysis.people}. Collect more answers."
        return
    few = [each.id for each in analysis.dimensions if each.statements > 1 and each.people < LEAST_PEOPLE]
    if few:
        yield ""
        yield f"–: {LEAST_PEOPLE} people who answered every statement of a dimension are needed for alpha, omega and"
        yield f"  “with the rest”; fewer did for {', '.join(few)}."
        yield "  Go by “observed” and “by halves”, which take people as they answered, or collect more whole answers."


def _items(analysis: ItemAnalysis) -> Iterator[Sequence[str]]:
    yield "item", "answered", "missing", "mean", "spread", "with the rest", "with all others"
    for item in analysis.items:
        yield (
            *(item.id, str(item.answered), f"{item.missing:.3f}"),
            *map(_three, (item.mean, item.sd, item.rest, item.others)),
        )


def _dimensions(analysis: ItemAnalysis) -> Iterator[Sequence[str]]:
    yield "dimension", "statements", "people", "alpha", "omega", *PROMISED, "observed", "error", "error by alpha"
    for each in analysis.dimensions:
        yield (
            *(each.id, str(each.statements), str(each.people)),
            *map(_three, (each.alpha, each.omega, each.model, each.given, each.observed)),
            *("–" if error is None else f"{error:.1f}" for error in (each.error, each.alpha_error)),
        )


def _contrasts(analysis: ItemAnalysis) -> Iterator[Sequence[str]]:
    yield "contrast", *PROMISED, "observed", "by halves", "halves by the model"
    for each in analysis.contrasts:
        figures = (each.model, each.given, each.observed, each.halves, each.halves_model)
        yield f"{each.first} : {each.second}", *map(_three, figures)


def _three(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"
