"""What a person gave of themselves when they joined a campaign: name, e-mail, and what they agreed to."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import bindparam, insert, select

from quiz.store.database import Transaction
from quiz.store.tables import attempts, consents


@dataclass(frozen=True, slots=True)
class Consent:
    """What somebody agreed to: the version of the campaign's texts that they read, in which language, and when."""

    texts_version: int
    language: str
    given_ms: int
    to_contact: bool
    """To their name and e-mail being kept."""
    to_sharing: bool
    """To their outcome being told to the page around the quiz."""


@dataclass(frozen=True, slots=True)
class Personal:
    """What is kept of a person beside their answers."""

    name: str | None
    email: str | None
    consent: Consent | None


_FIELDS = ("texts_version", "language", "given_ms", "to_contact", "to_sharing")
_GIVE = insert(consents).values({name: bindparam(name) for name in ("attempt_id", *_FIELDS)})
_OF = (
    select(attempts.c.name, attempts.c.email, *(consents.c[name] for name in _FIELDS))
    .select_from(attempts.outerjoin(consents))
    .where(attempts.c.id == bindparam("attempt"))
)


def give(store: Transaction, attempt_id: int, consent: Consent) -> None:
    """Keep what the person of a new attempt agreed to."""
    values: dict[str, object] = {name: getattr(consent, name) for name in _FIELDS}
    store.run(_GIVE, attempt_id=attempt_id, **values)


def of(store: Transaction, attempt_id: int) -> Personal:
    """What is kept of an attempt's person; nothing if the attempt is gone."""
    row = store.run(_OF, attempt=attempt_id).fetchone()
    if row is None:
        return Personal(None, None, None)
    name, email, version, language, given_ms, to_contact, to_sharing = row
    consent = Consent(version, language, given_ms, bool(to_contact), bool(to_sharing)) if given_ms is not None else None
    return Personal(name, email, consent)
