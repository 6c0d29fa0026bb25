"""Campaigns: a quiz that somebody asks others to take, on their own site or by a link."""

from quiz.services.campaigns.changing import Going, Held, change, delete, going, set_hold, set_state
from quiz.services.campaigns.keeping import (
    can_start,
    chosen,
    counts,
    create,
    everyone,
    find,
    of,
    of_team,
    texts_of,
    wanted_of,
)
from quiz.services.campaigns.origins import normal_site
from quiz.services.campaigns.problems import LINES, Problem, Unusable, problems, readable
from quiz.services.campaigns.references import LONGEST_REFERENCE, BadReference, read_reference, reference_for
from quiz.services.campaigns.wanted import (
    IDENTIFICATIONS,
    LANGUAGES,
    LONGEST_PASSAGE,
    LONGEST_TEXT,
    MOST_DAYS,
    NO_TEXTS,
    STATES,
    Texts,
    Wanted,
)
from quiz.store.campaigns import Campaign

__all__ = [
    "IDENTIFICATIONS",
    "LANGUAGES",
    "LINES",
    "LONGEST_PASSAGE",
    "LONGEST_REFERENCE",
    "LONGEST_TEXT",
    "MOST_DAYS",
    "NO_TEXTS",
    "STATES",
    "BadReference",
    "Campaign",
    "Going",
    "Held",
    "Problem",
    "Texts",
    "Unusable",
    "Wanted",
    "can_start",
    "change",
    "chosen",
    "counts",
    "create",
    "delete",
    "everyone",
    "find",
    "going",
    "normal_site",
    "of",
    "of_team",
    "problems",
    "read_reference",
    "readable",
    "reference_for",
    "set_hold",
    "set_state",
    "texts_of",
    "wanted_of",
]
