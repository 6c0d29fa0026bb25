"""Campaigns changed, paused, held and deleted."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import asdict, dataclass

from quiz.services.campaigns.keeping import chosen, spoken, texts_of, wanted_of
from quiz.services.campaigns.marks import Marks, Stale, differing, marks
from quiz.services.campaigns.problems import Problem, Unusable, problems
from quiz.services.campaigns.wanted import LANGUAGES, STATES, TOLD, Texts, Wanted
from quiz.store import campaign_texts, campaigns
from quiz.store.campaigns import Campaign
from quiz.store.database import Database

BATCH = 500
"""Attempts that are deleted at once: people who answer meanwhile wait for one batch and not for all."""


class Held(RuntimeError):
    """A legal hold, of the campaign or of one of its people, forbids to delete it."""


@dataclass(frozen=True, slots=True)
class Going:
    """What goes with a campaign when it is deleted."""

    started: int
    finished: int
    notes: int
    invitations: int
    held: int
    """Attempts that are under a hold of their own."""


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

    Changed texts become a new version, and the old ones stay, for people have agreed to them. Without `texts` they
    are left as they are. `ground` are the marks of what the settings were made from.

    Raises:
        Unusable: with everything that is wrong. Once somebody has started, what they were told stays: who asks, what
            for, who reads it and how people are known; and answers may be kept for fewer days, but not for more.
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
            found += _broken_promises(now, said, wanted, said if texts is None else texts)
        if found:
            raise Unusable(found)
        version = now.texts_version
        if texts is not None and spoken(texts) != said:
            version += 1
            for language, own in spoken(texts).items():
                campaign_texts.keep(store, campaign.id, version, language, now_ms, **asdict(own))
        campaigns.change(store, campaign.id, texts_version=version, **chosen(wanted))
        changed = campaigns.find_by_id(store, campaign.id)
    assert changed is not None  # it was changed a line before
    return changed


def _broken_promises(
    campaign: Campaign, said: Mapping[str, Texts], wanted: Wanted, texts: Mapping[str, Texts]
) -> Iterator[Problem]:
    """What people who have started were told otherwise, in the languages in which they could read it."""
    for field in TOLD[:-1]:  # whom to ask may change: people leave
        found = {}
        for language in campaign.languages.split():
            one, other = (getattr(each.get(language, Texts()), field) for each in (said, texts))
            before = one or getattr(campaign, field)
            if (other or getattr(wanted, field)) != before:
                found[f"{field}_{language}" if one or other else field] = before
        yield from (Problem(name, "told", value=before) for name, before in found.items())
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


def set_hold(database: Database, campaign: Campaign, hold: bool) -> None:
    """Put a campaign under a legal hold, or lift it: what is held is neither deleted nor past its time."""
    with database.writing() as store:
        campaigns.set_hold(store, campaign.id, hold)


def going(database: Database, campaign: Campaign) -> Going:
    """What would go with a campaign."""
    return Going(*campaigns.count_going(database.reader(), campaign.id))


def delete(database: Database, campaign: Campaign, now_ms: int) -> None:
    """Delete a campaign with all its attempts, at once and for good; their addresses answer "deleted".

    Raises:
        Held: a hold forbids it.
    """
    with database.writing() as store:
        if campaigns.is_held(store, campaign.id):
            raise Held
        campaigns.set_state(store, campaign.public_id, "closed")
    left = True
    while left:
        with database.writing() as store:
            if campaigns.is_held(store, campaign.id):  # since the batch before
                raise Held
            left = campaigns.forget_attempts(store, campaign.id, now_ms, BATCH)
            if not left:
                campaigns.delete(store, campaign.id)
    database.scrub()
