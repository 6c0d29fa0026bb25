"""Rows of a test's database, whichever database that is."""

from pathlib import Path

from sqlalchemy import text

from quiz.store.database import Database, Transaction
from quiz.store.tables import metadata


def run(database: Database | Transaction, sql: str, **values):
    """Run a statement whose values stand as `:name`, and return the driver's cursor."""
    store = database.reader() if isinstance(database, Database) else database
    return store.run(text(sql), **values)


def insert(database: Database | Transaction, table: str, **values) -> None:
    """Insert a row; what is not given is left to the table."""
    places = ", ".join(f":{name}" for name in values)
    run(database, f"INSERT INTO {table} ({', '.join(values)}) VALUES ({places})", **values)


def on_disk(database):
    """Every byte of the database's files; on PostgreSQL, which tidies them up in its own time, of its tables' rows."""
    if not database.is_sqlite:
        found = b""
        for table in metadata.tables:
            with database.reader().cursor.copy(f"COPY {table} TO STDOUT (FORMAT binary)") as rows:
                found += b"".join(bytes(part) for part in rows)
        return found
    file = Path(database.url.database)
    return b"".join(part.read_bytes() for part in sorted(file.parent.glob(file.name + "*")))
