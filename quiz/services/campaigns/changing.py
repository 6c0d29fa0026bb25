"""Campaigns changed, paused and held."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import asdict

from quiz.services.campaigns.keeping import chosen, spoken, texts_of, wanted_of
from quiz.services.campaigns.marks import Marks, Stale, differing, marks
from quiz.services.campaigns.problems import Problem, Unusable, problems
from quiz.services.campaigns.wanted import LANGUAGES, STATES, TOLD, Texts, Wanted
from quiz.store import campaign_texts, campaigns
from quiz.store.campaigns import Campaign
from quiz.store.database import Database


class Gone(LookupError):
    """The campaign was deleted meanwhile."""


def change(
    database: Database,
    campaign: Campaign,
    wanted: Wanted,
    texts: Mapping[str, Texts] | None,
    now_ms: int,
    *,
    ground: Marks | None = None,
    spoken_by_pack: Collection[str] = LANGUAGES,
) -> Campaign:
    """Give a campaign other settings and texts, and return it as it is now; its pack version stays.

    What it tells people, in lines and in texts, becomes a new version when it is changed, and the old ones stay: who
    has started keeps what they were told, and agreed to. Without `texts` these are left as they are. `ground` are the
    marks of what the settings were made from.

    Raises:
        Unusable: with everything that is wrong. Once somebody has started, how people are known stays, and answers
            may be kept for fewer days, but not for more: both concern what is there already.
        Stale: the campaign is no longer what `ground` says.
        Gone: there is no such campaign any more.
    """
    found = problems(wanted, texts, spoken_by_pack)
    with database.writing() as store:
        now = campaigns.find_by_id(store, campaign.id)
        if now is None:
            raise Gone
        said = texts_of(database, now)
        if ground and differing(ground, marks(wanted_of(now), said)):
            raise Stale(now, said)
        if campaigns.count(store, now.id)[0]:
            found += _broken_promises(now, wanted)
        if found:
            raise Unusable(found)
        version, lines = now.texts_version, {name: getattr(now, name) for name in TOLD}
        says = said if texts is None else spoken(texts)
        tells_otherwise = any(getattr(wanted, name) != line for name, line in lines.items())
        if tells_otherwise or says != said:
            version += 1
            for language, own in says.items():
                campaign_texts.keep(store, campaign.id, version, language, now_ms, **asdict(own))
        if tells_otherwise:
            campaign_texts.keep_told(store, campaign.id, now.texts_version, **lines)
        campaigns.change(store, campaign.id, texts_version=version, **chosen(wanted))
        changed = campaigns.find_by_id(store, campaign.id)
    assert changed is not None  # it was changed a line before
    return changed


def _broken_promises(campaign: Campaign, wanted: Wanted) -> Iterator[Problem]:
    """What would become of people who have started otherwise than they were told."""
    if wanted.identification != campaign.identification:
        yield Problem("identification", "fixed", value=campaign.identification)
    if wanted.retain_days > campaign.retain_days:
        yield Problem("retain_days", "promised", value=str(wanted.retain_days), limit=campaign.retain_days)


def set_state(database: Database, public_id: str, state: str) -> bool:
    """Open, pause or close a campaign; False if there is none. Attempts that have begun go on."""
    if state not in STATES:
        raise ValueError(f"a campaign is {', '.join(STATES)}, not {state!r}")
    with database.writing() as store:
        return campaigns.set_state(store, public_id, state)


def set_hold(database: Database, campaign: Campaign, hold: bool) -> bool:
    """Put a campaign under a legal hold, or lift it: what is held is neither deleted nor past its time.

    False if the campaign was deleted meanwhile.
    """
    with database.writing() as store:
        return campaigns.set_hold(store, campaign.id, hold)
