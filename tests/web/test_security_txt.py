"""/.well-known/security.txt: whom to tell of a weakness, as RFC 9116 has it, where there is somebody to tell."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

PATH = "/.well-known/security.txt"


def fields(answer) -> dict[str, str]:
    return dict(line.split(": ", 1) for line in answer.text.splitlines())


def test_it_names_the_contact_and_when_it_ends(make_app, settings):
    client = make_app(replace(settings, contact="quiz@tidewell.example")).test_client()
    answer = client.get(PATH)
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert fields(answer)["Contact"] == "mailto:quiz@tidewell.example"
    assert fields(answer)["Preferred-Languages"] == "en, es"
    left = datetime.fromisoformat(fields(answer)["Expires"]) - datetime.now(UTC)
    assert timedelta(days=30) < left < timedelta(days=365)
    assert "Canonical" not in fields(answer)


def test_it_says_its_own_address_where_there_is_one_by_https(make_app, settings):
    public = replace(settings, contact="quiz@tidewell.example", public_url="https://quiz.tidewell.example")
    assert fields(make_app(public).test_client().get(PATH))["Canonical"] == f"https://quiz.tidewell.example{PATH}"


def test_without_a_contact_there_is_none(client):
    assert client.get(PATH).status_code == 404
