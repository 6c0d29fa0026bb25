"""Turns of long files: a reader who stands still does not keep the others waiting for ever."""

import pytest
from werkzeug.exceptions import ServiceUnavailable

from quiz.web.hr import turns


@pytest.fixture
def clock(monkeypatch):
    """A clock that is told how late it is."""
    clock = {"now": 1000.0}
    monkeypatch.setattr(turns, "monotonic", lambda: clock["now"])
    return clock


@pytest.fixture
def begin(app):
    """Begins a file of three pieces; its turn is given back after the test in any case."""
    begun = []

    def begin(pieces=(b"a", b"b", b"c")):
        with app.test_request_context():
            begun.append(turns.sent(lambda: iter(pieces), "text/plain", "x.txt"))
        return begun[-1]

    yield begin
    for each in begun:
        each.close()


def test_the_turn_is_taken_from_a_reader_who_stands_still_and_their_file_breaks_off(begin, clock):
    slow = iter(begin().response)
    assert next(slow) == b"a"
    clock["now"] += turns.STALLED - 10
    with pytest.raises(ServiceUnavailable) as refused:
        begin()
    assert refused.value.retry_after == 10
    clock["now"] += 10
    other = begin()
    with pytest.raises(turns.TooSlow):
        next(slow)
    assert b"".join(other.response) == b"abc"
    assert begin() is not None


def test_who_goes_on_reading_keeps_the_turn(begin, clock):
    steady = iter(begin().response)
    for _ in range(3):
        next(steady)
        clock["now"] += turns.STALLED - 1
        with pytest.raises(ServiceUnavailable):
            begin()


def test_a_piece_that_takes_long_to_make_is_not_the_readers_fault(begin, clock):
    def slowly():
        clock["now"] += 10 * turns.STALLED
        with pytest.raises(ServiceUnavailable) as refused:
            begin()
        assert refused.value.retry_after == turns.WAIT
        yield b"a"

    assert b"".join(begin(slowly()).response) == b"a"


def test_one_file_is_left_behind_at_most_for_each_keeps_a_thread(begin, clock):
    slow = begin()
    next(iter(slow.response))
    clock["now"] += turns.STALLED
    next(iter(begin().response))
    clock["now"] += turns.STALLED
    with pytest.raises(ServiceUnavailable):
        begin()
    slow.close()
    assert begin() is not None


def test_no_file_takes_longer_than_the_longest(begin, clock):
    endless = iter(begin(iter(lambda: b"a", b"")).response)
    while clock["now"] <= 1000 + turns.LONGEST:
        next(endless)
        clock["now"] += turns.STALLED - 1
    with pytest.raises(turns.TooSlow):
        next(endless)
    assert begin() is not None


def test_a_file_that_is_thrown_away_unread_gives_its_turn_back(app, begin):
    with app.test_request_context():
        turns.sent(lambda: iter([b"a"]), "text/plain", "x.txt")
    assert begin() is not None
