"""`flask embed demo`: another site that embeds the quiz, on a port of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import click
from flask.cli import AppGroup, with_appcontext
from werkzeug.serving import make_server
from werkzeug.wrappers import Request, Response

from quiz.cli.house import address, house
from quiz.services import campaigns
from quiz.settings import PROJECT

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

SAMPLE = PROJECT / "docs" / "embed"
HOME, CAMPAIGN = "https://quiz.example", "abc123"
"""What the sample page has in the places of the quiz's address and of the campaign."""
_TYPES = {".svg": "image/svg+xml", ".html": "text/html", ".css": "text/css", ".js": "text/javascript"}
_ORIGIN = re.compile(r"https?://[A-Za-z0-9.-]+(:\d{1,5})?|https?://\[[0-9a-f:]+\](:\d{1,5})?")

embed = AppGroup("embed", help="Try how the quiz looks on another site.")


class Sample:
    """The sample page as a WSGI application, filled in for a quiz and a campaign."""

    def __init__(self, home: str, campaign: str) -> None:
        self._files = {f"/{file.name}": self._read(file, home, campaign) for file in SAMPLE.iterdir()}
        self._files["/"] = self._files["/index.html"]

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer with a file of the sample."""
        found = self._files.get(Request(environ).path)
        response = Response(*found) if found else Response("There is only one page: /", 404)
        response.headers["Cache-Control"] = "no-store"
        return response(environ, start_response)

    def _read(self, file: Path, home: str, campaign: str) -> tuple[str, int, dict[str, str]]:
        text = file.read_text(encoding="utf-8").replace(HOME, home).replace(CAMPAIGN, campaign)
        return text, 200, {"Content-Type": f"{_TYPES.get(file.suffix, 'text/plain')}; charset=utf-8"}


@embed.command()
@click.option("--campaign", help="The campaign to embed; by default the first one that allows this page.")
@click.option("--port", type=click.IntRange(1, 65535), default=8001, show_default=True, help="Where to serve the page.")
@click.option("--home", help="The quiz's address; by default this installation's own.")
@with_appcontext
def demo(campaign: str | None, port: int, home: str | None) -> None:
    """Serve docs/embed, a careers page of an invented company, with the quiz in it."""
    home = (home or address()).rstrip("/")
    if not _ORIGIN.fullmatch(home):
        raise click.BadParameter("an origin is needed, such as https://quiz.example.com", param_hint="--home")
    if campaign is not None and not re.fullmatch(r"[A-Za-z0-9_-]+", campaign):
        raise click.BadParameter("a campaign's name has letters, digits, - and _", param_hint="--campaign")
    site = f"http://127.0.0.1:{port}"
    campaign = campaign or _campaign_for(site)
    if campaign is None:
        raise click.ClickException(f"No campaign allows {site}. Make one, then come again:\n\n{_recipe(site)}")
    try:
        server = make_server("127.0.0.1", port, Sample(home, campaign), threaded=True)
    except (OSError, SystemExit) as error:
        raise click.ClickException(f"port {port} is taken; try --port {port + 1 if port < 65535 else 8001}") from error
    warning = _warning(home, campaign, site)
    if warning:
        click.echo(f"{warning}\n", err=True)
    click.echo(f"The sample page is at {site}/ (stop it with Ctrl+C)\nIt embeds {home}/c/{campaign}")
    try:
        server.serve_forever()
    finally:
        server.server_close()


def _campaign_for(site: str) -> str | None:
    """The first open campaign of this installation that allows a site by its name."""
    every = campaigns.everyone(house().database)
    return next((it.public_id for it, *_ in every if it.state == "open" and site in it.sites.split()), None)


def _warning(home: str, campaign: str, site: str) -> str | None:
    """What will keep the quiz from being shown, as far as the quiz itself tells; None if nothing."""
    try:
        with urlopen(f"{home}/c/{campaign}", timeout=5) as answer:
            policy = answer.headers.get("Content-Security-Policy", "")
    except HTTPError as error:
        error.close()
        return f"{home}/c/{campaign} answers with {error.code}: the page will show its link instead of the quiz."
    except (URLError, OSError):
        return f"Nothing answers at {home} yet. Start the quiz there (`make run`)."
    ancestors: list[str] = next(
        (part.split()[1:] for part in policy.split(";") if part.split()[:1] == ["frame-ancestors"]), []
    )
    if site in ancestors:
        return None
    return f"The campaign does not allow {site}: the page will show its link. Make one that does:\n\n{_recipe(site)}"


def _recipe(site: str) -> str:
    return (
        '  flask campaign create "Demo" --asked-by "Tidewell" --purpose "A conversation about two jobs" \\\n'
        f'    --readers "The team" --contact "jobs@example.org" --allow {site}'
    )
