"""`flask campaign`: ask others to take the quiz, on your own site or by a link."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import UTC, datetime
from html import escape
from typing import Any, TypeVar
from urllib.parse import urlencode

import click
from flask.cli import AppGroup

from quiz.cli.campaign_words import in_words
from quiz.cli.house import ACTOR, address, house, now_ms
from quiz.services import audit, campaigns, team
from quiz.services.campaigns import Campaign
from quiz.services.library import Edition

campaign = AppGroup("campaign", help="Make campaigns and look after them.")

Found = TypeVar("Found")


@campaign.command()
@click.argument("name")
@click.option("--asked-by", default="", help="Who asks, as takers read it.")
@click.option("--purpose", default="", help="For what, in a sentence.")
@click.option("--readers", default="", help="Who reads the results.")
@click.option("--contact", default="", help="Whom to ask or complain to.")
@click.option("--allow", "sites", multiple=True, metavar="ORIGIN", help="A site that may frame it; repeatable.")
@click.option("--identification", type=click.Choice(campaigns.IDENTIFICATIONS), default="none", show_default=True)
@click.option("--hide-result", is_flag=True, help="Thank the person and show no result.")
@click.option("--redirect-url", default="", help="Where the person may go on to afterwards.")
@click.option("--retain-days", type=int, default=180, show_default=True)
@click.option("--pack", "pack_id", help="Which quiz, by its id; without it the main one.")
@click.option("--language", "languages", multiple=True, help="A language that it speaks; repeatable. Without: all.")
@click.option("--team", "named", help="Whose it is: a team's name or number; needed where there are several.")
def create(
    hide_result: bool,
    pack_id: str | None,
    languages: tuple[str, ...],
    named: str | None,
    **wanted: Any,  # noqa: ANN401 - the options above
) -> None:
    """Make a campaign and print what to put into your site."""
    unreadable: list[str] = []
    team_id = _gathered(unreadable, lambda: _team(named))
    edition = _gathered(unreadable, lambda: _edition(pack_id)) or house().library.main
    spoken = edition.content.languages
    asked = campaigns.Wanted(**wanted, languages=languages or _in_order(spoken), shows_result=not hide_result)
    found = unreadable + [in_words(problem) for problem in campaigns.problems(asked, spoken_by_pack=spoken)]
    if found:
        raise (click.UsageError if unreadable else click.ClickException)("\n".join(found))
    made = campaigns.create(house().database, edition.pack, asked, now_ms(), team_id=team_id, spoken_by_pack=spoken)
    _note(made, "campaign-made")
    _tell(made)


@campaign.command("list")
@click.option("--team", "named", help="Only those of a team, by its name or number.")
def list_all(named: str | None) -> None:
    """List the campaigns with the state of each and how many started and finished."""
    found = campaigns.everyone(house().database)
    if named is not None:
        team_id = _team(named)
        found = [row for row in found if row[0].team_id == team_id]
    if not found:
        click.echo("There is no campaign yet.")
    states = [_state(each) for each, *_ in found]
    width = max(map(len, states), default=0)
    for (each, started, finished), state in zip(found, states, strict=True):
        click.echo(f"{each.public_id}  {state:{width}}  {started} started, {finished} finished  {each.name}")


@campaign.command()
@click.argument("public_id")
@click.option("--ref", "reference", help="Your own name for the person; signed if the campaign wants that.")
@click.option("--language", help="The language to begin in.")
def show(public_id: str, reference: str | None, language: str | None) -> None:
    """Print what to put into your site; with --ref, the link for one person."""
    found = _find(public_id)
    languages = found.languages.split()
    if language is not None and language not in languages:
        raise click.BadParameter(f"{', '.join(languages)}, not {language!r}", param_hint="--language")
    try:
        signed = None if reference is None else campaigns.reference_for(found, reference)
    except campaigns.BadReference as error:
        limit = f"a reference is one line of at most {campaigns.LONGEST_REFERENCE} characters"
        told = "this campaign takes no reference" if found.identification not in ("plain", "signed") else limit
        raise click.BadParameter(told, param_hint="--ref") from error
    _tell(found, signed, language)


def _setting(state: str, help_text: str) -> None:
    @campaign.command(state, help=help_text)
    @click.argument("public_id")
    def command(public_id: str) -> None:
        found = _find(public_id)
        if found.state != _STATES[state]:
            campaigns.set_state(house().database, public_id, _STATES[state])
            _note(found, "campaign-state", _STATES[state])
        click.echo(f"The campaign is {_STATES[state]}.")


_STATES = {"open": "open", "pause": "paused", "close": "closed"}
_setting("open", "Let people start again.")
_setting("pause", "Let nobody start for now; those who have begun go on.")
_setting("close", "Let nobody start any more; those who have begun go on.")


@campaign.command()
@click.argument("public_id")
@click.confirmation_option("--yes", prompt="Everything of it goes, and cannot be brought back. Delete it?")
def delete(public_id: str) -> None:
    """Delete a campaign with all that people answered.

    It is gone for everybody at once. The worker removes its rows, or the next `flask retain --delete` does.
    """
    found = _find(public_id)
    try:
        campaigns.delete(house().database, found, now_ms())
    except campaigns.Held:
        raise click.ClickException(
            "a legal hold, on it or on one person, forbids that; lift it first, if you may"
        ) from None
    _note(found, "campaign-deleted", found.name)
    from quiz.services.jobs import bell  # a server that answers people loads this module, and never needs the jobs

    bell.ring(house().database, house().settings.redis_url)
    click.echo(f"Deleted: {found.name}. What is left of it goes by and by; `flask jobs` says when that is done.")


def _state(found: Campaign) -> str:
    """Where a campaign stands, in a word or two."""
    standing = campaigns.standing(found, now_ms())
    if standing in ("waiting", "over"):
        moment = found.opens_ms if standing == "waiting" else found.closes_ms
        standing = f"{'opens' if standing == 'waiting' else 'ended'} {_day(moment or 0)}"
    also = ["held"] if found.hold else []
    if house().library.find(found.pack, found.pack_version) is None:
        also.append("quiz not run here")
    return ", ".join([standing, *also])


def _day(moment_ms: int) -> str:
    return f"{datetime.fromtimestamp(moment_ms / 1000, UTC):%Y-%m-%d}"


def _gathered(problems: list[str], ask: Callable[[], Found]) -> Found | None:
    """What is found, or None with the reason among the problems."""
    try:
        return ask()
    except click.BadParameter as error:
        problems.append(error.format_message())
        return None


def _edition(pack_id: str | None) -> Edition:
    """The newest edition of a quiz, by default of the main one."""
    library = house().library
    if pack_id is None:
        return library.main
    if pack_id not in library.newest:
        raise click.BadParameter(f"{', '.join(library.newest)}, not {pack_id!r}", param_hint="--pack")
    return library.newest[pack_id]


def _in_order(spoken: Collection[str]) -> tuple[str, ...]:
    return tuple(language for language in campaigns.LANGUAGES if language in spoken)


def _note(found: Campaign, action: str, subject: str = "") -> None:
    """Let the log of the campaign's team say what was done from the command line; without a team there is none."""
    if found.team_id is not None:
        audit.note(house().database, found.team_id, ACTOR, action, now_ms(), campaign=found.public_id, subject=subject)


