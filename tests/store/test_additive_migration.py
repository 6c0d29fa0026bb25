"""The newest migration only adds: workers of the version before go on answering on its tables."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import Table, delete, insert, inspect, select, update

from quiz.services import storage
from quiz.services.storage import Database
from quiz.store.tables import metadata


@pytest.fixture
def before_and_after(database_url):
    """The shape of every table before the newest migration and after it."""
    database = Database(database_url)
    after = shape(database)
    storage.downgrade(database, "-1")
    before = shape(database)
    storage.migrate(database)
    yield before, after
    database.close()


def shape(database):
    """Of every table: its columns (type, whether null, default), and what its rows must hold to."""
    found = inspect(database.engine)
    return {table: (columns(found, table), rules(found, table)) for table in found.get_table_names()}


def columns(found, table):
    return {each["name"]: (str(each["type"]), each["nullable"], each["default"]) for each in found.get_columns(table)}


def rules(found, table):
    """What can refuse a row, in words that are the same as long as the rule is."""
    unique = [index["column_names"] for index in found.get_indexes(table) if index["unique"]]
    unique += [each["column_names"] for each in found.get_unique_constraints(table)]
    checks = {f"CHECK {' '.join(each['sqltext'].split())}" for each in found.get_check_constraints(table)}
    keys = {
        f"FOREIGN {each['constrained_columns']} {each['referred_table']} {each['options']}"
        for each in found.get_foreign_keys(table)
    }
    primary = found.get_pk_constraint(table)["constrained_columns"]
    return {f"UNIQUE {sorted(each)}" for each in (*unique, primary)} | checks | keys


def test_nothing_that_the_version_before_uses_is_gone_or_changed(before_and_after):
    before, after = before_and_after
    for table, (known, _) in before.items():
        for column, (type_, nullable, default) in known.items():
            found = after[table][0][column]
            assert found[0] == type_, f"{table}.{column}"
            assert found[1] or not nullable, f"{table}.{column} must not be null any more"
            assert found[2] == default, f"{table}.{column}: who leaves it out writes something else"


def test_the_version_before_can_write_rows_without_knowing_what_is_new(before_and_after):
    before, after = before_and_after
    for table, (known, _) in before.items():
        for column in after[table][0].keys() - known.keys():
            _, nullable, default = after[table][0][column]
            assert nullable or default is not None, f"{table}.{column} has to be given"


def test_no_row_that_the_version_before_may_write_is_refused(before_and_after):
    before, after = before_and_after
    for table, (known, held) in before.items():
        new = set(after[table][0]) - set(known)
        for rule in after[table][1] - held:
            # A rule about new columns alone says nothing of rows that leave them out.
            about = {column for column in (*known, *new) if column in rule}
            assert about <= new, f"{table}: {rule} was not asked of rows before"


def test_what_the_version_before_may_count_on_still_holds(before_and_after):
    before, after = before_and_after
    for table, (_, held) in before.items():
        lost = {rule for rule in held - after[table][1] if not rule.startswith("CHECK")}
        assert lost == set(), f"{table}: it relies on them when it writes, and deletes"


def test_statements_of_the_version_before_work_on_the_newest_tables(before_and_after, database_url):
    """It names its own columns, so it inserts, reads, changes and deletes as if nothing had been added."""
    before, _ = before_and_after
    database = Database(database_url)
    rows = {}
    with database.engine.begin() as connection:
        for table in metadata.sorted_tables:
            if table.name in before:
                old = [column for column in table.columns if column.name in before[table.name][0]]
                rows[table.name] = row = {column.name: value(column, rows) for column in old}
                connection.execute(insert(table).values(row))
        for table in reversed(metadata.sorted_tables):
            if table.name in before:
                here = same(table, rows[table.name])
                old = [table.c[name] for name in rows[table.name]]
                assert connection.execute(select(*old).where(*here)).all() == [tuple(rows[table.name].values())]
                connection.execute(update(table).where(*here).values(rows[table.name]))
                assert connection.execute(delete(table).where(*here)).rowcount == 1, table.name
    database.close()


def same(table: Table, row):
    return [column == row[column.name] for column in table.primary_key.columns]


def value(column, rows):
    """A value that the column takes: what it refers to, one of those that a check lists, or anything of its type."""
    for key in column.foreign_keys:
        return rows[key.column.table.name][key.column.name]
    for check in column.table.constraints:
        words = getattr(check, "sqltext", None)
        if words is not None and str(words).startswith(f"{column.name} IN ("):
            return str(words).split("'")[1]
    some = {bytes: bytes(32), bool: False, int: 1, float: 1.0, datetime: datetime(2026, 11, 23)}
    return some.get(column.type.python_type, "x")
