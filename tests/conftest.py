"""Fixtures for all tests: an application with a database of its own, the page client, a clock, the cast."""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path

import five_roles
import postgresql
import pytest
from cast import ALICES, BOBS, CAROLS, START, Clock, Taker, content
from flask import Flask
from jinja2 import FileSystemBytecodeCache
from page_client import PageClient
from werkzeug.routing import Rule

from quiz import create_app
from quiz.services import campaigns, storage
from quiz.services.campaigns import Campaign, Texts, Wanted
from quiz.services.library import open_library
from quiz.services.storage import Database
from quiz.settings import Settings
from quiz.store import database as store
from quiz.web.application import Application

ONLY = {"sqlite_only": not postgresql.SERVER, "postgresql_only": bool(postgresql.SERVER)}
"""Which tests of one database only are run."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark the tests that reach a database, and leave out those that are of the other one only."""
    for item in items:
        if {"database_url", "bare_database"} & set(getattr(item, "fixturenames", ())):
            item.add_marker("database")
    others = [item for item in items if not all(ONLY.get(mark.name, True) for mark in item.iter_markers())]
    config.hook.pytest_deselected(items=others)
    items[:] = [item for item in items if item not in others]


@pytest.fixture(scope="session", autouse=True)
def compiled_once(tmp_path_factory) -> None:
    """Every test makes applications of its own; their templates are compiled once for all of them."""
    cache = FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))
    Application.jinja_options = {"bytecode_cache": cache}


@pytest.fixture(scope="session", autouse=True)
def not_waiting_for_the_disk() -> Iterator[None]:
    """The tests' own connections do not wait until a disk has what they write: no test survives a loss of power."""

    def prepare(connection, record) -> None:
        prepare_sqlite(connection, record)
        connection.execute("PRAGMA synchronous = OFF")

    prepare_sqlite = store._prepare_sqlite
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(store, "_prepare_sqlite", prepare)
        yield


@pytest.fixture(scope="session", autouse=True)
def rules_written_once() -> Iterator[None]:
    """Every test makes applications of its own; what builds the addresses of a rule is written once for all of them.

    A builder asks the rule that it is called for, so rules of the same parts share it.
    """
    write, written = Rule._compile_builder, {}

    def once(rule: Rule, append_unknown: bool = True):
        if rule.defaults:
            return write(rule, append_unknown)
        key = rule.rule, append_unknown, tuple(rule._trace)
        if key not in written:
            written[key] = write(rule, append_unknown)
        return written[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Rule, "_compile_builder", once)
        yield


@pytest.fixture(scope="session")
def shelf(tmp_path_factory) -> Path:
    """Where the session keeps what is made once: a migrated, empty database and the published static files."""
    folder = tmp_path_factory.mktemp("shelf")
    database = Database(f"sqlite:///{folder / 'empty.db'}")
    storage.migrate(database)
    database.close()
    return folder


@pytest.fixture(scope="session")
def emptied() -> Iterator[postgresql.Emptied]:
    """On PostgreSQL: the database that this worker's tests use one after the other."""
    emptied = postgresql.Emptied()
    yield emptied
    emptied.drop()


@pytest.fixture
def database_url(shelf: Path, tmp_path: Path, request: pytest.FixtureRequest) -> str:
    """The address of an empty, migrated database that nobody else uses as long as the test lasts."""
    if not postgresql.SERVER:
        shutil.copy(shelf / "empty.db", tmp_path / "test.db")
        return f"sqlite:///{tmp_path / 'test.db'}"
    emptied: postgresql.Emptied = request.getfixturevalue("emptied")
    emptied.empty()
    return emptied.url


@pytest.fixture
def bare_database(tmp_path: Path) -> Iterator[Database]:
    """A database of the test's own that was never migrated."""
    name = f"rolefit_bare_{os.getpid()}"
    if postgresql.SERVER:
        postgresql.make(name)
    database = Database(f"{postgresql.SERVER}/{name}" if postgresql.SERVER else f"sqlite:///{tmp_path / 'bare.db'}")
    yield database
    database.close()
    if postgresql.SERVER:
        postgresql.drop(name)


@pytest.fixture
def settings(shelf: Path, database_url: str) -> Settings:
    """Settings with an empty, migrated database."""
    return Settings(
        database_url=database_url,
        static_folder=str(shelf / "static"),
        start_limit="1000 per minute",
    )


@pytest.fixture(scope="session")
def five_folder(tmp_path_factory) -> Path:
    """The folder of a small quiz of five roles, for `rolefit_packs` of settings."""
    return five_roles.write(tmp_path_factory.mktemp("packs"))


read_once = cache(open_library)
"""A library is frozen: reading it anew for every test would take most of the tests' time."""


@pytest.fixture
def unlogged() -> Iterator[None]:
    """Keeps the log out of it: errors that are meant to happen, or that the test itself finds out."""
    logging.disable()
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture
def make_app(monkeypatch) -> Iterator:
    """Makes applications and closes their databases afterwards."""
    monkeypatch.setattr("quiz.open_library", read_once)
    made: list[Flask] = []

    def make(settings: Settings) -> Flask:
        app = create_app(settings)
        app.test_client_class = PageClient
        made.append(app)
        return app

    yield make
    for app in made:
        app.extensions["rolefit"].database.close()


@pytest.fixture
def app(make_app, settings: Settings) -> Flask:
    """The application."""
    return make_app(settings)


@pytest.fixture
def client(app: Flask) -> PageClient:
    """A browser that checks every page."""
    return app.test_client()


@pytest.fixture
def database(app: Flask) -> Database:
    """The application's database."""
    return app.extensions["rolefit"].database


@pytest.fixture
def clock(monkeypatch) -> Clock:
    """The clock of the taker's door; it moves when told to."""
    clock = Clock()
    for module in ("taker.landing", "taker.questions", "taker.own", "embed.arrival"):
        monkeypatch.setattr(f"quiz.web.{module}.now_ms", clock)
    return clock


@pytest.fixture
def ask(client: PageClient, database: Database) -> Callable[..., Campaign]:
    """Makes campaigns, and tells the page client who may frame them."""

    def ask(wanted: Wanted, texts: Mapping[str, Texts] | None = None) -> Campaign:
        campaign = campaigns.create(database, content().pack, wanted, START, texts=texts)
        client.framed[f"/c/{campaign.public_id}"] = campaign.sites
        return campaign

    return ask


@pytest.fixture
def alices(ask) -> Campaign:
    """Alice's campaign: two sites, plain references, the result is shown."""
    return ask(ALICES)


@pytest.fixture
def bobs(ask) -> Campaign:
    """Bob's campaign: one site, no references, no result."""
    return ask(BOBS)


@pytest.fixture
def carols(ask) -> Campaign:
    """Carol's campaign: a link, which no site may frame."""
    return ask(CAROLS)


@pytest.fixture
def ana(app: Flask, clock: Clock) -> Taker:
    """Ana reads Spanish."""
    return Taker(app.test_client(), clock, "es")


@pytest.fixture
def ben(app: Flask, clock: Clock) -> Taker:
    """Ben reads English."""
    return Taker(app.test_client(), clock, "en")


@pytest.fixture
def mallory(app: Flask, clock: Clock) -> Taker:
    """Mallory has nobody's link."""
    return Taker(app.test_client(), clock, "en")


@pytest.fixture(params=["es", "en"])
def taker(request, ana: Taker, ben: Taker) -> Taker:
    """Somebody, in both languages one after the other."""
    return {"es": ana, "en": ben}[request.param]
