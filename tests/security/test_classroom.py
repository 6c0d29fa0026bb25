"""Limits and a classroom: two hundred people behind one address start at once and answer; a flood is refused kindly."""

from __future__ import annotations

import pytest
from cast import ITEMS
from redis_server import RedisServer, needed

from quiz.settings import Settings
from quiz.web import pace

SCHOOL = {"environ_overrides": {"REMOTE_ADDR": "192.0.2.1"}}
PEOPLE = 200


@pytest.fixture(params=["in each process", "in Redis"])
def school(request, make_app, settings, tmp_path):
    """A browser behind the school's address, on a site with the limits that are shipped."""
    server = None
    if request.param == "in Redis":
        needed()
        server = RedisServer(tmp_path)
        server.start()
    shipped = Settings(
        database_url=settings.database_url,
        static_folder=settings.static_folder,
        redis_url=server.url if server else "",
    )
    app = make_app(shipped)
    app.test_client_class = None  # pages are checked elsewhere; here there are thousands of answers
    yield app.test_client()
    if server:
        server.stop()


def test_a_whole_school_behind_one_address_starts_within_a_minute_and_answers(school):
    places = [school.post("/start", **SCHOOL).location for _ in range(PEOPLE)]
    assert len(set(places)) == PEOPLE
    for _ in range(10):
        answers = [school.post(place, data={"choice": 4}, **SCHOOL) for place in places]
        assert {answer.status_code for answer in answers} == {303}
        places = [answer.location for answer in answers]
    assert all(place.endswith(f"/{ITEMS[10]}") for place in places)


@pytest.fixture
def small(monkeypatch) -> int:
    """A minute in which an attempt takes five answers."""
    monkeypatch.setattr(pace, "MOST", 5)
    return 5


def test_a_program_that_writes_to_one_attempt_is_refused_and_others_are_not(ben, ana, small, database):
    ben.start(), ana.start()
    place = f"{ben.place}/{ITEMS[0]}"
    sent = [ben.client.post(place, data={"choice": choice % 5 + 1}) for choice in range(small + 3)]
    assert [answer.status_code for answer in sent] == [303] * small + [429] * 3
    assert 0 < int(sent[-1].headers["Retry-After"]) <= pace.SECONDS
    kept = database.reader().cursor.execute("SELECT choice FROM answers").fetchall()
    assert [choice for (choice,) in kept] == [small], "what was acknowledged last is kept, and nothing after it"
    assert ana.client.post(f"{ana.place}/{ITEMS[0]}", data={"choice": 3}).status_code == 303
    assert ben.client.get(f"{ben.place}/{ITEMS[1]}").status_code == 200


def test_a_minute_later_it_goes_on(ben, small, monkeypatch):
    ben.start()
    place = f"{ben.place}/{ITEMS[0]}"
    for _ in range(small + 1):
        last = ben.client.post(place, data={"choice": 2})
    assert last.status_code == 429
    later = pace.time.monotonic() + pace.SECONDS
    monkeypatch.setattr(pace.time, "monotonic", lambda: later)
    assert ben.client.post(place, data={"choice": 2}).status_code == 303


@pytest.mark.parametrize("step", ["language", "finish"])
def test_the_limit_holds_for_whatever_else_is_written(ben, small, step):
    ben.start()
    fields = {"language": "en", "back": ITEMS[0]}
    answers = [ben.client.post(f"{ben.place}/{step}", data=fields).status_code for _ in range(small + 1)]
    assert answers == [303] * small + [429]


def test_at_the_limit_a_person_reads_in_their_language_what_to_do(taker, small):
    taker.start()
    for _ in range(small + 1):
        refused = taker.client.post(f"{taker.place}/{ITEMS[0]}", data={"choice": 3})
    page = refused.page
    assert page.heading in ("Demasiadas respuestas de golpe", "Too many answers at once")
    assert (page.heading == "Too many answers at once") == (page.one("html")["lang"] == "en")
    script = taker.client.post(f"{taker.place}/{ITEMS[0]}", data={"choice": 3}, headers={"Accept": "application/json"})
    assert (script.status_code, script.is_json) == (429, True)


def test_counting_keeps_one_number_for_each_attempt_of_a_minute_and_forgets_them(monkeypatch):
    counts = pace.Pace()
    for attempt in range(1000):
        counts.press(attempt)
    assert len(counts._counts) == 1000
    later = pace.time.monotonic() + pace.SECONDS
    monkeypatch.setattr(pace.time, "monotonic", lambda: later)
    counts.press(1)
    assert len(counts._counts) == 1
