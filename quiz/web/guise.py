"""What a campaign makes of its pages: who may frame them, the languages that they are offered in, their accent."""

from __future__ import annotations

from dataclasses import dataclass

from flask import g

from quiz.services.campaigns import Campaign
from quiz.services.take import Attempt, Belonging
from quiz.web import accent

Kind = tuple[bool, bool, bool, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Guise:
    """A campaign's guise; that of no campaign is `PLAIN`."""

    campaign: str = ""
    """Its public id."""
    sites: str = ""
    """The origins that may frame its pages, separated by spaces."""
    languages: tuple[str, ...] = ()
    """Those that it speaks, first the one for whoever asks for none of them; empty: all."""
    accent: str = ""
    """The address of the style sheet with its colour, if it has one."""

    @property
    def kind(self) -> Kind:
        """What tells apart the shells of pages; the rest goes into slots."""
        return bool(self.campaign), bool(self.sites), bool(self.accent), self.languages


PLAIN = Guise()
PLAIN_KIND = PLAIN.kind


def guise() -> Guise:
    """The guise of this answer."""
    found: Guise = g.get("guise", PLAIN)
    return found


def of_campaign(campaign: Campaign | Belonging) -> Guise:
    """The guise of a campaign's pages."""
    sheet = accent.address(campaign.public_id, campaign.accent) if campaign.accent else ""
    return Guise(campaign.public_id, campaign.sites, tuple(campaign.languages.split()), sheet)


def of_attempt(attempt: Attempt) -> Guise:
    """The guise of an attempt's pages."""
    return of_campaign(attempt.campaign) if attempt.campaign else PLAIN
