"""The tables. Times are whole milliseconds since 1970 in UTC; tokens are stored as SHA-256 only."""

from sqlalchemy import (
    BigInteger,
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
