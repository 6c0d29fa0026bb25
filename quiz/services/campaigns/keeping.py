"""Campaigns made and found."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from quiz.core.pack import Pack
from quiz.services.campaigns.problems import Unusable, problems
from quiz.services.campaigns.wanted import LANGUAGES, TOLD, Texts, Wanted
from quiz.store import campaign_texts, campaigns
from quiz.store.campaigns import Campaign
from quiz.store.database import Database


@dataclass(frozen=True, slots=True)
class Told:
    """A campaign as somebody was told it, and what it told them in its own words, by language."""

    campaign: Campaign
    texts: Mapping[str, Texts]

    def read_in(self, language: str) -> tuple[Campaign, Texts]:
        """Both as they are read in a language."""
        own = self.texts.get(language, Texts())
        return as_told(self.campaign, own), own


def create(
    database: Database,
    pack: Pack,
    wanted: Wanted,
    now_ms: int,
    *,
    team_id: int | None = None,
    texts: Mapping[str, Texts] | None = None,
    spoken_by_pack: Collection[str] = LANGUAGES,
) -> Campaign:
    """Make a campaign of a pack, which has these languages; it keeps the pack's version.

    Raises Unusable with everything that is wrong.
    """
    if found := problems(wanted, texts, spoken_by_pack):
        raise Unusable(found)
    own = spoken(texts or {})
    campaign = Campaign(
        id=0,
        public_id=secrets.token_hex(6),
        team_id=team_id,
        pack=pack.id,
        pack_version=pack.full_version,
        state="open",
        secret=secrets.token_urlsafe(32),
        created_ms=now_ms,
        hold=False,
        opened=0,
        texts_version=1 if own else 0,
        **chosen(wanted),
    )
    with database.writing() as store:
        campaigns.create(store, campaign)
        kept = campaigns.find(store, campaign.public_id)
        assert kept is not None  # it was kept a line before
        for language, said in own.items():
            campaign_texts.keep(store, kept.id, kept.texts_version, language, now_ms, **asdict(said))
    return kept


def find(database: Database, public_id: str) -> Campaign | None:
    """The campaign of an address, or None."""
    return campaigns.find(database.reader(), public_id)


def told_to(database: Database, attempt_id: int) -> Told | None:
    """What the person of an attempt was told when they started; None if it belongs to no campaign.

    Their version stays theirs, whatever is said to others since. Only whom to ask and the thanks at the end are
    today's: people leave, and what happens next becomes clear later.
    """
    store = database.reader()
    found = campaigns.of_attempt(store, attempt_id)
    if found is None:
        return None
    campaign, version = found
    now = texts_of(database, campaign)
    if version is None or version == campaign.texts_version:
        return Told(campaign, now)
    lines: dict[str, Any] = {**campaign_texts.told(store, campaign.id, version), "contact": campaign.contact}
    then = replace(campaign, texts_version=version, **lines)
    said = texts_of(database, then)
    return Told(
        then,
        {
            language: replace(said.get(language, Texts()), contact=today.contact, thanks=today.thanks)
            for language in LANGUAGES
            for today in [now.get(language, Texts())]
        },
    )


def can_start(campaign: Campaign, now_ms: int) -> bool:
    """Whether people can start: the campaign is open and within its dates."""
    return standing(campaign, now_ms) == "open"


def standing(campaign: Campaign, now_ms: int) -> str:
    """One of open, waiting (for its day), paused, over (its closing date is past), closed (by somebody)."""
    if campaign.state == "closed":
        return "closed"
    if campaign.closes_ms is not None and now_ms >= campaign.closes_ms:
        return "over"
    if campaign.state != "open":
        return campaign.state
    return "waiting" if campaign.opens_ms is not None and now_ms < campaign.opens_ms else "open"


def texts_of(database: Database, campaign: Campaign) -> Mapping[str, Texts]:
    """What a campaign says in its own words, by language; a language without any is not there."""
    if not campaign.texts_version:
        return {}
    rows = campaign_texts.of(database.reader(), campaign.id, campaign.texts_version)
    said = {language: Texts(*words) for language, *words in rows}
    return {language: said[language] for language in LANGUAGES if language in said}


def as_told(campaign: Campaign, own: Texts) -> Campaign:
    """A campaign as people of a language read it: who asks, what for, who reads it, whom to ask in `own` words."""
    return replace(campaign, **{name: getattr(own, name) or getattr(campaign, name) for name in TOLD})


def everyone(database: Database) -> list[tuple[Campaign, int, int]]:
    """All campaigns, the oldest first, with how many attempts were started and finished."""
    return campaigns.everyone(database.reader())


def of_team(database: Database, team_id: int) -> list[tuple[Campaign, int, int]]:
    """A team's campaigns, the newest first, with how many attempts were started and finished."""
    return campaigns.of_team(database.reader(), team_id)


def counts(database: Database, campaign: Campaign) -> tuple[int, int]:
    """How many attempts of a campaign were started, and how many of them are finished."""
    return campaigns.count(database.reader(), campaign.id)


def wanted_of(campaign: Campaign) -> Wanted:
    """The settings that a campaign has."""
    same = {name: getattr(campaign, name) for name in Wanted.__slots__ if name not in ("sites", "languages")}
    return Wanted(sites=tuple(campaign.sites.split()), languages=tuple(campaign.languages.split()), **same)


def chosen(wanted: Wanted) -> dict[str, Any]:
    """The settings as they are kept."""
    kept = {name: getattr(wanted, name) for name in Wanted.__slots__}
    return kept | {"sites": " ".join(wanted.sites), "languages": " ".join(wanted.languages)}


def spoken(texts: Mapping[str, Texts]) -> dict[str, Texts]:
    """The languages in which something is said at all."""
    return {language: said for language, said in texts.items() if said != Texts()}
