"""The tables of those who run campaigns: teams, their people and passkeys, what they did, the house's own secrets."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    true,
)

from quiz.store.tables.base import Id, metadata

teams = Table(
    "teams",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", Text, nullable=False),
    Column("created_ms", BigInteger, nullable=False),
)

users = Table(
    "users",
    metadata,
    Column("id", Id, primary_key=True),
    Column("team_id", Id, ForeignKey("teams.id"), nullable=False, index=True),
    Column("role", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("email", Text, nullable=False, unique=True),
    Column("language", Text, nullable=False),
    Column("created_ms", BigInteger, nullable=False),
    # From here on what Flask-Security needs, under its names.
    Column("active", Boolean, nullable=False, server_default=true()),
    Column("password", Text),
    Column("fs_uniquifier", Text, nullable=False, unique=True),
    Column("fs_webauthn_user_handle", Text, unique=True),
    Column("tf_primary_method", Text),
    Column("tf_totp_secret", Text),
    Column("tf_last_used", BigInteger, doc="counter of the last code; ours, so that no code works twice"),
    Column("mf_recovery_codes", JSON),
    CheckConstraint("role IN ('owner', 'viewer')", name="role"),
    sqlite_autoincrement=True,
)

passkeys = Table(
    "passkeys",
    metadata,
    Column("id", Id, primary_key=True),
    Column("user_id", Id, ForeignKey("users.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("credential_id", LargeBinary, nullable=False, unique=True),
    Column("public_key", LargeBinary, nullable=False),
    Column("sign_count", Integer, nullable=False),
    Column("transports", JSON),
    Column("backup_state", Boolean, nullable=False),
    Column("device_type", Text, nullable=False),
    Column("extensions", Text),
    Column("create_datetime", DateTime),
    Column("lastuse_datetime", DateTime, nullable=False),
    Column("name", Text, nullable=False),
    Column("usage", Text, nullable=False),
)

team_invitations = Table(
    "team_invitations",
    metadata,
    Column("id", Id, primary_key=True),
    Column("token_hash", LargeBinary(32), nullable=False, unique=True),
    Column("team_id", Id, ForeignKey("teams.id", ondelete="CASCADE"), doc="none: it makes the first team"),
    Column("role", Text, nullable=False),
    Column("email", Text, nullable=False),
    Column("created_ms", BigInteger, nullable=False),
    Column("expires_ms", BigInteger, nullable=False),
    CheckConstraint("role IN ('owner', 'viewer')", name="role"),
)

audit = Table(
    "audit",
    metadata,
    Column("id", Id, primary_key=True),
    Column("at_ms", BigInteger, nullable=False),
    Column("team_id", Id, ForeignKey("teams.id"), nullable=False),
    Column("actor", Text, nullable=False, doc="e-mail of who did it"),
    Column("action", Text, nullable=False),
    Column("campaign", Text, nullable=False, doc="public id, or nothing"),
    Column("subject", Text, nullable=False, doc="what else it was done to, such as attempt 17; never an answer"),
    Index("ix_audit_team_id", "team_id", "id"),
    sqlite_autoincrement=True,
)

secrets = Table(
    "secrets",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
    sqlite_with_rowid=False,
)
