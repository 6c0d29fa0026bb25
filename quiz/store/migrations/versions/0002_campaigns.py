"""Campaigns, and the attempts that belong to one."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "campaigns",
        sa.Column("id", _ID, nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("pack", sa.Text(), nullable=False),
        sa.Column("pack_version", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("readers", sa.Text(), nullable=False),
        sa.Column("contact", sa.Text(), nullable=False),
        sa.Column("sites", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("secret", sa.Text(), nullable=False),
        sa.Column("shows_result", sa.Boolean(), nullable=False),
        sa.Column("redirect_url", sa.Text(), nullable=False),
        sa.Column("retain_days", sa.Integer(), nullable=False),
        sa.Column("created_ms", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("state IN ('open', 'paused', 'closed')", name=op.f("ck_campaigns_state")),
        sa.CheckConstraint("reference IN ('none', 'plain', 'signed')", name=op.f("ck_campaigns_reference")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaigns")),
        sa.UniqueConstraint("public_id", name=op.f("uq_campaigns_public_id")),
    )
    with op.batch_alter_table("attempts", table_kwargs={"sqlite_autoincrement": True}) as batch:
        batch.add_column(sa.Column("campaign_id", _ID, nullable=True))
        batch.add_column(sa.Column("reference", sa.Text(), nullable=True))
        batch.create_foreign_key(op.f("fk_attempts_campaign_id"), "campaigns", ["campaign_id"], ["id"])
        batch.create_index(op.f("ix_attempts_campaign_id"), ["campaign_id"])


def downgrade() -> None:
    with op.batch_alter_table("attempts", table_kwargs={"sqlite_autoincrement": True}) as batch:
        batch.drop_index(op.f("ix_attempts_campaign_id"))
        batch.drop_constraint(op.f("fk_attempts_campaign_id"), type_="foreignkey")
        batch.drop_column("reference")
        batch.drop_column("campaign_id")
    op.drop_table("campaigns")
