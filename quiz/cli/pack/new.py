"""`flask pack new`: a small, complete draft of a pack, whose own words are still to be written."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click

from quiz.cli.pack.shared import give_up
from quiz.services import pack_new


class Names(click.ParamType[tuple[str, ...]]):
    """Names with commas between them."""

    name = "names"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, ...]:  # noqa: ANN401
        """The names, without the spaces around them."""
        if isinstance(value, tuple):
            return value
        return tuple(name.strip() for name in value.split(",") if name.strip())


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--id", help="The pack's id; by default the folder's name.")
@click.option("--languages", type=Names(), metavar="es,en", default="es,en", show_default=True)
@click.option("--roles", type=Names(), metavar="A,B,…", default="first-role,second-role", show_default=True)
def new(folder: Path, id: str | None, languages: tuple[str, ...], roles: tuple[str, ...]) -> None:
    """Write a new pack into FOLDER: small, complete, and ready for `flask pack preview`.

    The texts in it stand in square brackets and say what to write there.
    """
    id = folder.resolve().name if id is None else id
    if reasons := list(pack_new.reasons_against(folder, id, languages, roles)):
        give_up(reasons)
    try:
        pack_new.begin(folder, id, languages, roles, date.today())
    except OSError as error:
        give_up([f"{folder}: {error.strerror}"])
    place = folder if folder.is_absolute() or folder.parts[:1] == ("..",) else f"./{folder}"
    click.echo(f"The pack '{id}' is in {place}. Replace the texts in [square brackets]; the comments say how.\n")
    click.echo(f"  flask pack preview {place}   shows it while you write")
    click.echo(f"  flask pack check {place}     names what is left to do")
