"""`flask pack order`: in which order a pack's questions tell most, beside the order that it has."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence

import click

from quiz.cli.pack.shared import edition_of, give_up
from quiz.core import order as ordering


@click.command()
@click.argument("name", metavar="PACK")
@click.option("--write", is_flag=True, help="Move the items in pack.toml into this order.")
def order(name: str, write: bool) -> None:
    """Show the order in which the pack's questions tell most about the roles, with the content in balance.

    Beside each question stands the reliability after it, and after as many in the pack's own order: the share of the
    contrast's variance that is accounted for. With more than two roles it is the mean over all pairs of them, while
    `flask pack simulate` tells the least.
    """
    edition = edition_of(name)
    measure, own = edition.measure, edition.pack.item_ids
    best = ordering.greedy(measure)
    width = max(map(len, own))
    head = "mean reliability" if len(edition.pack.roles) > 2 else "reliability"
    click.echo(f"    {'question':{width}}  {head}  {'own order':{width}}  {head}")
    rows = zip(best, ordering.reliabilities(measure, best), own, ordering.reliabilities(measure, own), strict=True)
    for place, (item, reached, own_item, own_reached) in enumerate(rows, start=1):
        line = f"{place:3} {item:{width}}  {reached:{len(head)}.3f}  {own_item:{width}}  {own_reached:{len(head)}.3f}"
        click.echo(line + ("  minimum" if place == edition.pack.minimum else ""))
    if write and best != own:
        file = edition.content.folder / "pack.toml"
        try:
            file.write_text(rearranged(file.read_text(encoding="utf-8"), best), encoding="utf-8")
        except OSError as error:
            give_up([f"{file}: cannot be written: {error.strerror}"])
        click.echo(f"{file}: the items stand in this order now")


def rearranged(text: str, ids: Sequence[str]) -> str:
    """The text of a pack.toml with its [[items]] in the order of `ids`; all else, and each item's own lines, stay."""
    head, *blocks = re.split(r"(?m)^(?=\[\[items\]\])", text)
    *others, last = blocks
    # Tables may follow the items: they stay at the end.
    after = re.search(r"(?m)^\[(?!\[items\]\])", last)
    last, tail = (last[: after.start()], last[after.start() :]) if after else (last, "")
    by_id = {tomllib.loads(block)["items"][0]["id"]: block.strip() for block in (*others, last)}
    return head + "\n\n".join(by_id[id] for id in ids) + "\n" + (f"\n{tail}" if tail else "")
