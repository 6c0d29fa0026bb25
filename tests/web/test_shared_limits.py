"""Limits that several processes share by Redis, and what becomes of them when Redis goes and comes back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from redis_server import RedisServer, needed

from quiz.settings import Settings, WrongSetting
from quiz.web import limits


@pytest.fixture
def redis(tmp_path):
    needed()
    server = RedisServer(tmp_path)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def worker(make_app, settings, redis):
    """Makes workers, each as a process would be: nothing but Redis and the database is shared."""
    return lambda limit="3 per hour": make_app(replace(settings, redis_url=redis.url, start_limit=limit)).test_client()


@pytest.fixture
def impatient(monkeypatch):
    """Redis is asked again at once after it gave no answer."""
    monkeypatch.setattr(limits, "PAUSE_SECONDS", 0)


def statuses(*clients, **more) -> list[int]:
    return [client.post("/start", **more).status_code for client in clients]


def test_workers_count_together(worker):
    one, other = worker(), worker()
    assert statuses(one, other, one, other, one) == [303, 303, 303, 429, 429]
    assert 0 < int(one.post("/start").headers["Retry-After"]) <= 3600


def test_without_redis_each_worker_counts_for_itself(make_app, settings):
    one, other = (make_app(replace(settings, start_limit="1 per hour")).test_client() for _ in range(2))
    assert statuses(one, other, one, other) == [303, 303, 429, 429]


def test_nobody_is_refused_because_redis_is_gone(worker, redis, impatient, caplog):
    client = worker()
    assert statuses(client, client, client) == [303] * 3
    redis.stop()
    assert statuses(client, client) == [303] * 2
    assert len([record for record in caplog.records if "does not answer" in record.message]) == 1
    assert "does not answer" in caplog.text


def test_whoever_floods_is_refused_while_redis_is_gone_as_well(worker, redis, impatient):
    client = worker()
    redis.stop()
    assert statuses(*[client] * 4) == [303, 303, 303, 429]


def test_limits_are_shared_again_when_redis_is_back(worker, redis, impatient, caplog):
    one, other = worker(), worker()
    redis.stop()
    assert statuses(one, other) == [303, 303]
    redis.start()
    assert statuses(one, other, one, other) == [303, 303, 303, 429]
    assert "answers again" in caplog.text


def test_a_redis_that_is_gone_when_the_site_starts_stops_nobody(worker, redis):
    redis.stop()
    assert statuses(worker()) == [303]


def test_a_redis_that_hangs_is_asked_once_and_then_left_alone_for_a_while(worker, redis, monkeypatch):
    client = worker("100 per hour")
    asked = []
    monkeypatch.setattr(limits, "PAUSE_SECONDS", 3600)
    real = limits.FixedWindowRateLimiter.hit

    def hit(limiter, *visitor):
        asked.append(type(limiter.storage).__name__)
        return real(limiter, *visitor)

    monkeypatch.setattr(limits.FixedWindowRateLimiter, "hit", hit)
    redis.stop()
    assert statuses(*[client] * 5) == [303] * 5
    assert asked.count("RedisStorage") == 1


def test_a_classroom_behind_one_address_starts_and_starts_again(make_app, settings, redis):
    """The shipped limit: three hundred pupils of a school, each of whom begins anew once."""
    usual = Settings(database_url=settings.database_url, static_folder=settings.static_folder, redis_url=redis.url)
    client = make_app(usual).test_client()
    school = {"environ_overrides": {"REMOTE_ADDR": "192.0.2.1"}}
    assert set(statuses(*[client] * 600, **school)) == {303}
    assert statuses(client, **school) == [429]
    assert statuses(client, environ_overrides={"REMOTE_ADDR": "192.0.2.2"}) == [303]


@pytest.mark.parametrize("url", ["localhost:6379", "http://localhost"])
def test_an_address_that_is_not_redis_stops_the_start_without_being_repeated(url):
    with pytest.raises(WrongSetting) as wrong:
        Settings(redis_url=url)
    assert "REDIS_URL" in str(wrong.value)
    assert "localhost" not in str(wrong.value)
