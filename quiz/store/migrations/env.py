"""Alembic's entry: runs migrations on the connection that `quiz.store.migrations` hands over."""

from alembic import context

from quiz.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,  # SQLite cannot alter a table in place
    transaction_per_migration=True,
)
with context.begin_transaction():
    context.run_migrations()
