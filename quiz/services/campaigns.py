"""Campaigns: a quiz that somebody asks others to take, on their own site or by a link."""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from itsdangerous import BadSignature, Signer

from quiz.core.pack import Pack
from quiz.store import campaigns
from quiz.store.attempts import Attempt
from quiz.store.campaigns import Campaign
from quiz.store.database import Database

__all__ = [
    "BadReference",
    "Campaign",
    "Unusable",
    "Wanted",
    "create",
    "everyone",
    "find",
    "of",
    "read_reference",
    "reference_for",
    "set_state",
]

IDENTIFICATIONS = ("none", "plain", "signed", "named")
STATES = ("open", "paused", "closed")
LONGEST_TEXT = 600
LONGEST_REFERENCE = 200
LONGEST_ADDRESS = 2000
_HOST = re.compile(r"(\*\.)?([a-z0-9-]+\.)*[a-z0-9-]+(:\d{1,5})?")


class Unusable(ValueError):
    """What was asked for cannot be made; `problems` says everything that is wrong with it."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


class BadReference(ValueError):
    """A reference is missing, too long, holds what no name has, or was not signed by the campaign."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a campaign is to be: the settings that somebody chooses.

    `asked_by`, `purpose`, `readers` and `contact` are shown to the taker as they stand. `sites` are the origins that
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
    languages: tuple[str, ...] = ("es", "en")
    accent: str = ""
    opens_ms: int | None = None
    closes_ms: int | None = None
    private: bool = False
    shares_outcome: bool = False


def create(database: Database, pack: Pack, wanted: Wanted, now_ms: int, *, team_id: int | None = None) -> Campaign:
    """Make a campaign; it keeps the pack's version. Raises Unusable with everything that is wrong."""
    problems = tuple(_problems(wanted))
    if problems:
        raise Unusable(problems)
    campaign = Campaign(
        id=0,
        public_id=secrets.token_hex(6),
        team_id=team_id,
        name=wanted.name,
        pack=pack.id,
        pack_version=pack.version,
        state="open",
        asked_by=wanted.asked_by,
        purpose=wanted.purpose,
        readers=wanted.readers,
        contact=wanted.contact,
        sites=" ".join(wanted.sites),
        identification=wanted.identification,
        secret=secrets.token_urlsafe(32),
        shows_result=wanted.shows_result,
        redirect_url=wanted.redirect_url,
        retain_days=wanted.retain_days,
        created_ms=now_ms,
        languages=" ".join(wanted.languages),
        accent=wanted.accent,
        opens_ms=wanted.opens_ms,
        closes_ms=wanted.closes_ms,
        private=wanted.private,
        shares_outcome=wanted.shares_outcome,
        hold=False,
        opened=0,
        texts_version=0,
    )
    with database.writing() as store:
        campaigns.create(store, campaign)
        kept = campaigns.find(store, campaign.public_id)
    assert kept is not None  # it was kept a line before
    return kept


def find(database: Database, public_id: str) -> Campaign | None:
    """The campaign of an address, or None."""
    return campaigns.find(database.reader(), public_id)


def of(database: Database, attempt: Attempt) -> Campaign | None:
    """The campaign that an attempt belongs to, if any."""
    return campaigns.find_by_id(database.reader(), attempt.campaign_id) if attempt.campaign_id else None


def everyone(database: Database) -> list[tuple[Campaign, int, int]]:
    """All campaigns, the oldest first, with how many attempts were started and finished."""
    store = database.reader()
    return [(campaign, *campaigns.count(store, campaign.id)) for campaign in campaigns.everyone(store)]


def set_state(database: Database, public_id: str, state: str) -> bool:
    """Open, pause or close a campaign; False if there is none. Attempts that have begun go on."""
    if state not in STATES:
        raise ValueError(f"a campaign is {', '.join(STATES)}, not {state!r}")
    with database.writing() as store:
        return campaigns.set_state(store, public_id, state)


def reference_for(campaign: Campaign, reference: str) -> str:
    """What to put into the address (`?ref=`) for a person; signed if the campaign wants that.

    Raises BadReference, also where the campaign takes none.
    """
    if campaign.identification not in ("plain", "signed") or not _is_reference(reference):
        raise BadReference
    return Signer(campaign.secret).sign(reference).decode() if campaign.identification == "signed" else reference


def read_reference(campaign: Campaign, given: str | None) -> str | None:
    """The reference that an address holds, None where the campaign takes none or a plain one is missing.

    Raises BadReference.
    """
    if campaign.identification in ("none", "named") or (campaign.identification == "plain" and not given):
        return None
    reference = given or ""
    if campaign.identification == "signed":
        try:
            reference = Signer(campaign.secret).unsign(reference.encode("utf-8", "surrogatepass")).decode()
        except (BadSignature, UnicodeDecodeError):
            raise BadReference from None
    if not _is_reference(reference):
        raise BadReference
    return reference


def _problems(wanted: Wanted) -> Iterable[str]:
    for name in ("name", "asked_by", "purpose", "readers", "contact"):
        text = getattr(wanted, name)
        if not text.strip():
            yield f"{name}: say something, takers need to know it"
        if len(text) > LONGEST_TEXT:
            yield f"{name}: at most {LONGEST_TEXT} characters, not {len(text)}"
        if not _is_readable(text):
            yield f"{name}: on one line, and only characters that everybody can read"
    for site in wanted.sites:
        if not _is_origin(site):
            yield f"site {site!r}: an origin is needed, such as https://jobs.example.com"
    if wanted.identification not in IDENTIFICATIONS:
        yield f"identification: {', '.join(IDENTIFICATIONS)}, not {wanted.identification!r}"
    if wanted.redirect_url and not _is_address(wanted.redirect_url):
        yield f"redirect_url: an address that begins with https://, of at most {LONGEST_ADDRESS} characters"
    if not 1 <= wanted.retain_days <= 3650:
        yield f"retain_days: from 1 to 3650, not {wanted.retain_days}"


def _is_origin(site: str) -> bool:
    scheme, _, host = site.partition("://")
    usual = {"https": ":443", "http": ":80"}.get(scheme)
    # A browser leaves a scheme's usual port out of an origin, so a site that names it would never match.
    return usual is not None and _HOST.fullmatch(host) is not None and not host.endswith(usual)


def _is_address(text: str) -> bool:
    if not text.startswith("https://") or len(text) > LONGEST_ADDRESS or not _is_readable(text) or " " in text:
        return False
    try:
        return bool(urlsplit(text).hostname)
    except ValueError:
        return False


def _is_reference(text: str) -> bool:
    return 0 < len(text) <= LONGEST_REFERENCE and _is_readable(text)


def _is_readable(text: str) -> bool:
    """Whether a text has no control characters, and none for private use, which mark the slots of pages."""
    return not any(unicodedata.category(character) in ("Cc", "Co", "Cs") for character in text)
