"""The people of the soak: takers who think, go back, give up; campaigns in frames; HR who read and export."""

from __future__ import annotations

import asyncio
import math
import random
import re
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from urllib.parse import urlencode

IDLE = 20.0
"""Seconds after which a connection that nobody has used is not used again."""
PATIENCE = 20.0
"""Seconds after which an answer that has not come is an error."""
MEDIAN, SPREAD, LONGEST = 4.0, 0.6, 30.0
"""Think times are lognormal: seconds of the median, standard deviation of the logarithm; at most so long."""
GIVES_UP, GOES_BACK, RELOADS, FINISHES_EARLY = 0.012, 0.05, 0.02, 0.02
"""How likely at each question."""
IN_CAMPAIGN = 0.3
"""Share of those who come by a campaign, in a frame."""
_TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
_PERSON = re.compile(r'href="(/hr/campaigns/[a-z0-9]+/results/\d+)')


@dataclass
class Log:
    """What was asked and how long it took: (seconds since the beginning, seconds it took) by kind of page."""

    begun: float = field(default_factory=time.monotonic)
    took: dict[str, list[tuple[float, float]]] = field(default_factory=dict)
    errors: Counter[str] = field(default_factory=Counter)
    visits: Counter[str] = field(default_factory=Counter)

    @property
    def requests(self) -> int:
        return sum(map(len, self.took.values()))


class Wrong(Exception):
    """Another answer than the one that was expected; the visit ends."""


@dataclass
class Site:
    """What visitors know of the server, and how hurried they are: `pace` is a factor of their think times."""

    port: int
    items: tuple[str, ...]
    minimum: int
    campaign: str
    past: str
    email: str
    password: str
    log: Log
    pace: float = 1.0
    idle: list[tuple[float, asyncio.StreamReader, asyncio.StreamWriter]] = field(default_factory=list)
    """Connections that wait for a request, shared by all as a proxy does: who thinks, holds none."""

    @asynccontextmanager
    async def browser(self, dice: random.Random) -> AsyncIterator[Browser]:
        """Whatever goes wrong in it is counted, and ends the visit."""
        browser = Browser(self, dice)
        try:
            yield browser
        except (OSError, EOFError, TimeoutError, Wrong) as error:
            self.log.errors[str(error) or type(error).__name__] += 1

    async def connection(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """One that waits and was used lately, or a new one: the server closes what is idle for 30 seconds."""
        while self.idle:
            used, reader, writer = self.idle.pop()
            if time.monotonic() - used < IDLE:
                return reader, writer
            writer.close()
        return await asyncio.open_connection("127.0.0.1", self.port)

    async def think(self, dice: random.Random) -> None:
        """Read a page and decide."""
        if self.pace:
            await asyncio.sleep(self.pace * min(LONGEST, dice.lognormvariate(math.log(MEDIAN), SPREAD)))


class Browser:
    """One visitor's, behind a proxy."""

    def __init__(self, site: Site, dice: random.Random) -> None:
        self.site, self.dice, self.cookie = site, dice, ""
        self.language = dice.choice(("en", "es"))

    async def ask(self, kind: str, method: str, path: str, expected: int = 200, **form: str) -> tuple[str, str]:
        """Location and page. Raises Wrong for another status."""
        begun = time.monotonic()
        async with asyncio.timeout(PATIENCE):
            status, headers, page = await self._send(method, path, urlencode(form))
        now = time.monotonic()
        self.site.log.took.setdefault(kind, []).append((now - self.site.log.begun, now - begun))
        if status != expected:
            raise Wrong(f"{method} {kind}: {status}")
        for cookie in headers.get("set-cookie", "").split("\n"):
            self.cookie = cookie.partition(";")[0] or self.cookie
        return headers.get("location", ""), page.decode(errors="replace")

    async def _send(self, method: str, path: str, form: str) -> tuple[int, dict[str, str], bytes]:
        line = await self.site.connection()
        try:
            answer = await self._talk(*line, method, path, form)
        except BaseException:
            line[1].close()
            raise
        self.site.idle.append((time.monotonic(), *line))
        return answer

    async def _talk(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, method: str, path: str, form: str
    ) -> tuple[int, dict[str, str], bytes]:
        head = (
            f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/html\r\nAccept-Language: {self.language}\r\n"
        )
        if self.cookie:
            head += f"Cookie: {self.cookie}\r\nSec-Fetch-Site: same-origin\r\n"
        if method == "POST":
            head += f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(form)}\r\n"
        writer.write(f"{head}\r\n{form}".encode())
        first, *lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers: dict[str, str] = {}
        for name, _, value in (line.partition(": ") for line in lines):
            known = headers.get(name.lower())
            headers[name.lower()] = value if known is None else f"{known}\n{value}"
        if headers.get("transfer-encoding") != "chunked":
            return int(first.split()[1]), headers, await reader.readexactly(int(headers.get("content-length", 0)))
        page = b""
        while size := int(await reader.readline(), 16):
            page += (await reader.readexactly(size + 2))[:-2]
        await reader.readline()
        return int(first.split()[1]), headers, page


