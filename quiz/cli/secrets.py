"""`flask secrets`: new keys for what lets people into the console."""

from __future__ import annotations

import click
from flask.cli import AppGroup

from quiz.cli.house import house, now_ms
from quiz.services import secrets as keys

secrets = AppGroup("secrets", help="Change the keys that sign sessions and links of the console.")


@secrets.command()
@click.option("--at-once", is_flag=True, help="The old keys were stolen: everybody signs in again.")
def rotate(at_once: bool) -> None:
    """Sign by new keys from now on. Nobody is signed out; the old keys stop counting after a week."""
    keys.rotate(house().database, now_ms(), at_once=at_once)
    if at_once:
        click.echo("New keys sign from now on. Everybody signs in again, and links to choose a password are void.")
    else:
        click.echo("New keys sign from now on. What the old ones signed counts for a week more.")
