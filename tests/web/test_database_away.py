"""The database is away: what people, scripts and HR are told, without anything that is kept there."""

from __future__ import annotations

import sqlite3

import pytest
from cast import ITEMS
from werkzeug.test import Client


@pytest.fixture
def away(database, monkeypatch):
    """From now on every statement fails as on a disk that is full."""

    def go() -> None:
        def fail(*_, **__):
            error = sqlite3.OperationalError("database or disk is full")
            error.sqlite_errorcode = sqlite3.SQLITE_FULL
            raise error

        monkeypatch.setattr(type(database), "reader", fail)

    return go


def test_a_person_is_told_to_try_again_and_where(ben, client, away):
    ben.start()
    away()
    path = f"{ben.place}/{ITEMS[0]}"
    answer = client.post(path, data={"choice": "4"})
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert answer.page.one("h1").text == "We cannot keep anything at the moment"
    assert path in [link["href"] for link in answer.page.main.all("a")]
    assert client.get("/").status_code == 200


def test_a_campaigns_sites_may_frame_that_too(ben, alices, away):
    """The page client refuses whatever may be framed otherwise."""
    ben.accept(alices)
    ben.client.framed[f"/c/{alices.public_id}"] = alices.sites
    away()
    for path in (f"{ben.place}/{ITEMS[0]}", f"{ben.place}/result", f"/c/{alices.public_id}"):
        assert ben.get(path).status_code == 503
        assert ben.page.main["data-error"] == "503"


def test_a_script_is_told_to_try_again(ben, client, away):
    ben.start()
    away()
    path = f"{ben.place}/{ITEMS[0]}"
    answer = client.post(path, data={"choice": "4"}, headers={"Accept": "application/json"})
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert "try again" in answer.get_json()["error"]


def test_a_start_is_not_lost_in_an_error_without_words(client, away):
    away()
    answer = client.post("/start", data={"language": "en"})
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert "/start" in [link["href"] for link in answer.page.main.all("a")]


@pytest.mark.parametrize("was_open", [True, False])
def test_the_console_says_so_too(app, away, was_open):
    client = Client(app)
    if was_open:
        assert client.get("/hr/sign-in").status_code == 200
    away()
    answer = client.get("/hr/sign-in")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert "/hr/sign-in" in answer.text


def test_the_log_has_one_line_and_no_trace(ben, client, away, caplog):
    ben.start()
    away()
    caplog.clear()
    client.get(f"{ben.place}/{ITEMS[0]}")
    lines = [record for record in caplog.records if record.levelname == "ERROR"]
    assert [line.getMessage() for line in lines] == ["the database is away: OperationalError"]
    assert not lines[0].exc_info


def test_a_statement_that_is_wrong_is_no_absence(ben, client, database, monkeypatch):
    ben.start()

    def fail(*_, **__):
        error = sqlite3.OperationalError("no such column: x")
        error.sqlite_errorcode = sqlite3.SQLITE_ERROR
        raise error

    monkeypatch.setattr(type(database), "reader", fail)
    assert client.get(f"{ben.place}/{ITEMS[0]}").status_code == 500
