"""What campaigns say in their own words, and what they told people before they were changed, version by version."""

from __future__ import annotations

from typing import Any

from sqlalchemy import bindparam, insert, select

from quiz.store.database import Transaction
from quiz.store.tables import campaign_texts, campaign_told

_WORDS = ("intro", "privacy", "consent", "thanks", "asked_by", "purpose", "readers", "contact")
_KEEP = insert(campaign_texts).values({column.name: bindparam(column.name) for column in campaign_texts.c})
_OF = select(campaign_texts.c.language, *(campaign_texts.c[name] for name in _WORDS)).where(
    campaign_texts.c.campaign_id == bindparam("campaign"), campaign_texts.c.version == bindparam("wanted_version")
)


_LINES = ("asked_by", "purpose", "readers", "contact")
_TELL = insert(campaign_told).values({column.name: bindparam(column.name) for column in campaign_told.c})
_TOLD = (
    select(*(campaign_told.c[name] for name in _LINES))
    .where(campaign_told.c.campaign_id == bindparam("campaign"), campaign_told.c.version >= bindparam("wanted_version"))
    .order_by(campaign_told.c.version)
    .limit(1)
)


def keep(store: Transaction, campaign_id: int, version: int, language: str, now_ms: int, **words: str) -> None:
    """Keep a version's texts in one language: all columns of words, by name."""
    store.run(_KEEP, campaign_id=campaign_id, version=version, language=language, created_ms=now_ms, **words)


def of(store: Transaction, campaign_id: int, version: int) -> list[tuple[Any, ...]]:
    """A version's texts: the language, then the words in the order of `services.campaigns.Texts`."""
    return store.run(_OF, campaign=campaign_id, wanted_version=version).fetchall()


def keep_told(store: Transaction, campaign_id: int, version: int, **lines: str) -> None:
    """Keep what a campaign itself told people up to a version, before it says something else: all lines, by name."""
    store.run(_TELL, campaign_id=campaign_id, version=version, **lines)


def told(store: Transaction, campaign_id: int, version: int) -> dict[str, str]:
    """What a campaign itself told the people of a version, by name; nothing where it tells the same today."""
    row = store.run(_TOLD, campaign=campaign_id, wanted_version=version).fetchone()
    return dict(zip(_LINES, row, strict=True)) if row else {}
