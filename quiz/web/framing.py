"""Who may frame an answer: a campaign's own sites, whatever the answer is; nobody, where there is no campaign."""

from __future__ import annotations

import re

from flask import Response, g, request

from quiz.services import campaigns
from quiz.web import headers
from quiz.web.guise import PLAIN, guise, of_campaign
from quiz.web.house import house

_NAMED = re.compile(r"/(?:c/([a-z0-9]+)|a/[^/.]+\.([a-z0-9]+))(?:/|$)")
"""The addresses that say a campaign: its own, and those of its attempts, also of deleted ones."""
REMEMBERED = 1000
"""Campaigns whose guise is known without the database, at most."""


def settle() -> None:
    """Give an answer to which no view has come, or which found nothing, the guise of the campaign in its address."""
    if "guise" in g:
        return
    named = _campaign()
    found = campaigns.find(house().database, named) if named else None
    g.guise = of_campaign(found) if found else PLAIN


def recall() -> None:
    """The same without the database: the guise in which this process has shown the campaign last."""
    if "guise" not in g:
        g.guise = house().guises.get(_campaign(), PLAIN)


def frame(response: Response) -> Response:
    """Let a campaign's sites frame its pages, redirects and errors included; nobody else frames anything."""
    if response.status_code < 500:  # after a fault of ours, not another question to the database
        settle()
    if guise().campaign:
        _remember()
    if guise().sites:
        response.headers[headers.CSP] = headers.policy(guise().sites)
    return response


def _campaign() -> str:
    """The public id in the address, or nothing."""
    named = _NAMED.match(request.path)
    return named[1] or named[2] if named else ""


def _remember() -> None:
    known = house().guises
    if len(known) >= REMEMBERED:
        known.clear()
    known[guise().campaign] = guise()
