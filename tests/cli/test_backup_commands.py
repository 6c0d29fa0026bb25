"""`flask backup` and `flask restore`: every row comes back, from either database into either, under load, or none."""

from __future__ import annotations

import gzip
import json
import os
import threading

import postgresql
import pytest
from backup_cast import everything, fill, value
from cast import ITEMS
from postgresql import SERVER
from sqlalchemy import select

from quiz import create_app
from quiz.services import backup, storage, take
from quiz.services.library import open_library
from quiz.services.storage import Database
from quiz.settings import Settings
from quiz.store.tables import answers, attempts, users

KINDS = ["sqlite", "postgresql"] if SERVER else ["sqlite"]
pytestmark = pytest.mark.database


@pytest.fixture
def make_database(tmp_path):
    """Makes migrated databases of either kind."""
    made = []

    def make(kind, migrated=True):
        name = f"rolefit_backup_{os.getpid()}_{len(made)}"
        if kind == "postgresql":
            postgresql.make(name)
        database = Database(f"{SERVER}/{name}" if kind == "postgresql" else f"sqlite:///{tmp_path / name}.db")
        if migrated:
            storage.migrate(database)
        made.append((kind, name, database))
        return database

    yield make
    for kind, name, database in made:
        database.close()
        if kind == "postgresql":
            postgresql.drop(name)


@pytest.fixture
def runner(tmp_path):
    """Runs a command on a database."""

    def run(database, *arguments):
        url = database.url.render_as_string(hide_password=False)
        app = create_app(Settings(database_url=url, static_folder=str(tmp_path / "static")))
        try:
            return app.test_cli_runner().invoke(args=[str(each) for each in arguments])
        finally:
            app.extensions["rolefit"].database.close()

    return run


@pytest.fixture(params=[(one, other) for one in KINDS for other in KINDS], ids="-to-".join)
def pair(request, make_database):
    """A database and an empty one, of every combination of kinds."""
    return tuple(make_database(kind) for kind in request.param)


def test_every_row_of_every_table_comes_back(pair, runner, tmp_path):
    full, empty = pair
    fill(full)
    before = everything(full)
    assert all(before.values())
    file = tmp_path / "all.backup"
    told = runner(full, "backup", file)
    assert told.exit_code == 0, told.output
    assert "3 attempts" in told.output
    told = runner(empty, "restore", file)
    assert told.exit_code == 0, told.output
    assert "flask retain --delete" in told.output
    assert everything(empty) == before
    assert everything(full) == before


def test_a_backup_under_load_is_of_one_moment_and_restores_whole(pair, tmp_path):
    busy, empty = pair
    edition = open_library("ae-am").main
    stop, failures = threading.Event(), []
    begun = threading.Semaphore(0)

    def people():
        try:
            while not stop.is_set():
                token = take.start(busy, edition.pack, "en", 1_800_000_000_000)
                for number, item in enumerate(ITEMS):
                    attempt = take.find(busy, token)
                    take.answer(busy, edition, attempt, item, 1 + number % 5, 1_800_000_000_000 + number)
                begun.release()
        except Exception as error:
            failures.append(error)
        finally:
            begun.release()

    threads = [threading.Thread(target=people) for _ in range(3)]
    for thread in threads:
        thread.start()
    file = tmp_path / "busy.backup"
    try:
        assert all(begun.acquire(timeout=60) for _ in range(2))
        with file.open("wb") as opened:
            backup.write(busy, opened, 1)
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    assert not failures

    with file.open("rb") as opened:
        backup.restore(empty, opened)
    with empty.engine.connect() as connection:
        kept = connection.execute(select(attempts.c.id, attempts.c.result)).all()
        given = {}
        for attempt, item, choice in connection.execute(
            select(answers.c.attempt_id, answers.c.item, answers.c.choice)
        ).all():
            given.setdefault(attempt, {})[item] = choice
    assert len(kept) >= 2
    for id, result in kept:
        choices = given.get(id, {})
        # An answer and the result that it makes are one transaction: a snapshot has both or neither.
        assert (result is not None) == (len(choices) == len(ITEMS))
        assert result is None or json.loads(result)["choices"] == choices
    later = everything(busy)
    for table, rows in everything(empty).items():
        if table == "answers":
            assert set(rows) <= set(later[table])
        elif table != "attempts":
            assert rows == later[table]


