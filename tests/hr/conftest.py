"""Fixtures of the console: Alice owns a team, Bob may look at it, Charlie owns another one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache

import pytest
from cast import ALICES, START, content
from console_client import PASSWORD, ConsoleClient
from flask import Flask

from quiz.services import campaigns, take, team
from quiz.services.campaigns import Campaign, Wanted


@cache
def hashed() -> str:
    """The cast's password as it is kept, with the cheapest settings."""
    from argon2 import PasswordHasher

    return PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)


@pytest.fixture(scope="session", autouse=True)
def quick_hashes() -> None:
    """Passwords of the cast are hashed with the cheapest settings, and not hashed anew when somebody signs in."""
    from flask_security.core import _default_config

    _default_config["PASSWORD_HASH_PASSLIB_OPTIONS"] = {
        "argon2__time_cost": 1,
        "argon2__memory_cost": 8,
        "argon2__parallelism": 1,
    }


@pytest.fixture(autouse=True)
def silent_bell(monkeypatch) -> None:
    """Nobody waits to be woken: tests have the jobs done themselves."""
    monkeypatch.setattr("quiz.services.jobs.bell.ring", lambda *_: None)


@pytest.fixture
def console(app: Flask) -> Flask:
    """The console's own application."""
    return app.extensions["rolefit-console"].mounted()


@pytest.fixture
def sign_in(app: Flask, database) -> Callable[..., ConsoleClient]:
    """Makes members of teams and signs them in."""

    def sign_in(name: str, team_id: int, role: str, language: str = "en") -> ConsoleClient:
        email = f"{name.lower()}@{team_id}.example"
        team.add(database, team_id, role, name, email, language, hashed(), START)
        return ConsoleClient.of(app).sign_in(email, PASSWORD)

    return sign_in


@pytest.fixture
def tidewell(database) -> int:
    """Alice's and Bob's team."""
    return team.found(database, "Tidewell", START)


@pytest.fixture
def northgate(database) -> int:
    """Charlie's team."""
    return team.found(database, "Northgate", START)


@pytest.fixture
def alice(sign_in, tidewell) -> ConsoleClient:
    """Alice owns Tidewell."""
    return sign_in("Alice", tidewell, "owner")


@pytest.fixture
def bob(sign_in, tidewell) -> ConsoleClient:
    """Bob may look at what Tidewell has."""
    return sign_in("Bob", tidewell, "viewer")


@pytest.fixture
def charlie(sign_in, northgate) -> ConsoleClient:
    """Charlie owns Northgate, and has no business at Tidewell."""
    return sign_in("Charlie", northgate, "owner")


@pytest.fixture
def stranger(app: Flask) -> ConsoleClient:
    """Somebody who has not signed in."""
    return ConsoleClient.of(app)


@pytest.fixture
def make_campaign(database, tidewell) -> Callable[..., Campaign]:
    """Makes campaigns of Tidewell, by default Alice's usual one."""

    def make(wanted: Wanted = ALICES, team_id: int = tidewell, **changed) -> Campaign:
        return campaigns.create(database, content().pack, replace(wanted, **changed), START, team_id=team_id)

    return make


@pytest.fixture
def alices_campaign(make_campaign) -> Campaign:
    """Alice's campaign."""
    return make_campaign()


@pytest.fixture
def enter(app, database, alices_campaign):
    """Lets somebody start in a campaign, by default Alice's, and answer as a golden example or not at all."""

    def enter(campaign=alices_campaign, person=None, now_ms=START, language="en", **known):
        edition = app.extensions["rolefit"].library.main
        token = take.start(database, edition.pack, language, now_ms, campaign_id=campaign.id, **known)
        attempt = take.find(database, token)
        for number, (item, choice) in enumerate((person.answers if person else {}).items(), 1):
            take.answer(database, edition, attempt, item, choice, now_ms + 6000 * number)
        return attempt.id

    return enter
