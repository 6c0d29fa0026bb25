"""When an attempt was last touched is worked out from its answers."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_ID_NEVER_AGAIN = {"sqlite_autoincrement": True}


def upgrade() -> None:
    with op.batch_alter_table("attempts", table_kwargs=_ID_NEVER_AGAIN) as batch:
        batch.drop_index(op.f("ix_attempts_touched_ms"))
        batch.drop_column("touched_ms")


def downgrade() -> None:
    with op.batch_alter_table("attempts", table_kwargs=_ID_NEVER_AGAIN) as batch:
        batch.add_column(sa.Column("touched_ms", sa.BigInteger(), nullable=False, server_default="0"))
    op.execute(
        "UPDATE attempts SET touched_ms = coalesce("
        "(SELECT max(answered_ms) FROM answers WHERE attempt_id = attempts.id), started_ms)"
    )
    with op.batch_alter_table("attempts", table_kwargs=_ID_NEVER_AGAIN) as batch:
        batch.alter_column("touched_ms", server_default=None)
        batch.create_index(op.f("ix_attempts_touched_ms"), ["touched_ms"])
