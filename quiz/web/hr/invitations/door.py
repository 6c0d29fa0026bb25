"""The door of the invitations' pages, and what its views share."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, abort, request

from quiz.services.campaigns import Campaign
from quiz.services.invitations import Invitation, book, path
from quiz.web import page as taker_page
from quiz.web.house import house

door = Blueprint("invitations", __name__)

ID = "<int(max=9000000000000000000):invitation_id>"
"""An invitation in an address; the database has no larger numbers."""


def find(campaign: Campaign, invitation_id: int) -> Invitation:
    """An invitation of a campaign; 404 if there is none."""
    return book.find(house().database, campaign, invitation_id) or abort(404)


def link(campaign: Campaign) -> Callable[[Invitation], str]:
    """What makes the full link of an invitation of a campaign."""
    environ, settings = dict(request.environ), house().settings
    return lambda invitation: taker_page.address(path(campaign, invitation), settings, environ)


def subject(invitation: Invitation) -> str:
    """What the audit log calls an invitation: never by name."""
    return f"invitation {invitation.id}"
