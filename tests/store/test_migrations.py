"""Migrations: up, down and up again, and the database that they make is the one that the code describes."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from rows import run
from sqlalchemy import inspect

from quiz.services import storage
from quiz.services.storage import Database
from quiz.store.tables import metadata


@pytest.fixture
def fresh(bare_database):
    return bare_database


def tables(database):
    return set(inspect(database.engine).get_table_names())


def test_upgrading_makes_every_table_and_reaches_the_newest_revision(fresh):
    storage.migrate(fresh)
    assert tables(fresh) == {*metadata.tables, "alembic_version"}
    at, needed = storage.revisions(fresh)
    assert at == needed
    assert at is not None


def test_the_migrations_make_what_the_code_describes(fresh):
    storage.migrate(fresh)
    with fresh.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_downgrading_empties_the_database_and_upgrading_fills_it_again(fresh):
    storage.migrate(fresh)
    storage.downgrade(fresh, "base")
    assert tables(fresh) == {"alembic_version"}
    assert storage.revisions(fresh)[0] is None
    storage.migrate(fresh)
    assert tables(fresh) == {*metadata.tables, "alembic_version"}


def test_every_single_step_down_can_be_taken_up_again(fresh):
    storage.migrate(fresh)
    while (at := storage.revisions(fresh)[0]) is not None:
        storage.downgrade(fresh, "-1")
        below = storage.revisions(fresh)[0]
        storage.migrate(fresh, at)
        assert storage.revisions(fresh)[0] == at
        storage.downgrade(fresh, "-1")
        assert storage.revisions(fresh)[0] == below


def test_upgrading_twice_is_the_same_as_once_and_keeps_what_is_kept(fresh):
    storage.migrate(fresh)
    with fresh.writing() as store:
        run(store, "INSERT INTO tombstones VALUES (:hash, 1)", hash=b"\0")
    storage.migrate(fresh)
    assert fresh.reader().cursor.execute("SELECT count(*) FROM tombstones").fetchone() == (1,)


def test_the_folder_of_a_file_is_made_where_it_is_missing(tmp_path):
    Database(f"sqlite:///{tmp_path / 'sub' / 'folder' / 'fresh.db'}").close()
    assert (tmp_path / "sub" / "folder").is_dir()


def test_a_database_that_was_never_migrated_is_at_no_revision(fresh):
    at, needed = storage.revisions(fresh)
    assert at is None
    assert needed is not None
