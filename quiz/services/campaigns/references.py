"""References: what the system of whoever asks calls a person, in the address of a campaign."""

from __future__ import annotations

from itsdangerous import BadSignature, Signer

from quiz.services.campaigns.problems import is_readable
from quiz.store.campaigns import Campaign

LONGEST_REFERENCE = 200
PLACEHOLDER = "REFERENCE"
"""What stands in a snippet where a person's own reference belongs. Copied as it stands, it would be everybody's."""
_MISSING = (None, "", PLACEHOLDER)


class BadReference(ValueError):
    """A reference is missing, too long, the placeholder, holds what no name has, or was not signed by the campaign."""


def reference_for(campaign: Campaign, reference: str) -> str:
    """What to put into the address (`?ref=`) for a person; signed if the campaign wants that.

    Raises BadReference, also where the campaign takes none.
    """
    if campaign.identification not in ("plain", "signed") or not _is_reference(reference):
        raise BadReference
    return Signer(campaign.secret).sign(reference).decode() if campaign.identification == "signed" else reference


def read_reference(campaign: Campaign, given: str | None) -> str | None:
    """The reference that an address holds, None where the campaign takes none or a plain one is missing.

    A plain PLACEHOLDER counts as missing. Raises BadReference.
    """
    if campaign.identification in ("none", "named") or (campaign.identification == "plain" and given in _MISSING):
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


def _is_reference(text: str) -> bool:
    return 0 < len(text) <= LONGEST_REFERENCE and text != PLACEHOLDER and is_readable(text)
