"""Rows of a test's database, whichever database that is."""

from sqlalchemy import text

from quiz.store.database import Database, Transaction


def run(database: Database | Transaction, sql: str, **values):
    """Run a statement whose values stand as `:name`, and return the driver's cursor."""
    store = database.reader() if isinstance(database, Database) else database
    return store.run(text(sql), **values)


def insert(database: Database | Transaction, table: str, **values) -> None:
    """Insert a row; what is not given is left to the table."""
    places = ", ".join(f":{name}" for name in values)
    run(database, f"INSERT INTO {table} ({', '.join(values)}) VALUES ({places})", **values)
