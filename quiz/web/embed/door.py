"""The blueprint of the embed door, and what its views share."""

from __future__ import annotations

from flask import Blueprint, abort, g

from quiz.services import campaigns
from quiz.services.campaigns import Campaign
from quiz.web.guise import of_campaign
from quiz.web.house import house

door = Blueprint("embed", __name__)


def find(public_id: str) -> Campaign:
    """The campaign of an address, whose guise and pack the answer has from here on; 404 if there is none."""
    found = campaigns.find(house().database, public_id)
    if found is None:
        abort(404)
    g.guise = of_campaign(found)
    g.edition = house().library.find(found.pack, found.pack_version)
    return found
