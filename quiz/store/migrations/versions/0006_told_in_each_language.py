"""Campaigns: who asks, what for, who reads it, whom to ask in each language; invitations: mails that failed."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_TOLD = ("asked_by", "purpose", "readers", "contact")


def upgrade() -> None:
    # What a campaign had said once goes on counting for every language that has no words of its own.
    for name in _TOLD:
        op.add_column("campaign_texts", sa.Column(name, sa.Text(), nullable=False, server_default=""))
    op.add_column("invitations", sa.Column("failed_ms", sa.BigInteger(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("invitations", table_kwargs={"sqlite_autoincrement": True}) as batch:
        batch.drop_column("failed_ms")
    with op.batch_alter_table("campaign_texts") as batch:
        for name in _TOLD:
            batch.drop_column(name)