def test_ids_are_not_given_again_after_a_restore(pair, tmp_path):
    full, empty = pair
    fill(full)
    with full.engine.begin() as connection:
        row = {c.name: value(c, 8) for c in users.c} | {"id": 900, "team_id": 7}
        connection.execute(users.insert().values(row))
        if not full.is_sqlite:
            connection.exec_driver_sql("SELECT setval(pg_get_serial_sequence('users', 'id'), 900)")
        connection.execute(users.delete().where(users.c.id == 900))
    with (tmp_path / "x").open("wb+") as file:
        backup.write(full, file, 1)
        file.seek(0)
        backup.restore(empty, file)
    with empty.engine.connect() as connection:
        row = {c.name: value(c, 9) for c in users.c if c.name != "id"} | {"team_id": 7}
        made = connection.execute(users.insert().values(row)).inserted_primary_key
        connection.rollback()
    assert made[0] > 900


@pytest.fixture(params=KINDS)
def full(request, make_database):
    database = make_database(request.param)
    fill(database)
    return database


@pytest.fixture
def file(full, runner, tmp_path):
    """A backup of a database in which something has changed since."""
    path = tmp_path / "first.backup"
    assert runner(full, "backup", path).exit_code == 0
    with full.writing() as store:
        store.cursor.execute("UPDATE attempts SET language = 'xx'")
    return path


def test_a_database_that_holds_something_is_replaced_only_when_told_to(full, file, runner):
    before = everything(full)
    told = runner(full, "restore", file)
    assert told.exit_code == 1
    assert "--replace" in told.output
    assert everything(full) == before
    assert runner(full, "restore", file, "--replace").exit_code == 0
    assert "'xx'" not in str(everything(full)["attempts"])
    assert everything(full) != before


def damaged(lines):
    yield "cut", b"\n".join(lines[:-2]) + b"\n"
    yield "a row less", b"\n".join([*lines[:1], *lines[2:]]) + b"\n"
    yield "other rows", b"\n".join(lines).replace(b'"owner"', b'"pirate"')
    yield "no backup", b"Hello\n"
    yield "newer", b"\n".join(lines).replace(b'"revision":"0', b'"revision":"9')


@pytest.mark.parametrize("way", ["cut", "a row less", "other rows", "no backup", "newer", "half a file"])
def test_a_damaged_backup_changes_nothing(full, file, runner, way):
    packed = file.read_bytes()
    if way == "half a file":
        file.write_bytes(packed[: len(packed) // 2])
    else:
        file.write_bytes(gzip.compress(dict(damaged(gzip.decompress(packed).splitlines()))[way]))
    before = everything(full)
    told = runner(full, "restore", file, "--replace")
    assert told.exit_code == 1
    assert everything(full) == before
    assert storage.revisions(full)[0] == storage.revisions(full)[1]


def test_a_backup_is_readable_by_its_owner_only_and_never_overwrites_another(full, file, runner):
    assert file.stat().st_mode & 0o077 == 0
    written = file.read_bytes()
    told = runner(full, "backup", file)
    assert told.exit_code == 1
    assert "--replace" in told.output
    assert file.read_bytes() == written
    assert runner(full, "backup", file, "--replace").exit_code == 0
    assert file.read_bytes() != written
    assert [path.name for path in file.parent.iterdir() if "backup" in path.name and path.name != file.name] == [] or (
        full.is_sqlite
    )


def test_a_check_reads_the_backup_and_touches_nothing(full, file, runner):
    before = everything(full)
    told = runner(full, "restore", file, "--check")
    assert told.exit_code == 0
    assert "3 attempts" in told.output
    file.write_bytes(file.read_bytes()[:-10])
    assert runner(full, "restore", file, "--check").exit_code == 1
    assert everything(full) == before


def test_a_database_that_was_not_migrated_is_not_backed_up(full, runner, tmp_path):
    with full.writing() as store:  # as if it were: the way back may refuse what this database is full of
        store.cursor.execute("UPDATE alembic_version SET version_num = '0001'")
    told = runner(full, "backup", tmp_path / "old.backup")
    assert told.exit_code == 1
    assert "flask db upgrade" in told.output
    assert not (tmp_path / "old.backup").exists()


def test_a_backup_goes_into_a_database_that_was_never_migrated(full, file, runner, make_database):
    bare = make_database("sqlite" if full.is_sqlite else "postgresql", migrated=False)
    assert runner(bare, "restore", file).exit_code == 0
    assert storage.revisions(bare)[0] == storage.revisions(bare)[1]
