"""`flask pack check`: every problem of a pack, with its file and line."""

from __future__ import annotations

import click

from quiz.services import packs
from quiz.services.packs import BrokenPack


@click.command()
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


def _found(name: str) -> list[str]:
    try:
        return [f"{name}/{problem}" for problem in packs.problems(name)]
    except BrokenPack as error:
        return [str(problem) for problem in error.problems]
