"""`flask jobs`: how the jobs stand, and the worker that does them."""

from __future__ import annotations

import json
import logging
import os
from datetime import UTC, datetime
from typing import Any

import click
from flask.cli import AppGroup, with_appcontext

from quiz.cli.house import house, now_ms


@click.group(cls=AppGroup, invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="For machines.")
@click.pass_context
@with_appcontext
def jobs(context: click.Context, as_json: bool) -> None:
    """See the jobs (mail, retention): how each stands, what came of its last runs, how many mails wait."""
    if context.invoked_subcommand is not None:
        return
    from quiz.services.jobs import book  # a server that answers people loads this module, and never needs the jobs

    found = book.everything(house().database, now_ms())
    if as_json:
        click.echo(json.dumps(found, indent=2))
        return
    for job in found["jobs"]:
        click.echo(f"{job['name']}: {_state(job)}")
        for run in job["runs"][:5]:
            click.echo(f"  {_moment(run['ended_ms'])}  {run['outcome']:<8}  {run['said']}")
    mails = found["mails"]
    click.echo(f"mails: {mails['waiting']} waiting, {mails['sent']} sent lately, {mails['failed']} failed")
    if not found["worked"]:
        click.echo("No worker has looked for five minutes. `make run` starts one, and so does `flask jobs work`.")


@jobs.command()
@click.argument("name")
@with_appcontext
def now(name: str) -> None:
    """Have the job NAME done as soon as a worker looks, whatever it waits for."""
    from quiz.services.jobs import book

    try:
        book.have_done(house().database, name, now_ms(), house().settings.redis_url)
    except LookupError:
        raise click.BadParameter(f"there is no job {name!r}; there are {', '.join(book.NAMES)}") from None
    click.echo(f"The job {name} is next.")


@jobs.command()
@click.option("--beside", type=int, metavar="PID", help="Stop when the process PID is gone.")
@with_appcontext
def work(beside: int | None) -> None:
    """Do jobs as they come, until SIGTERM or Ctrl+C; what is under way then is left in order."""
    from quiz.services.jobs import bell
    from quiz.services.jobs.kinds import KINDS

    settings = house().settings
    logging.getLogger("quiz").setLevel(settings.log_level)
    bell.listen(house().database, settings, settings.redis_url, KINDS, lambda: beside is None or _lives(beside))


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _state(job: dict[str, Any]) -> str:
    match job["state"]:
        case "running":
            return f"running since {_moment(job['started_ms'])}"
        case "failed":
            return f"failed; tried again at {_moment(job['due_ms'])}"
        case "put-off":
            return f"put off after {job['tries']} tries; tried again at {_moment(job['due_ms'])}"
        case _:
            return f"waiting until {_moment(job['due_ms'])}"


def _moment(ms: int | None) -> str:
    if ms is None:
        return "somebody asks"
    return f"{datetime.fromtimestamp(ms / 1000, UTC):%Y-%m-%d %H:%M:%S} UTC"
