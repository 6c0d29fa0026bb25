"""`flask pack preview`: one pack as the application serves it, read anew whenever one of its files was saved."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click
from flask import current_app
from flask.cli import with_appcontext
from werkzeug.serving import WSGIRequestHandler, make_server

from quiz.cli.house import house
from quiz.cli.pack.previewing import HOME, Preview
from quiz.cli.pack.shared import give_up
from quiz.services import packs
from quiz.services.pack_preview import Reading
from quiz.services.packs import BrokenPack

if TYPE_CHECKING:
    from flask import Flask


class Quiet(WSGIRequestHandler):
    """Logs no requests: their addresses hold tokens, and the terminal is for what changed in the pack."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing."""


@click.command()
@click.argument("name", metavar="PACK")
@click.option("--port", type=click.IntRange(1, 65535), default=8002, show_default=True, help="Where to serve it.")
@with_appcontext
def preview(name: str, port: int) -> None:
    """Serve PACK on this machine and show it anew after every save; Ctrl+C ends it.

    Reload the page in the browser to see what was saved. Answers go to a database of their own, which is thrown away.
    """
    try:
        folder = packs.folder(name)
    except BrokenPack as error:
        give_up(str(problem) for problem in error.problems)
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    with TemporaryDirectory(prefix="rolefit-preview-") as scratch:
        shown = Preview(folder, app, house().settings, Path(scratch), port, teller(name))
        try:
            server = make_server("127.0.0.1", port, shown, threaded=True, request_handler=Quiet)
        except (OSError, SystemExit) as error:
            taken = f"port {port} is taken; try --port {port + 1 if port < 65535 else 8002}"
            raise click.ClickException(taken) from error
        site = f"http://127.0.0.1:{port}"
        click.echo(f"{folder} is at {site}/ (stop it with Ctrl+C)\nIts people and what is left to do: {site}{HOME}\n")
        shown.refresh()
        signal.signal(signal.SIGTERM, signal.default_int_handler)  # a polite end has to clear away, too
        try:
            server.serve_forever()
        finally:
            shown.close()
    click.echo("\nThe preview has ended; its answers are gone.")


def teller(name: str) -> Callable[[Reading], None]:
    """Return a function that tells in the terminal how a pack stands."""

    def tell(reading: Reading) -> None:
        at = time.strftime("%H:%M:%S")
        if reading.edition:
            left = packs.counted(len(reading.left), "problem")
            rest = f"; {left} left, see `flask pack check {name}`" if reading.left else " and in order"
            click.echo(f"{at} version {reading.edition.pack.full_version} is shown{rest}")
        else:
            click.echo(f"{at} not shown, because of {packs.counted(len(reading.problems), 'problem')}:")
            for problem in reading.problems:
                # One of the folder itself names it already.
                of_folder = problem.startswith(f"{reading.folder}: ")
                click.echo(f"  {problem}" if of_folder else f"  {reading.folder}/{problem}")

    return tell
