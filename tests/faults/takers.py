"""A crowd that answers while something breaks, and remembers what was acknowledged and what was seen instead."""

from __future__ import annotations

import asyncio
import random
import threading
import time
from collections import Counter
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

PATIENCE = 20.0
"""Seconds after which somebody who waits for an answer gives up, and the crowd's test fails."""
AGAIN = 0.3
"""Seconds until somebody presses again. Less than a page's Retry-After says, so as to see what hurry does."""


@dataclass
class Person:
    """Somebody who answers one question after the other, round and round; `place` is their address, `/a/<token>`.

    Whoever got no answer presses the same button again: so only one choice at a time is neither kept nor refused.
    """

    place: str
    language: str
    items: list[str]
    acknowledged: dict[str, int]
    pending: tuple[str, int] | None = None

    def wrong(self, kept: dict[str, int]) -> dict[str, tuple[int | None, int | None]]:
        """By item, what is kept and what was acknowledged, where they differ and nothing was on its way."""
        return {
            item: (kept.get(item), self.acknowledged.get(item))
            for item in {*kept, *self.acknowledged}
            if kept.get(item) != self.acknowledged.get(item) and (item, kept.get(item)) != self.pending
        }


@dataclass(frozen=True)
class Seen:
    """What somebody was shown in place of the next question."""

    status: int
    language: str
    place: str
    retry_after: str
    page: str


@dataclass
class Crowd:
    """People at one server; together they press so many times a second, as far as they are answered."""

    port: int
    people: list[Person]
    rate: float = 200.0
    counts: Counter[str] = field(default_factory=Counter)
    waits: list[float] = field(default_factory=list)
    seen: dict[tuple[str, int], Seen] = field(default_factory=dict)
    last_acknowledged: dict[str, float] = field(default_factory=dict)
    refused_at: list[float] = field(default_factory=list)
    over: float = 0.0

    def __enter__(self) -> Crowd:
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._live()))
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopping.set()
        self._thread.join(3 * PATIENCE)
        assert not self._thread.is_alive(), "somebody waits for an answer for ever"

    def answer(self, count: int) -> None:
        """Let so many more answers be acknowledged."""
        wanted = self.counts["acknowledged"] + count
        self._until(lambda: self.counts["acknowledged"] >= wanted, f"{count} more answers")

    def fault_over(self) -> float:
        """From now on nothing is broken; the seconds until everybody has had an answer acknowledged again."""
        self.over = time.monotonic()
        self._until(lambda: min(self.last_acknowledged.get(each.place, 0) for each in self.people) > self.over, "all")
        return max(0.0, max([self.over, *self.refused_at]) - self.over)

    def _until(self, happened, what: str) -> None:
        deadline = time.monotonic() + 2 * PATIENCE
        while not happened():
            assert time.monotonic() < deadline, f"in vain: {what}; {dict(self.counts)}, {self.seen}"
            time.sleep(0.02)

    async def _live(self) -> None:
        await asyncio.gather(*(self._answer(person, number) for number, person in enumerate(self.people)))

    async def _answer(self, person: Person, number: int) -> None:
        dice, line = random.Random(number), None
        pause = len(self.people) / self.rate
        await asyncio.sleep(dice.random() * pause)
        while not self._stopping.is_set():
            item = person.items[0]
            person.items.append(person.items.pop(0))
            person.pending = item, dice.choice([c for c in range(1, 6) if c != person.acknowledged.get(item)])
            while person.pending:
                line = await self._press(person, line)
                if person.pending and self._stopping.is_set():
                    break
                await asyncio.sleep(AGAIN if person.pending else pause * 2 * dice.random())
        if line:
            line[1].close()

    async def _press(self, person: Person, line):
        """Send what is pending; the connection, if it can be used again."""
        assert person.pending
        item, choice = person.pending
        begun = time.monotonic()
        try:
            async with asyncio.timeout(PATIENCE):
                line = line or await asyncio.open_connection("127.0.0.1", self.port)
                status, headers, page = await ask(line, "POST", f"{person.place}/{item}", choice, person.language)
        except (OSError, EOFError, TimeoutError) as error:
            self.counts["lost" if not isinstance(error, TimeoutError) else "hung"] += 1
            self.refused_at.append(time.monotonic())
            if line:
                line[1].close()
            return None
        now = time.monotonic()
        if status == 303:
            self.counts["acknowledged"] += 1
            self.waits.append(now - begun)
            self.last_acknowledged[person.place] = begun
            person.acknowledged[item], person.pending = choice, None
        else:
            self.counts["5xx" if status >= 500 else f"{status}"] += 1
            self.refused_at.append(now)
            self.seen.setdefault(
                (person.language, status),
                Seen(status, person.language, person.place, headers.get("retry-after", ""), page),
            )
        if headers.get("connection") == "close":
            line[1].close()
            return None
        return line


async def ask(line, method: str, path: str, choice: int, language: str) -> tuple[int, dict[str, str], str]:
    """Send a request over a connection that stays open; status, headers (names in small letters) and page."""
    reader, writer = line
    head = f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/html\r\nAccept-Language: {language}\r\n"
    form = "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 8\r\n\r\n"
    writer.write(f"{head}{form}choice={choice}".encode())
    first, *lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    headers = {name.lower(): value for name, _, value in (each.partition(": ") for each in lines)}
    page = (await reader.readexactly(int(headers.get("content-length", 0)))).decode(errors="replace")
    return int(first.split()[1]), headers, page


def run_apart(work: Coroutine[Any, Any, None]) -> None:
    """Run asyncio's work in a thread of its own: in this one Playwright's loop may be running, for other tests."""
    with ThreadPoolExecutor(1) as apart:
        apart.submit(asyncio.run, work).result()
