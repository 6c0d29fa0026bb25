"""A pack's parameters have a version of their own: "1.0.0" becomes "1.0.0+1.0.0"."""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("attempts", "campaigns"):
        op.execute(f"UPDATE {table} SET pack_version = pack_version || '+1.0.0' WHERE pack_version NOT LIKE '%+%'")


def downgrade() -> None:
    place = "instr(pack_version, '+')" if op.get_bind().dialect.name == "sqlite" else "strpos(pack_version, '+')"
    for table in ("attempts", "campaigns"):
        op.execute(
            f"UPDATE {table} SET pack_version = substr(pack_version, 1, {place} - 1)"
            " WHERE pack_version LIKE '%+%'"
        )
