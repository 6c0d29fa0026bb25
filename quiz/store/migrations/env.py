"""Alembic's entry: runs migrations on the connection that `quiz.store.migrations` hands over."""

from alembic import context

from quiz.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,  # SQLite cannot alter a table in place
    transactional_ddl=False,  # the connection comes with its transaction, which ends after all migrations
)
context.run_migrations()
