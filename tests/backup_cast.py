"""Rows for every table, with all that is hard to carry from one kind of database to another."""

from __future__ import annotations

import re
from datetime import datetime

from sqlalchemy import JSON, Boolean, DateTime, LargeBinary, select

from quiz.store.tables import metadata


def value(column, number):
    """Something that a column can hold, with all that is hard to carry over."""
    for constraint in column.table.constraints:
        allowed = re.match(rf"{column.name} IN \('(\w+)'", str(getattr(constraint, "sqltext", "")))
        if allowed:
            return allowed[1]
    if column.name == "choice":
        return 1 + number % 5
    if column.foreign_keys:
        return 7 + number
    if column.nullable and number % 2:
        return None
    for kind, made in (
        (LargeBinary, bytes(range(number, number + 32))),
        (Boolean, bool(number % 2)),
        (DateTime, datetime(2026, 11, 23, 19, 0, 0, number * 1000)),
        (JSON, {"ключ": [1, None, "é\u2028"], "n": number}),
    ):
        if isinstance(column.type, kind):
            return made
    python = column.type.python_type
    return {int: 7 + number, float: 0.1 + number / 3}.get(python, f'“{column.name}” \\N \t"{number}"\n🙂')


def fill(database):
    """Rows in every table; their numbers begin with 7."""
    with database.engine.connect() as connection:
        if database.is_sqlite:
            connection.exec_driver_sql("BEGIN")
        for table in metadata.sorted_tables:
            for number in range(3):
                row = {column.name: value(column, number) for column in table.columns}
                connection.execute(table.insert().values(row))
        connection.commit()


def everything(database):
    """All rows of all tables, as they are stored."""
    found = {}
    with database.engine.connect() as connection:
        for table in metadata.sorted_tables:
            found[table.name] = sorted(map(repr, connection.execute(select(table)).all()))
    return found
