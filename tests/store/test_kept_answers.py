"""What is kept of an attempt: idempotent answers, the first time and the last choice, nothing out of range."""

import threading

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quiz.store import attempts
from quiz.store.attempts import Answer

HASH = bytes(32)
NOW = 1_000_000


@pytest.fixture
def attempt(database):
    with database.writing() as store:
        attempts.start(store, HASH, "pack", "1", "en", NOW)
    return attempts.find(database.reader(), HASH)


def keep(database, attempt, item, choice, now):
    with database.writing() as store:
        return attempts.answer(store, attempt.id, item, choice, now)


def test_a_new_attempt_has_no_answers_and_is_not_finished(database, attempt):
    assert (attempt.pack, attempt.pack_version, attempt.language) == ("pack", "1", "en")
    assert (attempt.started_ms, attempt.finished_ms) == (NOW, None)
    assert attempts.answers_of(database.reader(), attempt.id) == {}


def test_the_first_answer_gives_the_time_and_the_last_one_the_choice(database, attempt):
    assert keep(database, attempt, "item", 2, NOW + 3000) == ({"item"}, False)
    assert keep(database, attempt, "item", 5, NOW + 90_000) == ({"item"}, False)
    assert attempts.answers_of(database.reader(), attempt.id) == {"item": Answer(5, 3000, NOW + 90_000)}


def test_each_answer_took_from_the_one_before(database, attempt):
    keep(database, attempt, "one", 2, NOW + 3000)
    keep(database, attempt, "two", 2, NOW + 7000)
    keep(database, attempt, "one", 5, NOW + 9000)  # thought better of: from here the next one counts
    assert keep(database, attempt, "three", 1, NOW + 10_000) == ({"one", "two", "three"}, False)
    took = {item: answer.took_ms for item, answer in attempts.answers_of(database.reader(), attempt.id).items()}
    assert took == {"one": 3000, "two": 4000, "three": 1000}


def test_the_same_answer_twice_is_one_row(database, attempt):
    for _ in range(2):
        keep(database, attempt, "item", 2, NOW + 3000)
    assert attempts.answered(database.reader(), attempt.id) == {"item"}
    assert database.reader().cursor.execute("SELECT count(*) FROM answers").fetchone() == (1,)


def test_a_clock_that_goes_back_gives_no_negative_time(database, attempt):
    keep(database, attempt, "item", 2, NOW - 5000)
    assert attempts.answers_of(database.reader(), attempt.id)["item"].took_ms == 0


def test_a_step_is_the_attempt_the_choice_and_the_number_of_answers(database, attempt):
    keep(database, attempt, "one", 4, NOW)
    assert attempts.find_step(database.reader(), HASH, "one")[1:] == (4, 1)
    assert attempts.find_step(database.reader(), HASH, "two")[1:] == (None, 1)
    assert attempts.find_step(database.reader(), bytes(31) + b"x", "one") is None


def test_an_answer_to_an_attempt_that_is_gone_is_not_kept(database, attempt):
    with database.writing() as store:
        attempts.forget(store, HASH, NOW)
    assert keep(database, attempt, "item", 3, NOW) is None
    assert database.reader().cursor.execute("SELECT count(*) FROM answers").fetchone() == (0,)


@pytest.mark.parametrize("choice", [0, 6, -1, 99])
def test_the_database_itself_refuses_a_choice_out_of_range(database, attempt, choice):
    with pytest.raises(database.engine.dialect.loaded_dbapi.IntegrityError):
        keep(database, attempt, "item", choice, NOW + 1)
    assert attempts.find(database.reader(), HASH) == attempt


def test_the_database_itself_refuses_answers_of_nobody(database, attempt):
    with pytest.raises(database.engine.dialect.loaded_dbapi.IntegrityError), database.writing() as store:
        store.cursor.execute("INSERT INTO answers VALUES (999, 'item', 3, 0, 0)")


def test_a_token_has_one_attempt_however_often_it_is_started(database, attempt):
    with database.writing() as store:
        assert attempts.start(store, HASH, "other", "2", "es", NOW + 1, reference="another") is None
    assert attempts.find(database.reader(), HASH) == attempt
    assert database.reader().cursor.execute("SELECT count(*) FROM attempts").fetchone() == (1,)


def test_finishing_again_keeps_the_first_time_and_the_last_result(database, attempt):
    for version, result, now in (("1", "{}", NOW + 1), ("2", '{"a":1}', NOW + 2)):
        with database.writing() as store:
            attempts.finish(store, attempt.id, version, result, now)
    found, result = attempts.find_result(database.reader(), HASH)
    assert (found.finished_ms, found.pack_version, result) == (NOW + 1, "2", '{"a":1}')


def test_an_answer_says_whether_the_attempt_was_finished_before(database, attempt):
    assert keep(database, attempt, "one", 1, NOW)[1] is False
    with database.writing() as store:
        attempts.finish(store, attempt.id, "1", "{}", NOW)
    assert keep(database, attempt, "two", 1, NOW)[1] is True


def test_forgetting_leaves_a_mark_and_nothing_else(database, attempt):
    keep(database, attempt, "item", 3, NOW)
    assert not attempts.was_deleted(database.reader(), HASH)
    for _ in range(2):
        with database.writing() as store:
            attempts.forget(store, HASH, NOW)
    assert attempts.was_deleted(database.reader(), HASH)
    assert attempts.find(database.reader(), HASH) is None
    assert database.reader().cursor.execute("SELECT * FROM tombstones").fetchall() == [(HASH, NOW)]


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True)
@given(given_answers=st.lists(st.tuples(st.sampled_from("abcdef"), st.integers(1, 5), st.integers(0, 9)), max_size=20))
def test_any_series_of_answers_comes_to_the_first_times_and_the_last_choices(database, given_answers):
    with database.writing() as store:
        store.cursor.execute("DELETE FROM attempts")
        attempts.start(store, HASH, "pack", "1", "en", NOW)
    now, times, choices = NOW, {}, {}
    for item, choice, later in given_answers:
        keep(database, attempts.find(database.reader(), HASH), item, choice, now + later)
        times.setdefault(item, later)
        choices[item] = choice
        now += later
    found = attempts.answers_of(database.reader(), attempts.find(database.reader(), HASH).id)
    assert {item: answer.choice for item, answer in found.items()} == choices
    assert {item: answer.took_ms for item, answer in found.items()} == times


def test_of_two_answers_at_once_the_later_knows_of_the_earlier(database, attempt):
    found = []

    def answer():
        with database.writing(alone=False) as store:
            found.append(attempts.answer(store, attempt.id, "two", 3, NOW + 2000))

    later = threading.Thread(target=answer)
    with database.writing(alone=False) as store:
        attempts.answer(store, attempt.id, "one", 2, NOW + 1000)
        later.start()
        while not database.is_sqlite and not waiting(store):
            pass
    later.join(timeout=10)
    assert found == [({"one", "two"}, False)]


def waiting(store):
    """How many connections of PostgreSQL wait for another's lock in this database."""
    store.cursor.execute("SELECT pg_stat_clear_snapshot()")
    mine = "datname = current_database() AND wait_event_type = 'Lock'"
    store.cursor.execute(f"SELECT count(*) FROM pg_stat_activity WHERE {mine}")
    return store.cursor.fetchone()[0]
