"""The link of an invitation: made, read, and where it leads."""

from __future__ import annotations

import hashlib
import hmac
from base64 import urlsafe_b64encode

from itsdangerous import BadSignature, Signer

from quiz.services.campaigns import Campaign
from quiz.store import invitations
from quiz.store.database import Database
from quiz.store.invitations import Invitation

__all__ = ["BadInvitation", "Invitation", "attempt_token", "path", "read"]

LONGEST = 120
"""Characters of the longest link's signed part: two numbers of 19 digits and a signature of 27 characters fit."""


class BadInvitation(ValueError):
    """A link was not made by this campaign, was revoked, or a newer one was made."""


def path(campaign: Campaign, invitation: Invitation) -> str:
    """Where an invitation leads, from the root of the site; the same until a new round is begun."""
    return f"/c/{campaign.public_id}?invite={_signer(campaign).sign(_round(invitation)).decode()}"


def read(database: Database, campaign: Campaign, given: str) -> Invitation:
    """The invitation whose link holds `given`. Raises BadInvitation."""
    try:
        # Text that no browser sends must not break the signer, which takes bytes.
        signed = _signer(campaign).unsign(given[: LONGEST + 1].encode("utf-8", "surrogatepass")).decode("ascii")
    except (BadSignature, UnicodeDecodeError):
        raise BadInvitation from None
    found = invitations.find(database.reader(), campaign.id, int(signed.partition(".")[0]))
    if found is None or found.revoked_ms is not None or _round(found) != signed:
        raise BadInvitation
    return found


def attempt_token(campaign: Campaign, invitation: Invitation) -> str:
    """The token of the attempt that an invitation leads to: the same on every device.

    Worked out from the campaign's secret, so that it need not be kept anywhere; as random as other tokens to
    whoever does not know that secret.
    """
    told = f"attempt:{_round(invitation, ':')}"
    digest = hmac.digest(campaign.secret.encode(), told.encode(), hashlib.sha256)
    return urlsafe_b64encode(digest).rstrip(b"=").decode()


def _signer(campaign: Campaign) -> Signer:
    return Signer(campaign.secret, salt="invitation")


def _round(invitation: Invitation, separator: str = ".") -> str:
    return f"{invitation.id}{separator}{invitation.round}"
