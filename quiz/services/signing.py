"""The key by which somebody's own system signs references for a campaign."""

from __future__ import annotations

from itsdangerous import Signer

from quiz.store.campaigns import Campaign


def reference_key(campaign: Campaign) -> str:
    """The key in hexadecimal: reference, a full stop, HMAC-SHA1 of the reference in URL-safe base64 unpadded.

    It is derived from the campaign's secret, and whoever has it can sign references but no invitations.
    """
    return Signer(campaign.secret).derive_key().hex()
