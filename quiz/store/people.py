"""Teams and their people, for those who sign them in: a session of SQLAlchemy and classes that it fills.

The library that signs people in brings its own base classes and works with an ORM session, unlike everything
else here; so the classes are made there and mapped to the tables here.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import registry, relationship, scoped_session, sessionmaker

from quiz.store.database import Database
from quiz.store.tables import metadata, passkeys, users

Session = scoped_session[Any]


def map_classes(user: type, passkey: type) -> None:
    """Let a session fill instances of `user` and `passkey` from the tables; a user's are in its `webauthn`."""
    mapping = registry(metadata=metadata)
    mapping.map_imperatively(passkey, passkeys)
    mapping.map_imperatively(
        user, users, properties={"webauthn": relationship(passkey, cascade="all, delete-orphan", passive_deletes=True)}
    )


def session(database: Database) -> Session:
    """A session for each thread; whoever uses it removes it at the end of a request.

    It reads outside a transaction, like everything else here, and takes the write lock only to commit: a request
    may load its member through it and write by `database.writing()` without waiting for itself.
    """
    made = scoped_session(sessionmaker(database.engine, expire_on_commit=False, autoflush=False))
    if database.is_sqlite:
        # The connections begin no transaction by themselves (see `database`), so the session has to say it.
        event.listen(made, "before_flush", _begin)
    return made


def _begin(session: Any, _context: object, _instances: object) -> None:  # noqa: ANN401 - a session of SQLAlchemy
    connection = session.connection()
    if not connection.connection.dbapi_connection.in_transaction:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