async def take(site: Site, dice: random.Random) -> None:
    """One person's visit, from the first page to the last one that they look at."""
    async with site.browser(dice) as browser:
        if dice.random() < IN_CAMPAIGN:
            first, start = f"/c/{site.campaign}", f"/c/{site.campaign}/start"
            await browser.ask("embed", "GET", "/embed.js", 302)
        else:
            first, start = "/", "/start"
        await browser.ask("landing", "GET", first)
        await site.think(dice)
        place, _ = await browser.ask("start", "POST", start, 303, language=browser.language)
        home = place.rpartition("/")[0]
        ending = await _answer(site, dice, browser, home, place)
        site.log.visits[ending] += 1
        if ending != "gave up":
            await browser.ask("result", "GET", f"{home}/result")
            await site.think(dice)
            if dice.random() < 0.2:
                await browser.ask("own data", "GET", f"{home}/result.json")
            if dice.random() < 0.05:
                await browser.ask("delete", "POST", f"{home}/delete")


async def _answer(site: Site, dice: random.Random, browser: Browser, home: str, place: str) -> str:
    """Answer until the result, or less far; how it ended."""
    done = 0
    while not place.endswith("/result"):
        await browser.ask("question", "GET", place)
        await site.think(dice)
        luck = dice.random()
        if luck < GIVES_UP:
            return "gave up"
        if luck < GIVES_UP + RELOADS:
            await browser.ask("question", "GET", place)
        elif luck < GIVES_UP + RELOADS + GOES_BACK and done:
            back = f"{home}/{site.items[done - 1]}"
            await browser.ask("question", "GET", back)
            await browser.ask("answer", "POST", back, 303, choice=str(dice.randint(1, 5)))
        elif luck > 1 - FINISHES_EARLY and done >= site.minimum:
            await browser.ask("finish", "POST", f"{home}/finish", 303)
            return "finished early"
        place, _ = await browser.ask("answer", "POST", place, 303, choice=str(dice.randint(1, 5)))
        done += 1
    return "finished"


async def read_results(site: Site, dice: random.Random, stopping: asyncio.Event) -> None:
    """Somebody of HR: signs in, reads tables and people, exports now and then, until the soak is over."""
    home = f"/hr/campaigns/{site.campaign}"
    async with site.browser(dice) as browser:
        _, page = await browser.ask("console", "GET", "/hr/sign-in")
        given = {"email": site.email, "password": site.password, "csrf_token": _found(_TOKEN, page)}
        await browser.ask("console", "POST", "/hr/sign-in", 302, **given)
        while not stopping.is_set():
            _, page = await browser.ask("console", "GET", f"{home}/results")
            await _pause(site, dice, stopping)
            if people := _PERSON.findall(page):
                await browser.ask("console", "GET", dice.choice(people))
                await _pause(site, dice, stopping)
            # Of one that grows, its memory would grow too, up to the 5,000 people that a report reads.
            await browser.ask("console", "GET", f"/hr/campaigns/{site.past}/cohort")
            await _pause(site, dice, stopping)
            if dice.random() < 0.2:
                await browser.ask("export", "GET", f"{home}/export.csv")


async def _pause(site: Site, dice: random.Random, stopping: asyncio.Event) -> None:
    try:
        await asyncio.wait_for(stopping.wait(), max(0.2, site.pace * dice.uniform(3, 12)))
    except TimeoutError:
        return


def _found(pattern: re.Pattern[str], page: str) -> str:
    found = pattern.search(page)
    if found is None:
        raise Wrong("a page without its token")
    return found[1]
