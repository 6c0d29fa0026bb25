"""A worker is killed, clients are slow or leave, posts come twice, in any order, at two workers: nothing is lost."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import time
from contextlib import ExitStack

import pytest
from cast import ITEMS
from takers import ask, run_apart


@pytest.mark.parametrize("kind", ["on_sqlite", "on_postgresql"])
def test_a_worker_is_killed_while_hundreds_answer(request, crowd, counted, kind):
    place = request.getfixturevalue(kind)
    with crowd(place) as everybody:
        everybody.answer(50)
        recovered = 0.0
        for _ in range(2):
            before = place.worker_ids()
            os.kill(before[0], signal.SIGKILL)
            recovered = max(recovered, everybody.fault_over())
            until_workers(place, before)
    found = counted(f"worker killed, twice, {kind[3:]}", place, everybody, recovered)
    assert found["5xx"] == 0


def until_workers(place, before: list[int]) -> None:
    """Let the worker that was killed be replaced."""
    deadline = time.monotonic() + 30
    while len({*place.worker_ids()} - {before[0]}) < len(before):
        assert time.monotonic() < deadline, "the worker is not replaced"
        time.sleep(0.05)


def test_whoever_sends_slowly_or_leaves_keeps_nobody_waiting(on_sqlite, crowd, counted):
    """Half a body holds a thread of the server, of which there are three in each worker: a proxy passes on none."""
    place = on_sqlite
    with crowd(place) as everybody, ExitStack() as stack:
        everybody.answer(30)
        person = everybody.people[0]
        head = f"POST {person.place}/{person.items[5]} HTTP/1.1\r\nHost: x\r\n".encode()
        form = b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 8\r\n\r\n"
        for begun in [head, b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"] * 20 + [head + form + b"cho"] * 2:
            line = stack.enter_context(socket.create_connection(("127.0.0.1", place.port)))
            line.sendall(begun)
            if begun.endswith(b"\r\n\r\n"):
                line.close()
        everybody.answer(100)
        recovered = everybody.fault_over()
    found = counted("20 half heads, 2 half bodies, 20 who leave", place, everybody, recovered)
    assert (found["5xx"], found["connections lost"]) == (0, 0)


@pytest.mark.parametrize("kind", ["on_sqlite", "on_postgresql"])
def test_posts_come_twice_in_any_order_and_at_two_workers(request, crowd, counted, kind):
    place = request.getfixturevalue(kind)
    everybody = crowd(place, 30)
    for person in everybody.people:
        run_apart(rush(place.port, person, everybody))
    found = counted(f"every post three times at once, in any order, {kind[3:]}", place, everybody)
    assert found["results"] == len(everybody.people)
    assert found["5xx"] == 0


async def rush(port: int, person, everybody) -> None:
    """Send all that is missing at once, backwards, each thrice over connections of their own, to whichever worker."""

    async def press(item: str) -> None:
        line = await asyncio.open_connection("127.0.0.1", port)
        begun = time.monotonic()
        status, _, _ = await ask(line, "POST", f"{person.place}/{item}", 4, person.language)
        everybody.waits.append(time.monotonic() - begun)
        everybody.counts["acknowledged" if status == 303 else str(status)] += 1
        line[1].close()

    missing = [item for item in person.items if item not in person.acknowledged]
    await asyncio.gather(*(press(item) for item in reversed(missing * 3)))
    person.acknowledged |= dict.fromkeys(missing, 4)


def test_two_different_answers_at_once_leave_one_of_them_and_its_result(on_postgresql, crowd, counted):
    place = on_postgresql
    everybody = crowd(place, 20)

    async def press(person, choice: int) -> int:
        line = await asyncio.open_connection("127.0.0.1", place.port)
        status, _, _ = await ask(line, "POST", f"{person.place}/{person.items[0]}", choice, person.language)
        line[1].close()
        return status

    async def both(person) -> None:
        assert [*await asyncio.gather(press(person, 1), press(person, 5))] == [303, 303]

    for person in everybody.people:
        run_apart(both(person))
        everybody.counts["acknowledged"] += 2
        person.acknowledged[person.items[0]], person.pending = 1, (person.items[0], 5)
    counted("two different answers to one question at once", place, everybody)


@pytest.mark.parametrize("kind", ["on_sqlite", "on_postgresql"])
def test_the_last_two_answers_at_once_finish(request, crowd, counted, kind):
    """Each may believe that the other is still missing."""
    place = request.getfixturevalue(kind)
    everybody = crowd(place, 90)
    everybody.people = [person for person in everybody.people if len(ITEMS) - len(person.acknowledged) == 2]

    async def press(person, line, item: str) -> None:
        assert (await ask(line, "POST", f"{person.place}/{item}", 2, person.language))[0] == 303
        person.acknowledged[item] = 2
        everybody.counts["acknowledged"] += 1

    async def press_all() -> None:
        for person in everybody.people:
            lines = [await asyncio.open_connection("127.0.0.1", place.port) for _ in range(2)]
            await asyncio.gather(*map(press, [person] * 2, lines, person.items[:2]))
            for _, writer in lines:
                writer.close()

    run_apart(press_all())
    found = counted(f"the last two answers at once, {kind[3:]}", place, everybody)
    assert found["results"] == len(everybody.people) == 15
