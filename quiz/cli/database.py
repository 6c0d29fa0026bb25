"""`flask db`: the database's migrations."""

from __future__ import annotations

import click
from flask.cli import AppGroup

from quiz.cli.house import house
from quiz.services import storage
from quiz.services.storage import NoWayBack

db = AppGroup("db", help="Migrate the database.")


@db.command()
@click.argument("revision", default="head")
def upgrade(revision: str) -> None:
    """Bring the database forward to REVISION, by default the newest."""
    storage.migrate(house().database, revision)
    at, _ = storage.revisions(house().database)
    click.echo(f"The database is at revision {at}.")


@db.command()
@click.argument("revision")
def downgrade(revision: str) -> None:
    """Take the database back to REVISION: "base" is an empty database, "-1" one step."""
    try:
        storage.downgrade(house().database, revision)
    except NoWayBack as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"The database is at revision {storage.revisions(house().database)[0]}.")


@db.command()
def current() -> None:
    """Say at which revision the database is; exit code 1 if this code needs another."""
    at, needed = storage.revisions(house().database)
    click.echo(f"The database is at revision {at}; this code needs {needed}.")
    if at != needed:
        raise SystemExit(1)


@db.command()
@click.argument("message")
def revision(message: str) -> None:
    """Write a new migration from how the tables differ from the database (for developers)."""
    storage.write_migration(house().database, message)
