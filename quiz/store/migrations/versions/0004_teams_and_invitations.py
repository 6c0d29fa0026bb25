"""Teams and their people, what a campaign says and whom it invites, and what a table of results is sorted by."""

import json

import sqlalchemy as sa
from alembic import op

from quiz.store.sought import sought

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_ADDED = ("name", "email", "outcome", "role", "flags", "hold", "sought")
_FILTERED = ("started_ms", "finished_ms", "outcome", "role", "flags", "language")
_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_FOLDED = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
_IN_ONE = sa.text("campaign_id IS NOT NULL")


def upgrade() -> None:
    _create_tables()
    # The long result goes last: SQLite reads a row from its beginning.
    last: list[tuple[str, ...]] = [("finished_ms", "campaign_id", "reference", *_ADDED, "result")]
    kwargs = {"sqlite_autoincrement": True}
    with op.batch_alter_table("attempts", table_kwargs=kwargs, partial_reordering=last) as batch:
        batch.add_column(sa.Column("name", sa.Text()))
        batch.add_column(sa.Column("email", sa.Text()))
        batch.add_column(sa.Column("outcome", sa.Text()))
        batch.add_column(sa.Column("role", sa.Text()))
        batch.add_column(sa.Column("flags", sa.SmallInteger(), server_default=sa.text("0"), nullable=False))
        batch.add_column(sa.Column("hold", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch.add_column(sa.Column("sought", _FOLDED, server_default="", nullable=False))
        batch.drop_index(op.f("ix_attempts_campaign_id"))
        for order, column in (("started", "started_ms"), ("finished", "finished_ms"), ("sought", "sought")):
            covered = [name for name in _FILTERED if name != column]
            batch.create_index(
                f"ix_attempts_campaign_{order}",
                ["campaign_id", column, "id", *covered],
                sqlite_where=_IN_ONE,
                postgresql_where=_IN_ONE,
            )
    op.execute("ALTER TABLE campaigns RENAME COLUMN reference TO identification")
    with op.batch_alter_table("campaigns") as batch:
        batch.drop_constraint(op.f("ck_campaigns_reference"), type_="check")
        batch.create_check_constraint(
            op.f("ck_campaigns_identification"), "identification IN ('none', 'plain', 'signed', 'named')"
        )
        batch.add_column(sa.Column("team_id", _ID))
        batch.add_column(sa.Column("languages", sa.Text(), server_default="es en", nullable=False))
        batch.add_column(sa.Column("accent", sa.Text(), server_default="", nullable=False))
        batch.add_column(sa.Column("opens_ms", sa.BigInteger()))
        batch.add_column(sa.Column("closes_ms", sa.BigInteger()))
        for name in ("private", "shares_outcome", "hold"):
            batch.add_column(sa.Column(name, sa.Boolean(), server_default=sa.false(), nullable=False))
        for name in ("opened", "texts_version"):
            batch.add_column(sa.Column(name, sa.Integer(), server_default=sa.text("0"), nullable=False))
        batch.create_index(op.f("ix_campaigns_team_id"), ["team_id"])
        batch.create_foreign_key(op.f("fk_campaigns_team_id"), "teams", ["team_id"], ["id"])
    _fill_from_results()


def downgrade() -> None:
    op.execute("UPDATE campaigns SET identification = 'none' WHERE identification = 'named'")
    op.execute("ALTER TABLE campaigns RENAME COLUMN identification TO reference")
    with op.batch_alter_table("campaigns") as batch:
        batch.drop_constraint(op.f("ck_campaigns_identification"), type_="check")
        batch.create_check_constraint(op.f("ck_campaigns_reference"), "reference IN ('none', 'plain', 'signed')")
        batch.drop_constraint(op.f("fk_campaigns_team_id"), type_="foreignkey")
        batch.drop_index(op.f("ix_campaigns_team_id"))
        for name in ("team_id", "languages", "accent", "opens_ms", "closes_ms", "private"):
            batch.drop_column(name)
        for name in ("shares_outcome", "hold", "opened", "texts_version"):
            batch.drop_column(name)
    with op.batch_alter_table("attempts", table_kwargs={"sqlite_autoincrement": True}) as batch:
        for order in ("started", "finished", "sought"):
            batch.drop_index(f"ix_attempts_campaign_{order}")
        batch.create_index(op.f("ix_attempts_campaign_id"), ["campaign_id"])
        for name in _ADDED:
            batch.drop_column(name)
    for table in ("notes", "invitations", "fits", "consents", "passkeys", "campaign_texts", "users"):
        op.drop_table(table)
    for table in ("team_invitations", "audit", "teams", "secrets"):
        op.drop_table(table)


def _fill_from_results() -> None:
    """Write beside each campaign's people and results what the table of them is searched, filtered and sorted by."""
    run = op.get_bind().execute
    seek = sa.text("UPDATE attempts SET sought = :sought WHERE id = :id")
    keep = sa.text("UPDATE attempts SET outcome = :kind, role = :role, flags = :flags WHERE id = :id")
    fits = sa.table("fits", *map(sa.column, ("attempt_id", "role", "campaign_id", "points", "low", "high")))
    asked = "SELECT id, campaign_id, reference, result FROM attempts WHERE campaign_id IS NOT NULL"
    for row in run(sa.text(asked)).mappings().all():
        run(seek, {"sought": sought(row["reference"]), "id": row["id"]})
        if row["result"] is None:
            continue
        result = json.loads(row["result"])
        outcome, flags = result["outcome"], len(result["flags"])
        run(keep, {"kind": outcome["kind"], "role": outcome["role"], "flags": flags, "id": row["id"]})
        for role, fit in result["fits"].items():
            points = {name: fit[name] for name in ("points", "low", "high")}
            of = {"attempt_id": row["id"], "role": role, "campaign_id": row["campaign_id"]}
            run(fits.insert().values(**of, **points))


def _create_tables() -> None:
    op.create_table('secrets',
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('value', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_secrets')),
    sqlite_with_rowid=False)
    op.create_table('teams',
    sa.Column('id', _ID, nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('created_ms', sa.BigInteger(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_teams')))
    op.create_table('audit',
    sa.Column('id', _ID, nullable=False),
    sa.Column('at_ms', sa.BigInteger(), nullable=False),
    sa.Column('team_id', _ID, nullable=False),
    sa.Column('actor', sa.Text(), nullable=False),
    sa.Column('action', sa.Text(), nullable=False),
    sa.Column('campaign', sa.Text(), nullable=False),
    sa.Column('subject', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['team_id'], ['teams.id'], name=op.f('fk_audit_team_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit')),
    sqlite_autoincrement=True
    )
    op.create_index(op.f('ix_audit_team_id'), 'audit', ['team_id', 'id'])

    op.create_table('team_invitations',
    sa.Column('id', _ID, nullable=False),
    sa.Column('token_hash', sa.LargeBinary(length=32), nullable=False),
    sa.Column('team_id', _ID, nullable=True),
    sa.Column('role', sa.Text(), nullable=False),
    sa.Column('email', sa.Text(), nullable=False),
    sa.Column('created_ms', sa.BigInteger(), nullable=False),
    sa.Column('expires_ms', sa.BigInteger(), nullable=False),
    sa.CheckConstraint("role IN ('owner', 'viewer')", name=op.f('ck_team_invitations_role')),
    sa.ForeignKeyConstraint(['team_id'], ['teams.id'], name=op.f('fk_team_invitations_team_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_team_invitations')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_team_invitations_token_hash'))
    )
    op.create_table('users',
    sa.Column('id', _ID, nullable=False),
    sa.Column('team_id', _ID, nullable=False),
    sa.Column('role', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('email', sa.Text(), nullable=False),
    sa.Column('language', sa.Text(), nullable=False),
    sa.Column('created_ms', sa.BigInteger(), nullable=False),
    sa.Column('active', sa.Boolean(), server_default=sa.true(), nullable=False),
    sa.Column('password', sa.Text(), nullable=True),
    sa.Column('fs_uniquifier', sa.Text(), nullable=False),
    sa.Column('fs_webauthn_user_handle', sa.Text(), nullable=True),
    sa.Column('tf_primary_method', sa.Text(), nullable=True),
    sa.Column('tf_totp_secret', sa.Text(), nullable=True),
    sa.Column('tf_last_used', sa.BigInteger(), nullable=True),
    sa.Column('mf_recovery_codes', sa.JSON(), nullable=True),
    sa.CheckConstraint("role IN ('owner', 'viewer')", name=op.f('ck_users_role')),
    sa.ForeignKeyConstraint(['team_id'], ['teams.id'], name=op.f('fk_users_team_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_users')),
    sa.UniqueConstraint('email', name=op.f('uq_users_email')),
    sa.UniqueConstraint('fs_uniquifier', name=op.f('uq_users_fs_uniquifier')),
    sa.UniqueConstraint('fs_webauthn_user_handle', name=op.f('uq_users_fs_webauthn_user_handle')),
    sqlite_autoincrement=True
    )
    op.create_index(op.f('ix_users_team_id'), 'users', ['team_id'])

    op.create_table('campaign_texts',
    sa.Column('campaign_id', _ID, autoincrement=False, nullable=False),
    sa.Column('version', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('language', sa.Text(), nullable=False),
    sa.Column('intro', sa.Text(), nullable=False),
    sa.Column('privacy', sa.Text(), nullable=False),
    sa.Column('consent', sa.Text(), nullable=False),
    sa.Column('thanks', sa.Text(), nullable=False),
    sa.Column('created_ms', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaigns.id'], name=op.f('fk_campaign_texts_campaign_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('campaign_id', 'version', 'language', name=op.f('pk_campaign_texts'))
    )
    op.create_table('passkeys',
    sa.Column('id', _ID, nullable=False),
    sa.Column('user_id', _ID, nullable=False),
    sa.Column('credential_id', sa.LargeBinary(), nullable=False),
    sa.Column('public_key', sa.LargeBinary(), nullable=False),
    sa.Column('sign_count', sa.Integer(), nullable=False),
    sa.Column('transports', sa.JSON(), nullable=True),
    sa.Column('backup_state', sa.Boolean(), nullable=False),
    sa.Column('device_type', sa.Text(), nullable=False),
    sa.Column('extensions', sa.Text(), nullable=True),
    sa.Column('create_datetime', sa.DateTime(), nullable=True),
    sa.Column('lastuse_datetime', sa.DateTime(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('usage', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_passkeys_user_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_passkeys')),
    sa.UniqueConstraint('credential_id', name=op.f('uq_passkeys_credential_id'))
    )
    op.create_index(op.f('ix_passkeys_user_id'), 'passkeys', ['user_id'])

    op.create_table('consents',
    sa.Column('attempt_id', _ID, autoincrement=False, nullable=False),
    sa.Column('texts_version', sa.Integer(), nullable=False),
    sa.Column('language', sa.Text(), nullable=False),
    sa.Column('given_ms', sa.BigInteger(), nullable=False),
    sa.Column('to_contact', sa.Boolean(), nullable=False),
    sa.Column('to_sharing', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['attempt_id'], ['attempts.id'], name=op.f('fk_consents_attempt_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('attempt_id', name=op.f('pk_consents'))
    )
    op.create_table('fits',
    sa.Column('attempt_id', _ID, autoincrement=False, nullable=False),
    sa.Column('role', sa.Text(), nullable=False),
    sa.Column('campaign_id', _ID, nullable=False),
    sa.Column('points', sa.Float(), nullable=False),
    sa.Column('low', sa.Float(), nullable=False),
    sa.Column('high', sa.Float(), nullable=False),
    sa.ForeignKeyConstraint(['attempt_id'], ['attempts.id'], name=op.f('fk_fits_attempt_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaigns.id'], name=op.f('fk_fits_campaign_id')),
    sa.PrimaryKeyConstraint('attempt_id', 'role', name=op.f('pk_fits')),
    sqlite_with_rowid=False)
    op.create_index(op.f('ix_fits_campaign_role_points'), 'fits', ['campaign_id', 'role', 'points', 'attempt_id'])

    op.create_table('invitations',
    sa.Column('id', _ID, nullable=False),
    sa.Column('campaign_id', _ID, nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('email', sa.Text(), nullable=False),
    sa.Column('reference', sa.Text(), nullable=False),
    sa.Column('language', sa.Text(), nullable=False),
    sa.Column('round', sa.Integer(), server_default=sa.text('1'), nullable=False),
    sa.Column('invited_ms', sa.BigInteger(), nullable=False),
    sa.Column('sent_ms', sa.BigInteger(), nullable=True),
    sa.Column('opened_ms', sa.BigInteger(), nullable=True),
    sa.Column('revoked_ms', sa.BigInteger(), nullable=True),
    sa.Column('attempt_id', _ID, nullable=True),
    sa.ForeignKeyConstraint(['attempt_id'], ['attempts.id'], name=op.f('fk_invitations_attempt_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaigns.id'], name=op.f('fk_invitations_campaign_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_invitations')),
    sqlite_autoincrement=True
    )
    op.create_index(op.f('ix_invitations_attempt_id'), 'invitations', ['attempt_id'])
    op.create_index(op.f('ix_invitations_campaign_id'), 'invitations', ['campaign_id'])

    op.create_table('notes',
    sa.Column('id', _ID, nullable=False),
    sa.Column('attempt_id', _ID, nullable=False),
    sa.Column('author', sa.Text(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('written_ms', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['attempt_id'], ['attempts.id'], name=op.f('fk_notes_attempt_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_notes'))
    )
    op.create_index(op.f('ix_notes_attempt_id'), 'notes', ['attempt_id'])

