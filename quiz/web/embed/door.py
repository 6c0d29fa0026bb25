"""The blueprint of the embed door, and what its views share."""

from __future__ import annotations

from flask import Blueprint, abort, g, request

from quiz.services import campaigns
from quiz.services.campaigns import Campaign
from quiz.services.library import Edition
from quiz.web.guise import of_campaign
from quiz.web.house import house

door = Blueprint("embed", __name__)


def find(public_id: str) -> Campaign:
    """The campaign of an address, whose guise the answer has from here on; 404 if there is none."""
    found = campaigns.find(house().database, public_id)
    if found is None:
        abort(404)
    g.guise = of_campaign(found)
    return found


def edition_of(campaign: Campaign) -> Edition:
    """The pack that a campaign asks people to take; 404 if it is no longer run here."""
    edition = house().library.editions.get(campaign.pack)
    if edition is None:
        abort(404)
    return edition


def given(name: str) -> str | None:
    """A value of the address; None where it is missing, or where the address has bytes that no browser sends."""
    try:
        return request.args.get(name)
    except UnicodeDecodeError:
        return None
