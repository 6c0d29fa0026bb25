"""The tables. Times are whole milliseconds since 1970 in UTC; tokens are stored as SHA-256 only."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    Table,
    Text,
)

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)

# SQLite numbers rows only for a column that is exactly "INTEGER PRIMARY KEY".
_Id = BigInteger().with_variant(Integer, "sqlite")

campaigns = Table(
    "campaigns",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("public_id", Text, nullable=False, unique=True, doc="in addresses; not a secret"),
    Column("name", Text, nullable=False, doc="for those who run it; takers never see it"),
    Column("pack", Text, nullable=False),
    Column("pack_version", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("asked_by", Text, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("readers", Text, nullable=False),
    Column("contact", Text, nullable=False),
    Column("sites", Text, nullable=False, doc="origins that may frame it, separated by spaces"),
    Column("reference", Text, nullable=False, doc="none, plain or signed"),
    Column("secret", Text, nullable=False, doc="signs references"),
    Column("shows_result", Boolean, nullable=False),
    Column("redirect_url", Text, nullable=False),
    Column("retain_days", Integer, nullable=False),
    Column("created_ms", BigInteger, nullable=False),
    CheckConstraint("state IN ('open', 'paused', 'closed')", name="state"),
    CheckConstraint("reference IN ('none', 'plain', 'signed')", name="reference"),
)

attempts = Table(
    "attempts",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("token_hash", LargeBinary(32), nullable=False, unique=True),
    Column("pack", Text, nullable=False),
    Column("pack_version", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("started_ms", BigInteger, nullable=False),
    Column("touched_ms", BigInteger, nullable=False, doc="when the last answer was given"),
    Column("finished_ms", BigInteger),
    Column("result", Text, doc="JSON, as `services.results` writes it; made anew with every later answer"),
    Column("campaign_id", _Id, ForeignKey("campaigns.id"), index=True),
    Column("reference", Text, doc="what the campaign's own system calls the person"),
    Index(None, "touched_ms"),
    # An id is never given again: whoever still holds a deleted attempt must not reach the next person's.
    sqlite_autoincrement=True,
)

answers = Table(
    "answers",
    metadata,
    Column(
        "attempt_id",
        _Id,
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
