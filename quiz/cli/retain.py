"""`flask retain`: removes what has been kept long enough."""

from __future__ import annotations

import click
from flask.cli import with_appcontext

from quiz.cli.house import house, now_ms
from quiz.services import campaigns, retention


@click.command()
@click.option("--delete", is_flag=True, help="Really remove them; without it, they are only counted.")
@with_appcontext
def retain(delete: bool) -> None:
    """Remove the attempts that are past their retention time. A dry run unless --delete is given.

    What has a legal hold stays: a campaign with all its people, or one person. With --delete, what is left of
    deleted campaigns goes as well. It is done a few people at a time, so that nobody who answers waits; with many to
    remove it takes minutes, and it can be stopped and run again.
    """
    settings = house().settings
    if delete and (people := campaigns.clear(house().database)):
        click.echo(f"attempts that were left of deleted campaigns: {people}")
    counts = retention.retain(
        house().database,
        unfinished_days=settings.retain_unfinished_days,
        finished_days=settings.retain_finished_days,
        now_ms=now_ms(),
        remove=delete,
    )
    click.echo(
        f"unfinished attempts, {settings.retain_unfinished_days} days after the last answer"
        f" (a campaign's own days, if they are fewer): {counts.unfinished}\n"
        f"finished attempts, {settings.retain_finished_days} days after the last answer"
        f" (in a campaign, its own days): {counts.finished}\n"
        f"invitations, with what came of them, or a campaign's own days after their last use: {counts.invitations}\n"
        f"marks of deleted attempts, {retention.TOMBSTONE_DAYS} days after: {counts.tombstones}\n"
        f"past their time but kept, by a legal hold: {counts.held}"
    )
    click.echo("Removed." if delete else "Nothing was removed. Run with --delete to remove them.")
