"""People who take part in a campaign of the console's tests, put into the database by the taker's own services."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cast import ITEMS, MINIMUM, START, content, persona

from quiz.services import take
from quiz.services.campaigns import Campaign
from quiz.services.library import Edition
from quiz.services.storage import Database

EDITION = Edition.of(content())
MINUTE = 60_000


@dataclass(frozen=True)
class Someone:
    """A person of a campaign: the number that the team sees, and their own token."""

    id: int
    token: str


def somebody(
    database: Database,
    campaign: Campaign,
    answers: Mapping[str, int] | None = None,
    *,
    minute: int = 0,
    seconds: float = 6,
    language: str = "en",
    **known: str,
) -> Someone:
    """Somebody who starts in a minute of the test's day, and answers so (by default not at all)."""
    at = START + minute * MINUTE
    token = take.start(database, EDITION.pack, language, at, campaign_id=campaign.id, **known)
    attempt = take.find(database, token)
    given = answers or {}
    for item, choice in given.items():
        at += round(1000 * seconds)
        take.answer(database, EDITION, attempt, item, choice, at)
    if MINIMUM <= len(given) < len(ITEMS):
        take.finish(database, EDITION, attempt, at)
    return Someone(attempt.id, token)


def like(name: str) -> Mapping[str, int]:
    """The answers of a golden example."""
    return persona(name).answers
