"""Transactions: all or nothing, durable, and many writers at once lose nothing."""

import threading

import pytest
from sqlalchemy import Text, bindparam, select

from quiz.services.storage import Database
from quiz.store import attempts

NOW = 1_000_000


def count(database, table):
    return database.reader().cursor.execute(f"SELECT count(*) FROM {table}").fetchone()[0]


def start(store, number):
    attempts.start(store, number.to_bytes(32, "big"), "pack", "1", "en", NOW)


def test_what_was_written_before_an_error_is_undone(database):
    def fail():
        with database.writing() as store:
            start(store, 1)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert count(database, "attempts") == 0


def test_after_an_error_the_next_writer_is_not_locked_out(database):
    with pytest.raises(KeyboardInterrupt), database.writing():
        raise KeyboardInterrupt
    with database.writing() as store:
        start(store, 1)
    assert count(database, "attempts") == 1


def test_what_is_committed_is_seen_by_another_process_at_once(database, settings):
    with database.writing() as store:
        start(store, 1)
        other = Database(settings.database_url)
        assert count(other, "attempts") == 0
    assert count(other, "attempts") == 1
    other.close()


def in_threads(databases, work, count=8):
    """Do `work(database, number)` in so many threads at once, and raise what any of them raised."""
    failures = []
    gate = threading.Barrier(count)

    def run(number):
        database = databases[number % len(databases)]
        try:
            gate.wait()
            work(database, number)
        except Exception as failure:
            failures.append(failure)
        finally:
            database.reader().cursor.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures


def answer_everything(database, number):
    """One person's thirty answers, each in a transaction of its own."""
    with database.writing() as store:
        start(store, number)
    for place in range(30):
        attempt = attempts.find(database.reader(), number.to_bytes(32, "big"))
        with database.writing() as store:
            answered, finished = attempts.answer(store, attempt.id, f"item-{place}", place % 5 + 1, NOW + place)
        assert (len(answered), finished) == (place + 1, False)


def everything(database):
    """All choices by person and item."""
    return {
        (int.from_bytes(found[0], "big"), found[1]): found[2]
        for found in database.reader()
        .cursor.execute("SELECT token_hash, item, choice FROM answers JOIN attempts ON id = attempt_id")
        .fetchall()
    }


EXPECTED = {(number, f"item-{place}"): place % 5 + 1 for number in range(8) for place in range(30)}


def test_many_writers_in_one_process_lose_nothing(database):
    in_threads([database], answer_everything)
    assert everything(database) == EXPECTED


def test_many_writers_in_several_processes_lose_nothing(database, settings):
    """Two handles share no lock, as two processes do not."""
    other = Database(settings.database_url)
    in_threads([database, other], answer_everything)
    assert everything(database) == EXPECTED
    other.close()


def test_writers_of_the_same_answer_leave_one_of_theirs(database):
    with database.writing() as store:
        start(store, 0)

    def press(database, number):
        for _ in range(10):
            attempt = attempts.find(database.reader(), bytes(32))
            with database.writing() as store:
                attempts.answer(store, attempt.id, "item", number % 5 + 1, NOW + number)

    in_threads([database], press)
    assert list(everything(database)) == [(0, "item")]
    assert everything(database)[0, "item"] in range(1, 6)


def test_a_text_with_a_nul_can_be_kept_by_both_databases_alike(database):
    """PostgreSQL knows no such character; whoever types one is not to be told of a failure."""
    asked = select(bindparam("text", type_=Text))
    assert database.reader().run(asked, text="a\0b").fetchone() == ("a\ufffdb",)
