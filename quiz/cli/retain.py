"""`flask retain`: removes what has been kept long enough."""

from __future__ import annotations

import time

import click
from flask import current_app
from flask.cli import with_appcontext

from quiz.services import retention


@click.command()
@click.option("--delete", is_flag=True, help="Really remove them; without it, they are only counted.")
@with_appcontext
def retain(delete: bool) -> None:
    """Remove the attempts that are past their retention time. A dry run unless --delete is given."""
    house = current_app.extensions["rolefit"]
    counts = retention.retain(
        house.database,
        unfinished_days=house.settings.retain_unfinished_days,
        finished_days=house.settings.retain_finished_days,
        now_ms=time.time_ns() // 1_000_000,
        remove=delete,
    )
    click.echo(
        f"unfinished attempts, {house.settings.retain_unfinished_days} days after the last answer: "
        f"{counts.unfinished}\n"
        f"finished attempts, {house.settings.retain_finished_days} days after the last answer: "
        f"{counts.finished}\n"
        f"marks of deleted attempts, {retention.TOMBSTONE_DAYS} days after: {counts.tombstones}"
    )
    click.echo("Removed." if delete else "Nothing was removed. Run with --delete to remove them.")
