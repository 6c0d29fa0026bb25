"""Joining a campaign: what a link says of who arrives, what keeps them from starting, the attempt that they begin."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from quiz.core.pack import Pack
from quiz.services import campaigns, invitations, take, tally
from quiz.services.campaigns import BadReference, Campaign
from quiz.services.campaigns.problems import is_readable
from quiz.services.invitations import BadInvitation, Invitation
from quiz.services.tokens import in_campaign, new_token, token_hash
from quiz.store import attempts, consents
from quiz.store import campaigns as kept_campaigns
from quiz.store import invitations as kept_invitations
from quiz.store.attempts import Attempt
from quiz.store.consents import Consent, Personal
from quiz.store.database import Database, Transaction

__all__ = [
    "Arrival",
    "Barred",
    "Consent",
    "Given",
    "Personal",
    "agreed_text",
    "arrive",
    "is_email",
    "is_name",
    "join",
    "opened",
    "personal",
]

LONGEST_NAME = 200
LONGEST_EMAIL = 254
_EMAIL = re.compile(r"[^\s@<>,;:\"()\\]{1,64}@([^\W_]([\w-]*[^\W_])?\.)+[^\W\d_]([\w-]*[^\W_])?")


@dataclass(frozen=True, slots=True)
class Arrival:
    """Somebody at a campaign's door."""

    reference: str | None = None
    invitation: Invitation | None = None
    barrier: str | None = None
    """Why they cannot start: `invitation` (not a good one), `private` (none), `paused`, `closed`, `early`, `over`,
    `reference` (not a good one); None if they can."""
    begun: str | None = None
    """The token of the attempt that their invitation has led to already."""
    anew: bool = False
    """Whether they had begun by their invitation and deleted everything since."""


class Barred(RuntimeError):
    """Meanwhile the campaign was paused, closed or deleted, or the invitation was revoked or made anew."""


@dataclass(frozen=True, slots=True)
class Given:
    """What a person gives when they start, checked: name and e-mail where the campaign asks for them, agreement."""

    name: str | None = None
    email: str | None = None
    to_contact: bool = False
    to_sharing: bool = False


def arrive(database: Database, campaign: Campaign, reference: str | None, invite: str | None, now_ms: int) -> Arrival:
    """Who arrives with the reference and the invitation that an address holds, or without."""
    if invite:
        return _invited(database, campaign, invite, now_ms)
    if campaign.private:
        return Arrival(barrier="private")
    barrier = _barrier(campaign, now_ms)
    if barrier:
        return Arrival(barrier=barrier)
    try:
        return Arrival(campaigns.read_reference(campaign, reference))
    except BadReference:
        return Arrival(barrier="reference")


def opened(database: Database, campaign: Campaign, arrival: Arrival, now_ms: int) -> None:
    """Count that a person was shown the first page, and keep when an invitation was first opened."""
    with database.writing(alone=False) as store:
        kept_campaigns.opened(store, campaign.id)
        if arrival.invitation and arrival.invitation.opened_ms is None:
            kept_invitations.opened(store, arrival.invitation, now_ms)


def join(
    database: Database, pack: Pack, campaign: Campaign, arrival: Arrival, given: Given, language: str, now_ms: int
) -> str:
    """Begin the attempt of somebody who can start, and return its token; an invitation makes one and never a second.

    What they agreed to is kept with it. An invitation says itself whom it is for, unless the campaign has asked.

    Raises:
        Barred: since they arrived, something has come between.
    """
    invitation = arrival.invitation
    token = _token(campaign, invitation) if invitation else in_campaign(new_token(), campaign.public_id)
    hashed = token_hash(token)
    with database.writing() as store:
        if not _is_still_good(store, campaign, invitation, now_ms):
            raise Barred
        made = attempts.start(
            store,
            hashed,
            pack.id,
            pack.full_version,
            language,
            now_ms,
            campaign_id=campaign.id,
            reference=(invitation.reference or None) if invitation else arrival.reference,
            name=given.name or (invitation.name or None if invitation else None),
            email=given.email or (invitation.email or None if invitation else None),
            told_version=campaign.texts_version,
        )
        if made and (given.to_contact or given.to_sharing):
            version = campaign.texts_version
            consents.give(store, made, Consent(version, language, now_ms, given.to_contact, given.to_sharing))
        if made and invitation:
            attempts.unbury(store, hashed)
            kept_invitations.started(store, invitation, made)
    if made:
        tally.started()
    return token


def personal(database: Database, attempt: Attempt) -> Personal:
    """Name, e-mail and consent of an attempt's person, as far as there are any."""
    return consents.of(database.reader(), attempt.id)


def agreed_text(database: Database, campaign: Campaign, consent: Consent) -> str:
    """The words that somebody agreed to, as they were then; empty where they were the usual ones."""
    texts = campaigns.texts_of(database, replace(campaign, texts_version=consent.texts_version))
    return texts[consent.language].consent if consent.language in texts else ""


def is_name(text: str) -> bool:
    """Whether a text can be a person's name."""
    return 0 < len(text) <= LONGEST_NAME and is_readable(text)


def is_email(text: str) -> bool:
    """Whether a text looks like an e-mail address. Only a mail that arrives shows that it is one."""
    return len(text) <= LONGEST_EMAIL and _EMAIL.fullmatch(text) is not None


def _invited(database: Database, campaign: Campaign, invite: str, now_ms: int) -> Arrival:
    try:
        invitation = invitations.read(database, campaign, invite)
    except BadInvitation:
        return Arrival(barrier="invitation")
    token, anew = _token(campaign, invitation), False
    try:
        take.find(database, token)
    except take.Gone:
        anew = True
    except take.Unknown:
        pass
    else:  # who has begun goes on, whatever became of the campaign
        return Arrival(invitation=invitation, begun=token)
    return Arrival(invitation=invitation, barrier=_barrier(campaign, now_ms), anew=anew)


def _barrier(campaign: Campaign, now_ms: int) -> str | None:
    """Why nobody can start now; None where `campaigns.can_start` holds."""
    standing = campaigns.standing(campaign, now_ms)
    return {"open": None, "waiting": "early"}.get(standing, standing)


def _is_still_good(store: Transaction, campaign: Campaign, invitation: Invitation | None, now_ms: int) -> bool:
    """Whether what was seen at the door holds under the lock: a campaign that runs, words and a link as they were."""
    now = kept_campaigns.find_by_id(store, campaign.id)
    if now is None or now.texts_version != campaign.texts_version or not campaigns.can_start(now, now_ms):
        return False
    if invitation is None:
        return not now.private
    known = kept_invitations.find(store, campaign.id, invitation.id)
    return known is not None and known.revoked_ms is None and known.round == invitation.round


def _token(campaign: Campaign, invitation: Invitation) -> str:
    return in_campaign(invitations.attempt_token(campaign, invitation), campaign.public_id)
