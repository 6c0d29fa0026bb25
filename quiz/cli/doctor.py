"""`flask doctor`: looks at everything that an installation needs, and says what to do about what is wrong."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

import click
from flask.cli import with_appcontext

from quiz.cli.house import house, now_ms

if TYPE_CHECKING:
    from quiz.services.doctor import Finding

COLOURS = {"ok": "green", "warning": "yellow", "problem": "red"}


@click.command()
@click.option("--json", "as_json", is_flag=True, help="For programs: a list of findings.")
@with_appcontext
def doctor(as_json: bool) -> None:
    """Check configuration, database, disk, clock, packs, mail and secrets; exit code 1 if there is a problem.

    It writes one row into the database and takes it out again, and signs in to the mail server without sending
    anything.
    """
    from quiz.services.doctor import examine  # a server that answers people loads this module, and never needs mail

    here = house()
    findings = examine(here.settings, here.database, here.library, now_ms())
    if as_json:
        click.echo(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False, indent=2))
    else:
        for finding in findings:
            _tell(finding)
        bad, odd = (sum(each.level == level for each in findings) for level in ("problem", "warning"))
        click.echo(f"\n{len(findings)} checks, {bad} with a problem, {odd} with a warning.")
    if any(finding.level == "problem" for finding in findings):
        raise SystemExit(1)


def _tell(finding: Finding) -> None:
    level = click.style(f"{finding.level:8}", fg=COLOURS[finding.level])
    click.echo(f"{level} {finding.what}: {finding.found}")
    if finding.do:
        click.echo(f"{'':8} → {finding.do}")
