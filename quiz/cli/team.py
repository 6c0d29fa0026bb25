"""`flask team`: the links by which the first owner of a team comes in, or gets in again."""

from __future__ import annotations

import click
from flask.cli import AppGroup

from quiz.cli.house import ACTOR, address, house, now_ms
from quiz.services import admission, audit
from quiz.services import team as teams

team = AppGroup("team", help="Let owners of teams into the console.")


@team.command("setup")
def set_up() -> None:
    """Print a link that makes the first team and its owner, once; each new link voids the one before."""
    token = admission.set_up_token(house().database, now_ms())
    if token is None:
        click.echo("The console is set up. `flask team new NAME` makes a further team.")
    else:
        click.echo(f"Set up the console, once, within 7 days:\n  {_address()}/hr/setup/{token}")


@team.command()
@click.argument("name")
@click.option("--same-name", is_flag=True, help="Make it though there is a team of this name.")
def new(name: str, same_name: bool) -> None:
    """Make a further team called NAME, and print the link for its owner."""
    name = " ".join(name.split())
    if not 0 < len(name) <= 100 or not name.isprintable():
        raise click.BadParameter("a name is one line of 1 to 100 characters", param_hint="NAME")
    known = [called for _, called in teams.everyone(house().database) if called.casefold() == name.casefold()]
    if known and not same_name:
        raise click.ClickException(
            f"there is a team called {known[0]} already: its owners invite further members on their team's page, and "
            "`flask team reset EMAIL` lets an owner in again. For another team of the same name, add --same-name."
        )
    team_id = teams.new(house().database, name, now_ms())
    audit.note(house().database, team_id, ACTOR, "team-made", now_ms())
    token = admission.invite(house().database, team_id, "owner", "", now_ms())
    click.echo(f"The team {name} is made. Its owner joins, once, within 7 days:\n  {_address()}/hr/join/{token}")


@team.command()
@click.argument("email")
@click.option("--one-step", is_flag=True, help="Also turn off the code after the password: the phone is lost.")
def reset(email: str, one_step: bool) -> None:
    """Print the link by which the member with EMAIL chooses a new password."""
    person = teams.find_by_email(house().database, email.strip())
    if person is None:
        raise click.ClickException(f"no member has the e-mail {email!r}")
    if one_step:
        teams.drop_second_step(house().database, person.id)
        click.echo(f"{person.name} signs in without a second step from now on.")
        _note(person, "second-step-changed")
    _note(person, "password-link-made")
    token = admission.reset_token(house().database, person, now_ms(), house().settings.secret_keys)
    click.echo(f"{person.name} chooses a new password, once, within 24 hours:\n  {_address()}/hr/reset/{token}")


def _note(person: teams.Person, action: str) -> None:
    """Let the team's log say what was done from the command line."""
    audit.note(house().database, person.team_id, ACTOR, action, now_ms(), subject=person.email)


def _address() -> str:
    """Where the console is reached; by a name, because passkeys belong to names and not to numbers."""
    return address().replace("//127.0.0.1:", "//localhost:")
