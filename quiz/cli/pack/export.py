"""`flask pack export`: a pack as one JSON document."""

from __future__ import annotations

from pathlib import Path

import click

from quiz.cli.pack.shared import give_up
from quiz.services import pack_export
from quiz.services.packs import BrokenPack


@click.command()
@click.argument("name", metavar="PACK")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="The file to write; else it is printed.")
def export(name: str, out: Path | None) -> None:
    """Write PACK as one JSON document: structure, parameters, every text, golden people, and figures if there are any.

    Its form is told by docs/pack.schema.json. The same pack always gives the same document.
    """
    try:
        text = pack_export.export(name)
        if out is None:
            click.echo(text, nl=False)
        else:
            out.write_text(text, encoding="utf-8")
    except BrokenPack as error:
        give_up(str(problem) for problem in error.problems)
    except OSError as error:
        give_up([f"{out}: {error.strerror}"])
