"""What the tests of `flask campaign` share: what a campaign has to say, and the campaigns that there are."""

from __future__ import annotations

from quiz.services import campaigns
from quiz.services.campaigns import Campaign
from quiz.services.storage import Database

NEEDED = ["--asked-by", "Alice", "--purpose", "A talk", "--readers", "The team", "--contact", "alice@a.example"]


def made(database: Database) -> list[Campaign]:
    return [campaign for campaign, *_ in campaigns.everyone(database)]
