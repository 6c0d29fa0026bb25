"""What a campaign can be: the settings that somebody chooses, and what it says in its own words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

IDENTIFICATIONS = ("none", "plain", "signed", "named")
STATES = ("open", "paused", "closed")
LANGUAGES = ("es", "en")
LONGEST_TEXT = 600
"""Characters of a line that takers read."""
LONGEST_PASSAGE = 4000
"""Characters of a text of several paragraphs."""
LONGEST_ADDRESS = 2000
MOST_SITES = 30
"""Sites that go into a header of every answer."""
MOST_DAYS = 3650
TOLD = ("asked_by", "purpose", "readers", "contact")
"""What everybody is told before they start, a line each: who asks, what for, who reads the results, whom to ask."""
PASSAGES = ("intro", "privacy", "consent", "thanks")
"""Texts of several paragraphs."""
FIRST_MS, LAST_MS = 946_684_800_000, 4_102_444_800_000
"""From 2000 to 2100: dates outside are slips of the hand."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a campaign is to be: the settings that somebody chooses.

    `asked_by`, `purpose`, `readers` and `contact` are shown to the taker as they stand, in every language that `Texts`
    has no other words for. `sites` are the origins that
    may frame the quiz (`https://jobs.example.com`, `https://*.example.com`). `identification` says how a person is
    known: not at all (none), by the own system's reference in the address (plain, or signed), or by the name and
    e-mail that they give (named). `retain_days` are counted from the last answer. `redirect_url` is where the person
    may go afterwards, on a press of their own. `accent` is a colour like #1a5fb4. From `opens_ms` until `closes_ms`
    people can start. Only those invited can start in a `private` one. With `shares_outcome`, a person is asked
    whether the page around the quiz may learn their outcome.
    """

    name: str
    asked_by: str
    purpose: str
    readers: str
    contact: str
    sites: tuple[str, ...] = ()
    identification: str = "none"
    shows_result: bool = True
    redirect_url: str = ""
    retain_days: int = 180
    languages: tuple[str, ...] = LANGUAGES
    accent: str = ""
    opens_ms: int | None = None
    closes_ms: int | None = None
    private: bool = False
    shares_outcome: bool = False


@dataclass(frozen=True, slots=True)
class Texts:
    """What a campaign says in its own words, in one language; an empty text leaves the usual words.

    `intro` stands on its first page, `privacy` beside what is kept, `consent` is what a person agrees to before name
    and e-mail are kept, `thanks` stands at the end. Paragraphs are separated by empty lines. `asked_by`, `purpose`,
    `readers` and `contact` are lines; where one is empty, the campaign's own counts.
    """

    intro: str = ""
    privacy: str = ""
    consent: str = ""
    thanks: str = ""
    asked_by: str = ""
    purpose: str = ""
    readers: str = ""
    contact: str = ""


NO_TEXTS: Mapping[str, Texts] = MappingProxyType({})
"""Of a campaign that says nothing in its own words."""
