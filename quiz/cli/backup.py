"""`flask backup` and `flask restore`: everything that is kept, into one file and back."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from tempfile import NamedTemporaryFile

import click
from flask.cli import with_appcontext

from quiz.cli.house import house, now_ms
from quiz.services import backup as backups


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, allow_dash=True))
@click.option("--replace", is_flag=True, help="Replace FILE if it exists.")
@with_appcontext
def backup(file: str, replace: bool) -> None:
    """Write everything that is kept to FILE, or to the standard output for "-". The server may go on running.

    Whoever has the file has all that people have written, and the keys of this installation: keep it as safe as
    the database.
    """
    if file == "-":
        try:
            made = backups.write(house().database, sys.stdout.buffer, now_ms())
        except backups.BadBackup as error:
            raise click.ClickException(str(error)) from None
        click.echo(_told(made, "standard output"), err=True)
        return
    path = Path(file)
    if path.exists() and not replace:
        raise click.ClickException(f"{path} exists. Choose another name, or --replace it.")
    try:
        # Written aside, readable for us alone, and named when it is whole.
        with NamedTemporaryFile(dir=path.absolute().parent, prefix=f".{path.name}.", delete=False) as aside:
            try:
                made = backups.write(house().database, aside, now_ms())
                backups.keep(path, aside)
            except BaseException:
                Path(aside.name).unlink(missing_ok=True)
                raise
    except (backups.BadBackup, OSError) as error:
        raise click.ClickException(f"No backup was made. {error}") from None
    click.echo(_told(made, str(path)))


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, allow_dash=True))
@click.option("--replace", is_flag=True, help="Throw away what the database holds.")
@click.option("--check", is_flag=True, help="Only read FILE to its end and say what it holds.")
@with_appcontext
def restore(file: str, replace: bool, check: bool) -> None:
    """Put the backup in FILE ("-" for the standard input) into the database: wholly, or not at all."""
    try:
        with sys.stdin.buffer if file == "-" else Path(file).open("rb") as opened:
            if check:
                click.echo(_told(backups.check(opened), file))
                return
            made = backups.restore(house().database, opened, replace=replace)
    except backups.NotEmpty:
        message = "The database is not empty. --replace throws away what it holds; make a backup of it first."
        raise click.ClickException(f"Nothing was restored. {message}") from None
    except (backups.BadBackup, OSError) as error:
        raise click.ClickException(f"Nothing was restored. {error}") from None
    click.echo(f"{_told(made, file)}\nAll of it is restored.")
    click.echo("People may have deleted something, or its time may be up, since then: run `flask retain --delete`.")


def _told(made: backups.Backup, file: str) -> str:
    when = datetime.fromtimestamp(made.made_ms / 1000, UTC)
    some = ", ".join(f"{number} {table}" for table, number in made.rows.items() if number)
    return f"{file}: revision {made.revision}, {when:%Y-%m-%d %H:%M} UTC, {made.total} rows ({some or 'nothing'})"
