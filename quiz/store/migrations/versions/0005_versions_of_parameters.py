"""A pack's parameters have a version of their own: "1.0.0" becomes "1.0.0+1.0.0"."""

import sqlalchemy as sa
from alembic import op

from quiz.store.database import NoWayBack

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_KEPT_IN = [sa.table(name, sa.column("pack_version", sa.Text)) for name in ("attempts", "campaigns")]
_ONLY = "1.0.0"


def upgrade() -> None:
    for table in _KEPT_IN:
        version = table.c.pack_version
        op.execute(table.update().where(version.not_like("%+%")).values(pack_version=version + f"+{_ONLY}"))


def downgrade() -> None:
    # Without the version of their figures, results by others than the first would count as results by the first.
    others = sorted({version for table in _KEPT_IN for version in _versions(table) if not version.endswith(f"+{_ONLY}")})
    if others:
        raise NoWayBack(
            "The step back from revision 0005 would lose which parameters results were scored by: there are attempts or"
            f" campaigns of {', '.join(others)}. Go back by a backup, or delete them first. Nothing was changed."
        )
    for table in _KEPT_IN:
        for version in _versions(table):
            before = version.removesuffix(f"+{_ONLY}")
            op.execute(table.update().where(table.c.pack_version == version).values(pack_version=before))


def _versions(table: sa.TableClause) -> list[str]:
    """The versions in a table that say which parameters they have, in Python: no function for it is in every SQL."""
    version = table.c.pack_version
    return list(op.get_bind().execute(sa.select(version).where(version.like("%+%")).distinct()).scalars())
