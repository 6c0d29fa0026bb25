"""Invitations of Alice's campaign, for the tests: made, begun, and what their links hold."""

from __future__ import annotations

from urllib.parse import urlsplit

from cast import START, content

from quiz.services import invitations, take
from quiz.services.campaigns import Campaign
from quiz.services.invitations import Invitation, book
from quiz.services.invitations.rows import read
from quiz.services.storage import Database
from quiz.services.take import Attempt
from quiz.store import invitations as kept

LIST = "Name,E-mail,Reference,Language\nAna,ana@x.example,A-1,es\nBen,ben@x.example,,en\nCleo,,A-3,\n"


def home_of(campaign: Campaign) -> str:
    """The address of a campaign's invitations."""
    return f"/hr/campaigns/{campaign.public_id}/invitations"


def invite_to(database: Database, campaign: Campaign, text: str = LIST) -> list[Invitation]:
    """Invite the people of a list; everybody who is invited."""
    book.add(database, campaign, read(text, ["es", "en"], "en").rows, START)
    return list(book.all_of(database, campaign))


def begin(database: Database, campaign: Campaign, invitation: Invitation) -> Attempt:
    """Start an attempt by an invitation, and answer nothing."""
    attempt = take.find(database, take.start(database, content().pack, "en", START, campaign_id=campaign.id))
    with database.writing() as store:
        kept.opened(store, invitation, START + 1)
        kept.started(store, invitation, attempt.id)
    return attempt


def signed(campaign: Campaign, invitation: Invitation) -> str:
    """What the link of an invitation holds."""
    return urlsplit(invitations.path(campaign, invitation)).query.removeprefix("invite=")


def people(database: Database, campaign: Campaign) -> list[tuple[str, str, str, str]]:
    """Whoever is invited: name, e-mail, reference, language."""
    return [(each.name, each.email, each.reference, each.language) for each in book.all_of(database, campaign)]
