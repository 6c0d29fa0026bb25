"""The tables of those who ask: campaigns, their texts, their invitations."""

from sqlalchemy import BigInteger, Boolean, CheckConstraint, Column, ForeignKey, Integer, Table, Text, false, text

from quiz.store.tables.base import Id, metadata

campaigns = Table(
    "campaigns",
    metadata,
    Column("id", Id, primary_key=True),
    Column("public_id", Text, nullable=False, unique=True, doc="in addresses; not a secret"),
    Column("team_id", Id, ForeignKey("teams.id"), index=True, doc="none: made on the command line before any team"),
    Column("name", Text, nullable=False, doc="for those who run it; takers never see it"),
    Column("pack", Text, nullable=False),
    Column("pack_version", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("asked_by", Text, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("readers", Text, nullable=False),
    Column("contact", Text, nullable=False),
    Column("sites", Text, nullable=False, doc="origins that may frame it, separated by spaces"),
    Column("identification", Text, nullable=False, doc="none, plain or signed reference, or named"),
    Column("secret", Text, nullable=False, doc="signs references and invitations"),
    Column("shows_result", Boolean, nullable=False),
    Column("redirect_url", Text, nullable=False),
    Column("retain_days", Integer, nullable=False),
    Column("created_ms", BigInteger, nullable=False),
    Column("languages", Text, nullable=False, server_default="es en", doc="separated by spaces"),
    Column("accent", Text, nullable=False, server_default="", doc="#rrggbb, or nothing for the usual one"),
    Column("opens_ms", BigInteger, doc="nobody can start before"),
    Column("closes_ms", BigInteger, doc="nobody can start from then on"),
    Column("private", Boolean, nullable=False, server_default=false(), doc="only those invited can start"),
    Column("shares_outcome", Boolean, nullable=False, server_default=false(), doc="the page around it, with consent"),
    Column("hold", Boolean, nullable=False, server_default=false(), doc="legal hold: retention leaves it alone"),
    Column("opened", Integer, nullable=False, server_default=text("0"), doc="how often its first page was shown"),
    Column("texts_version", Integer, nullable=False, server_default=text("0"), doc="of its own texts; 0: it has none"),
    Column("deleted_ms", BigInteger, doc="when it was deleted: nobody finds it any more, a job removes it"),
    CheckConstraint("state IN ('open', 'paused', 'closed')", name="state"),
    CheckConstraint("identification IN ('none', 'plain', 'signed', 'named')", name="identification"),
)

campaign_texts = Table(
    "campaign_texts",
    metadata,
    Column("campaign_id", Id, ForeignKey("campaigns.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("language", Text, primary_key=True),
    Column("intro", Text, nullable=False),
    Column("privacy", Text, nullable=False),
    Column("consent", Text, nullable=False),
    Column("thanks", Text, nullable=False),
    Column("created_ms", BigInteger, nullable=False),
    Column("asked_by", Text, nullable=False, server_default="", doc="empty: as the campaign itself says"),
    Column("purpose", Text, nullable=False, server_default="", doc="the same"),
    Column("readers", Text, nullable=False, server_default="", doc="the same"),
    Column("contact", Text, nullable=False, server_default="", doc="the same"),
)
"""What a campaign says in its own words. A version is never changed, for people have agreed to it."""

campaign_told = Table(
    "campaign_told",
    metadata,
    Column("campaign_id", Id, ForeignKey("campaigns.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("version", Integer, primary_key=True, autoincrement=False, doc="of the texts; the last one that said this"),
    Column("asked_by", Text, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("readers", Text, nullable=False),
    Column("contact", Text, nullable=False),
)
"""What a campaign itself told people, in whatever language, before it was changed; now it is in `campaigns`."""

invitations = Table(
    "invitations",
    metadata,
    Column("id", Id, primary_key=True),
    Column("campaign_id", Id, ForeignKey("campaigns.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("email", Text, nullable=False),
    Column("reference", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("round", Integer, nullable=False, server_default=text("1"), doc="raised when its link is made anew"),
    Column("invited_ms", BigInteger, nullable=False),
    Column("sent_ms", BigInteger, doc="when the last mail went out, if any"),
    Column("opened_ms", BigInteger),
    Column("revoked_ms", BigInteger),
    Column("attempt_id", Id, ForeignKey("attempts.id", ondelete="SET NULL"), index=True),
    Column("failed_ms", BigInteger, doc="no longer in use, as the outbox tells it; the version before writes it"),
    sqlite_autoincrement=True,
)
