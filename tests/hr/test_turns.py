"""Turns of long files: one for each team, few in all, and each is given back whatever becomes of it."""

from __future__ import annotations

import pytest

from quiz.web.hr import turns


@pytest.fixture
def clock(monkeypatch):
    """A clock that is told how late it is."""
    clock = {"now": 1000.0}
    monkeypatch.setattr(turns, "monotonic", lambda: clock["now"])
    return clock


@pytest.fixture
def begin(app):
    """Begins a file of three pieces for a team; its place is given back after the test in any case."""
    begun = []

    def begin(team=1, pieces=(b"a", b"b", b"c")):
        with app.test_request_context():
            begun.append(turns.sent(lambda: iter(pieces), "text/plain", "x.txt", team))
        return begun[-1]

    yield begin
    for each in begun:
        each.close()


def test_a_team_gets_one_file_after_the_other_and_another_team_does_not_wait_for_it(begin):
    first = begin(1)
    with pytest.raises(turns.Busy) as refused:
        begin(1)
    assert refused.value.own
    assert b"".join(begin(2).response) == b"abc"
    assert b"".join(first.response) == b"abc"
    assert b"".join(begin(1).response) == b"abc"


def test_a_thread_is_left_for_takers_however_many_teams_export(begin):
    for team in range(turns.PLACES):
        begin(team)
    with pytest.raises(turns.Busy) as refused:
        begin(turns.PLACES)
    assert not refused.value.own
    assert refused.value.retry_after == turns.WAIT


def test_a_reader_who_stands_still_keeps_only_their_own_team_waiting(begin, clock):
    slow = iter(begin(1).response)
    next(slow)
    clock["now"] += turns.LONGEST - 1
    with pytest.raises(turns.Busy):
        begin(1)
    assert b"".join(begin(2).response) == b"abc"
    assert b"".join(slow) == b"bc", "who comes back in time gets the rest"


def test_no_file_takes_longer_than_the_longest(begin, clock):
    endless = iter(begin(1, iter(lambda: b"a", b"")).response)
    while clock["now"] <= 1000 + turns.LONGEST:
        next(endless)
        clock["now"] += 60
    with pytest.raises(turns.TooSlow):
        next(endless)
    assert begin(1) is not None


def test_a_file_that_is_thrown_away_unread_gives_its_place_back(app, begin):
    with app.test_request_context():
        turns.sent(lambda: iter([b"a"]), "text/plain", "x.txt", 1)
    assert begin(1) is not None


def test_a_short_list_is_one_piece_and_needs_no_place_and_a_long_one_needs_one(app, begin):
    begin(1)
    with app.test_request_context():
        short = turns.sent_at_once(lambda: iter([b"a", b"b"]), "text/csv", "x.csv", 1, turns.SHORT)
        assert list(short.response) == [b"ab"]
        begun = []
        with pytest.raises(turns.Busy):
            turns.sent_at_once(lambda: begun.append(1) or iter([b"a"]), "text/csv", "x.csv", 1, turns.SHORT + 1)
        assert begun == [], "what is refused is not begun, nor noted"
