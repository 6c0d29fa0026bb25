"""The newest migration only adds: workers of the version before go on answering on its tables."""

from __future__ import annotations

import pytest
from sqlalchemy import inspect

from quiz.services import storage
from quiz.services.storage import Database


@pytest.fixture
def before_and_after(tmp_path):
    """The columns of every table before the newest migration and after it: type, whether null, default."""
    database = Database(f"sqlite:///{tmp_path / 'x.db'}")
    storage.migrate(database)
    after = shape(database)
    storage.downgrade(database, "-1")
    before = shape(database)
    database.close()
    return before, after


def shape(database):
    found = inspect(database.engine)
    return {
        table: {
            each["name"]: (str(each["type"]), each["nullable"], each["default"]) for each in found.get_columns(table)
        }
        for table in found.get_table_names()
    }


def test_nothing_that_the_version_before_uses_is_gone_or_changed(before_and_after):
    before, after = before_and_after
    for table, columns in before.items():
        for column, (type_, nullable, _) in columns.items():
            assert after[table][column][0] == type_, f"{table}.{column}"
            assert after[table][column][1] or not nullable, f"{table}.{column} must not be null any more"


def test_the_version_before_can_write_rows_without_knowing_what_is_new(before_and_after):
    before, after = before_and_after
    for table, columns in before.items():
        for column in after[table].keys() - columns.keys():
            _, nullable, default = after[table][column]
            assert nullable or default is not None, f"{table}.{column} has to be given"
