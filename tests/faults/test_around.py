"""What stands around: Redis goes and comes back, the clock jumps."""

from __future__ import annotations

import threading
import time
from collections import Counter

import pytest
from counting import migrate
from hurt_server import Served
from redis_server import RedisServer, needed


def test_redis_goes_and_comes_back_while_people_start_and_answer(tmp_path, crowd, counted, seconds):
    needed()
    redis = RedisServer(tmp_path)
    redis.start()
    url = f"sqlite:///{tmp_path / 'test.db'}"
    migrate(url)
    place = Served(tmp_path, url, redis_url=redis.url, workers=1)
    began, stopping = Counter(), threading.Event()

    def start() -> None:
        while not stopping.is_set():
            began[place.ask("POST", "/start", "language=es")[0]] += 1
            time.sleep(0.02)

    try:
        place.start()
        starter = threading.Thread(target=start)
        with crowd(place) as everybody:
            starter.start()
            everybody.answer(40)
            redis.stop()
            time.sleep(seconds)
            everybody.answer(40)
            redis.start()
            recovered = everybody.fault_over()
            stopping.set()
            starter.join()
    finally:
        stopping.set()
        place.kill()
        redis.stop()
    found = counted("Redis gone and back", place, everybody, recovered)
    assert (found["5xx"], found["connections lost"]) == (0, 0)
    assert began.keys() == {303}


@pytest.mark.parametrize("kind", ["on_sqlite", "on_postgresql"])
def test_the_clock_jumps_a_year_ahead_and_back(request, crowd, counted, kind):
    place = request.getfixturevalue(kind)
    with crowd(place) as everybody:
        everybody.answer(40)
        for ahead in (31_536_000, -31_536_000, 0):
            place.control(clock=ahead)
            everybody.answer(60)
        recovered = everybody.fault_over()
    found = counted(f"clock a year ahead, a year back, right again, {kind[3:]}", place, everybody, recovered)
    assert (found["5xx"], found["connections lost"]) == (0, 0)