def _team(named: str | None) -> int | None:
    """The team of a name or number; without one the only team, or none where there is no team yet."""
    teams = team.everyone(house().database)
    if named is None and len(teams) < 2:
        return teams[0][0] if teams else None
    found = [number for number, name in teams if named in (name, str(number))]
    if len(found) == 1:
        return found[0]
    known = "\n".join(f"  {number}  {name}" for number, name in teams) or "  (none)"
    told = "there are several teams; say which" if named is None or found else f"there is no team {named!r}"
    raise click.BadParameter(f"{told}:\n{known}", param_hint="--team")


def _find(public_id: str) -> Campaign:
    found = campaigns.find(house().database, public_id)
    if found is None:
        raise click.ClickException(f"there is no campaign {public_id!r}")
    return found


def _tell(found: Campaign, reference: str | None = None, language: str | None = None) -> None:
    home = address()
    query = {}
    if language:
        query["lang"] = language
    if reference:
        query["ref"] = reference
    link = f"{home}/c/{found.public_id}" + (f"?{urlencode(query)}" if query else "")
    attributes = "".join(f' {name}="{escape(value)}"' for name, value in query.items())
    click.echo(
        f"Campaign {found.public_id}: {found.name} ({_state(found)})\n\n"
        f"Link\n  {link}\n\n"
        f"Element (allowed on: {found.sites or 'no site yet'})\n"
        f'  <script src="{home}/embed.js" async></script>\n'
        f'  <role-fit-quiz campaign="{found.public_id}"{attributes}></role-fit-quiz>\n\n'
        f"Frame, without scripts\n"
        f'  <iframe src="{escape(link)}" title="Rolefit" width="100%" height="720"></iframe>'
    )
