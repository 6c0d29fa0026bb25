"""The tables of those who take the quiz: attempts, answers, what is left of the deleted."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    Table,
    Text,
    false,
    text,
)

from quiz.store.tables.base import Folded, Id, metadata

_FILTERED = ("started_ms", "finished_ms", "outcome", "role", "flags", "language")
"""What a table of results is filtered by, kept in its indexes as well: most rows are passed over unread."""
_OF_FINISHED = tuple(name for name in _FILTERED if name != "finished_ms")
_IN_ONE = text("campaign_id IS NOT NULL")
"""Attempts without a campaign are in none of its indexes, and pay nothing for them."""

attempts = Table(
    "attempts",
    metadata,
    Column("id", Id, primary_key=True),
    Column("token_hash", LargeBinary(32), nullable=False, unique=True),
    Column("pack", Text, nullable=False),
    Column("pack_version", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("started_ms", BigInteger, nullable=False),
    Column("finished_ms", BigInteger),
    Column("campaign_id", Id, ForeignKey("campaigns.id")),
    Column("reference", Text, doc="what the campaign's own system calls the person"),
    Column("name", Text, doc="the person's, where the campaign asks for it and they agreed"),
    Column("email", Text, doc="the same"),
    Column("outcome", Text, doc="kind of the result's outcome, to filter by"),
    Column("role", Text, doc="role that the outcome names, if any"),
    Column("flags", SmallInteger, nullable=False, server_default=text("0"), doc="how many signs of poor quality"),
    Column("hold", Boolean, nullable=False, server_default=false(), doc="legal hold: retention leaves it alone"),
    Column("sought", Folded, nullable=False, server_default="", doc="name, e-mail and reference, by `store.sought`"),
    # Behind all that is read often: SQLite reads a row from its beginning, and this is far longer than all the rest.
    Column("result", Text, doc="JSON, as `services.results` writes it; made anew with every later answer"),
    Column("told_version", Integer, doc="of the campaign's texts, as the person read them when they started"),
    Index(
        "ix_attempts_campaign_started",
        "campaign_id",
        "started_ms",
        "id",
        *_FILTERED[1:],
        sqlite_where=_IN_ONE,
        postgresql_where=_IN_ONE,
    ),
    Index(
        "ix_attempts_campaign_finished",
        "campaign_id",
        "finished_ms",
        "id",
        *_OF_FINISHED,
        sqlite_where=_IN_ONE,
        postgresql_where=_IN_ONE,
    ),
    Index(
        "ix_attempts_campaign_sought",
        "campaign_id",
        "sought",
        "id",
        *_FILTERED,
        sqlite_where=_IN_ONE,
        postgresql_where=_IN_ONE,
    ),
    # Few people are held; whether somebody of a campaign is, is asked while others wait.
    Index("ix_attempts_held", "campaign_id", sqlite_where=text("hold = 1"), postgresql_where=text("hold")),
    # An id is never given again: whoever still holds a deleted attempt must not reach the next person's.
    sqlite_autoincrement=True,
)

answers = Table(
    "answers",
    metadata,
    Column(
        "attempt_id",
        Id,
        ForeignKey("attempts.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("item", Text, primary_key=True),
    Column("choice", SmallInteger, nullable=False),
    Column("took_ms", BigInteger, nullable=False, doc="from the step before to the first answer"),
    Column("answered_ms", BigInteger, nullable=False),
    CheckConstraint("choice BETWEEN 1 AND 5", name="choice"),
    sqlite_with_rowid=False,
)

tombstones = Table(
    "tombstones",
    metadata,
    Column("token_hash", LargeBinary(32), primary_key=True),
    Column("deleted_ms", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)

fits = Table(
    "fits",
    metadata,
    Column("attempt_id", Id, ForeignKey("attempts.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("role", Text, primary_key=True),
    Column("campaign_id", Id, ForeignKey("campaigns.id"), nullable=False),
    Column("points", Float, nullable=False, doc="0 to 100, as the result shows it"),
    Column("low", Float, nullable=False),
    Column("high", Float, nullable=False),
    Index("ix_fits_campaign_role_points", "campaign_id", "role", "points", "attempt_id"),
    sqlite_with_rowid=False,
)
"""A campaign's fits once more, beside the result's JSON, so that a table of many people can be sorted by them."""

consents = Table(
    "consents",
    metadata,
    Column("attempt_id", Id, ForeignKey("attempts.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("texts_version", Integer, nullable=False, doc="of the campaign's texts, as the person read them"),
    Column("language", Text, nullable=False),
    Column("given_ms", BigInteger, nullable=False),
    Column("to_contact", Boolean, nullable=False, doc="to their name and e-mail being kept"),
    Column("to_sharing", Boolean, nullable=False, doc="to their outcome being told to the page around the quiz"),
)

notes = Table(
    "notes",
    metadata,
    Column("id", Id, primary_key=True),
    Column("attempt_id", Id, ForeignKey("attempts.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("author", Text, nullable=False, doc="the e-mail of who wrote it"),
    Column("text", Text, nullable=False),
    Column("written_ms", BigInteger, nullable=False),
)
