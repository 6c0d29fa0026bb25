"""Servers for the faults, shared by tests, and the table of what was counted.

`make test-faults` runs the whole form (FAULTS=whole: larger crowds, longer times), `make test` the short one.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import pytest
from cluster import Cluster, open_folder
from counting import count, gather, migrate
from hurt_server import Served
from takers import Crowd

WHOLE = os.environ.get("FAULTS") == "whole"
COLUMNS = ("acknowledged", "lost", "results", "wrong", "5xx", "connections lost", "longest", "recovered")


@pytest.fixture(scope="session")
def people() -> int:
    """How many answer while something breaks."""
    return 300 if WHOLE else 60


@pytest.fixture(scope="session")
def seconds() -> float:
    """How long something stays away that comes back."""
    return 10.0 if WHOLE else 2.0


@pytest.fixture(scope="session")
def on_sqlite(tmp_path_factory) -> Iterator[Served]:
    """Two workers on SQLite."""
    folder = tmp_path_factory.mktemp("sqlite")
    url = f"sqlite:///{folder / 'test.db'}"
    migrate(url)
    yield from started(Served(folder, url))


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A PostgreSQL server that may be hurt."""
    with open_folder() as folder:
        cluster = Cluster(folder / "cluster")
        try:
            yield cluster.start()
        finally:
            cluster.thaw()
            cluster.stop()


@pytest.fixture
def on_postgresql(served_on_postgresql, cluster) -> Iterator[Served]:
    """Two workers on PostgreSQL, which is there again after a test that failed in the middle."""
    yield served_on_postgresql
    cluster.thaw()
    if cluster.has_ended():
        cluster.start()


@pytest.fixture(scope="session")
def served_on_postgresql(tmp_path_factory, cluster) -> Iterator[Served]:
    url = cluster.make("faults")
    migrate(url)
    yield from started(Served(tmp_path_factory.mktemp("served"), url))


@pytest.fixture
def crowd(people) -> Callable[[Served], Crowd]:
    """Makes crowds of people who have begun on a server."""

    def crowd(place: Served, count: int = people) -> Crowd:
        place.control()
        return Crowd(place.port, gather(place.database_url, count), rate=250 if WHOLE else 120)

    return crowd


@pytest.fixture
def counted(record_property) -> Callable[..., dict[str, object]]:
    """Counts after a fault, keeps the line for the table, and insists on what must hold in every case."""

    def counted(what: str, place: Served, crowd: Crowd, recovered: float | None = None) -> dict[str, object]:
        found = count(place.database_url, crowd)
        found["recovered"] = None if recovered is None else round(recovered, 1)
        record_property("fault", (what, found))
        assert found["acknowledged"], "nobody was answered"
        assert (found["lost"], found["wrong"]) == (0, 0), place.log
        assert (found["hung"], found["other"]) == (0, {})
        return found

    return counted


def started(place: Served) -> Iterator[Served]:
    try:
        yield place.start()
    finally:
        place.kill()


def pytest_terminal_summary(terminalreporter) -> None:
    """The table, in the form of docs/measurements."""
    reports = [each for kind in ("passed", "failed") for each in terminalreporter.stats.get(kind, [])]
    lines = [value for each in reports for name, value in each.user_properties if name == "fault"]
    if not lines:
        return
    write = terminalreporter.write_line
    write("")
    write(f"| fault | people | {' | '.join(COLUMNS)} |")
    write(f"| --- |{' ---: |' * (len(COLUMNS) + 1)}")
    for what, found in lines:
        write(f"| {what} | {found['people']} | {' | '.join(str(found[name]) for name in COLUMNS)} |")
    write("")
    for what, found in lines:
        if found["saw"] != "nothing":
            write(f"- {what}: {found['saw']}")
