"""Campaigns: when they were deleted, what they told people before; attempts: which version of it the person read."""

import sqlalchemy as sa
from alembic import op

from quiz.store.database import NoWayBack

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_LINES = ("asked_by", "purpose", "readers", "contact")


def upgrade() -> None:
    op.add_column("campaigns", sa.Column("deleted_ms", sa.BigInteger()))
    op.add_column("attempts", sa.Column("told_version", sa.Integer()))
    op.create_table(
        "campaign_told",
        sa.Column("campaign_id", Id, autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in _LINES),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name="fk_campaign_told_campaign_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("campaign_id", "version", name="pk_campaign_told"),
    )
    op.create_index(
        "ix_attempts_held",
        "attempts",
        ["campaign_id"],
        sqlite_where=sa.text("hold = 1"),
        postgresql_where=sa.text("hold"),
    )
    # Whoever began before this read the version that they agreed to, or else the newest one of then.
    op.execute(
        "UPDATE attempts SET told_version = coalesce("
        " (SELECT texts_version FROM consents WHERE consents.attempt_id = attempts.id),"
        " (SELECT max(version) FROM campaign_texts WHERE campaign_texts.campaign_id = attempts.campaign_id"
        " AND campaign_texts.created_ms <= attempts.started_ms), 0) WHERE campaign_id IS NOT NULL"
    )


def downgrade() -> None:
    # The version before would show a deleted campaign again, and everybody what others were told.
    if _count("campaigns WHERE deleted_ms IS NOT NULL") or _count("campaign_told"):
        raise NoWayBack(
            "The step back from revision 0008 would bring deleted campaigns back, or lose what people were told before"
            " a campaign was changed. Run `flask retain --delete` first for the former; for the latter, go back by a"
            " backup. Nothing was changed."
        )
    op.drop_table("campaign_told")
    op.drop_index("ix_attempts_held", "attempts")
    # Not by making the table anew, which is long: SQLite knows this since 3.35.
    op.execute("ALTER TABLE attempts DROP COLUMN told_version")
    op.execute("ALTER TABLE campaigns DROP COLUMN deleted_ms")


def _count(rows: str) -> int:
    found: int = op.get_bind().execute(sa.text(f"SELECT count(*) FROM {rows}")).scalar_one()
    return found
