"""`flask retain`: removes what has been kept long enough."""

from __future__ import annotations

import click
from flask.cli import with_appcontext

from quiz.cli.house import house, now_ms
from quiz.services import retention


@click.command()
@click.option("--delete", is_flag=True, help="Really remove them; without it, they are only counted.")
@with_appcontext
def retain(delete: bool) -> None:
    """Remove the attempts that are past their retention time. A dry run unless --delete is given."""
    settings = house().settings
    counts = retention.retain(
        house().database,
        unfinished_days=settings.retain_unfinished_days,
        finished_days=settings.retain_finished_days,
        now_ms=now_ms(),
        remove=delete,
    )
    click.echo(
        f"unfinished attempts, {settings.retain_unfinished_days} days after the last answer: "
        f"{counts.unfinished}\n"
        f"finished attempts, {settings.retain_finished_days} days after the last answer: "
        f"{counts.finished}\n"
        f"marks of deleted attempts, {retention.TOMBSTONE_DAYS} days after: {counts.tombstones}"
    )
    click.echo("Removed." if delete else "Nothing was removed. Run with --delete to remove them.")
