"""What the tests of the campaigns' pages share: what Alice types, what is kept of it, what is marked wrong."""

from __future__ import annotations

from cast import START, content

from quiz.services import audit, campaigns, take

PACK = content().pack


def told(**lines):
    """The same lines in both languages, as the form has them."""
    return {f"{name}_{language}": line for name, line in lines.items() for language in ("es", "en")}


TYPED = {
    "name": "Autumn intake",
    **told(
        asked_by="Tidewell, people team",
        purpose="A talk about two jobs",
        readers="The people team",
        contact="people@tidewell.example",
    ),
    "languages": ["es", "en"],
    "identification": "none",
    "shows_result": "y",
    "retain_days": "90",
}
"""What Alice types into the form of a new campaign."""


def made(database, tidewell):
    """The team's campaigns, the newest first."""
    return [campaign for campaign, *_ in campaigns.of_team(database, tidewell)]


def noted(database, team_id):
    return [(entry.actor.partition("@")[0], entry.action, entry.subject) for entry in audit.page(database, team_id)]


def began(database, campaign):
    """Somebody starts in the campaign; their token."""
    return take.start(database, PACK, "es", START, campaign_id=campaign.id)


def wrong(answer):
    """The fields that are marked wrong, and those that the summary leads to."""
    assert answer.status_code == 422
    marked = {element["name"] for element in answer.page.main.all("input", "textarea", aria_invalid="true")}
    marked |= {element["id"].removesuffix("-error") for element in answer.page.main.all("p", _class="error")}
    told = {link["href"].lstrip("#") for link in answer.page.main.all("div")[0].all("a")}
    return marked, told
