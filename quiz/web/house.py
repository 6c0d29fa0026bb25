"""What every view needs: settings, database, packs. Made once by the factory."""

from __future__ import annotations

import time
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field

from flask import current_app
from werkzeug.exceptions import NotFound

from quiz.services.campaigns import Campaign
from quiz.services.library import Edition, Library
from quiz.services.storage import Database
from quiz.settings import Settings
from quiz.web.guise import Guise
from quiz.web.pace import Pace
from quiz.web.shell import Shell


@dataclass(frozen=True, eq=False)
class House:
    """The application's own things, under `app.extensions["rolefit"]`."""

    settings: Settings
    database: Database
    library: Library
    assets: Mapping[str, str]
    shells: dict[Hashable, Shell] = field(default_factory=dict)
    pace: Pace = field(default_factory=Pace)
    guises: dict[str, Guise] = field(default_factory=dict)
    """Those of campaigns that were seen, by public id: for when the database is away."""


class QuizNotRun(NotFound):
    """The quiz of a campaign is not run here now, so nothing can be said in its words."""


def house() -> House:
    """The house of the current application."""
    found: House = current_app.extensions["rolefit"]
    return found


def edition_of(campaign: Campaign) -> Edition:
    """The pack that a campaign asks people to take. Raises QuizNotRun."""
    found = house().library.find(campaign.pack, campaign.pack_version)
    if found is None:
        raise QuizNotRun
    return found


def now_ms() -> int:
    """Milliseconds since 1970."""
    return time.time_ns() // 1_000_000
