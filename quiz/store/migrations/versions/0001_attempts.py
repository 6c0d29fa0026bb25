"""Attempts, answers and tombstones: the first tables."""

from alembic import op
import sqlalchemy as sa


revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('attempts',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('token_hash', sa.LargeBinary(length=32), nullable=False),
    sa.Column('pack', sa.Text(), nullable=False),
    sa.Column('pack_version', sa.Text(), nullable=False),
    sa.Column('language', sa.Text(), nullable=False),
    sa.Column('started_ms', sa.BigInteger(), nullable=False),
    sa.Column('touched_ms', sa.BigInteger(), nullable=False),
    sa.Column('finished_ms', sa.BigInteger(), nullable=True),
    sa.Column('result', sa.Text(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_attempts')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_attempts_token_hash')),
    sqlite_autoincrement=True,
    )
    with op.batch_alter_table('attempts', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_attempts_touched_ms'), ['touched_ms'], unique=False)

    op.create_table('tombstones',
    sa.Column('token_hash', sa.LargeBinary(length=32), nullable=False),
    sa.Column('deleted_ms', sa.BigInteger(), nullable=False),
    sa.PrimaryKeyConstraint('token_hash', name=op.f('pk_tombstones')),
    sqlite_with_rowid=False
    )
    op.create_table('answers',
    sa.Column('attempt_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False),
    sa.Column('item', sa.Text(), nullable=False),
    sa.Column('choice', sa.SmallInteger(), nullable=False),
    sa.Column('took_ms', sa.BigInteger(), nullable=False),
    sa.Column('answered_ms', sa.BigInteger(), nullable=False),
    sa.CheckConstraint('choice BETWEEN 1 AND 5', name=op.f('ck_answers_choice')),
    sa.ForeignKeyConstraint(['attempt_id'], ['attempts.id'], name=op.f('fk_answers_attempt_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('attempt_id', 'item', name=op.f('pk_answers')),
    sqlite_with_rowid=False
    )


def downgrade() -> None:
    op.drop_table('answers')
    op.drop_table('tombstones')
    with op.batch_alter_table('attempts', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_attempts_touched_ms'))

    op.drop_table('attempts')
