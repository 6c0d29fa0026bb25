"""The soak: takers, campaigns in frames and HR at half of capacity for a while; memory has to stay, nobody may err.

It measures the capacity first, with the same visitors in a hurry, and then lets as many come as ask half as much. The
exit code is 1 if memory grew or anything but the expected answer came.
"""

from __future__ import annotations

import argparse
import asyncio
import math
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from argon2 import PasswordHasher

from bench.results import fill
from bench.server import PROJECT, free_port, wait_for
from bench.visitors import Log, Site, read_results, take
from quiz.services import campaigns, storage, team
from quiz.services.campaigns import Wanted
from quiz.services.library import open_library
from quiz.store.database import Database

HURRIED = 24
"""Visitors without a thought, who find the capacity."""
WARM = 0.25
"""Share of the time before anything is compared: visits have begun but not ended, pages are made for the first time."""
WINDOW = 0.1
"""Share of the time that counts as the start, and as the end."""
PAST = 300
"""People of a campaign of last autumn, whose report HR reads."""
LONG = 600
"""Seconds from which on memory is judged: until then workers make things for the first time, such as the console."""
GROWTH = 1.08
"""Memory at the end may be so many times that of the start."""
WANTED = Wanted("Soak", "Alice", "To see whether it lasts", "Nobody", "a@soak.example", sites=("https://soak.example",))
PASSWORD = "a tide that turns twice"


def main() -> None:
    options = _options()
    var = PROJECT / "var"
    var.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="soak-", dir=var) as folder:
        url = options.database or f"sqlite:///{folder}/soak.db"
        site = _prepare(url, Log())
        with _served(url, Path(folder), site.port, options.workers) as server:
            wrong = asyncio.run(_soak(site, server, options))
    sys.exit(1 if wrong else 0)


async def _soak(site: Site, server: int, options: argparse.Namespace) -> bool:
    """Whether anything was wrong; the report is printed."""
    capacity, each = await _capacity(site, options.measure)
    rate = min(capacity / 2, options.most)
    print(f"Capacity: {capacity:.0f} requests a second ({options.workers} workers; {each:.0f} requests a visit).")
    print(f"From now on: {rate:.0f} requests, {rate / each:.1f} visitors a second, for {options.minutes:g} minutes.\n")
    site.log, site.pace = Log(), options.pace
    total, stopping, memory = 60 * options.minutes, asyncio.Event(), []
    readers = [asyncio.create_task(read_results(site, random.Random(-n), stopping)) for n in range(1, 3)]
    dice, visits = random.Random(1), set()
    due, sampled = 0.0, 0.0
    while (now := time.monotonic() - site.log.begun) < total:
        if now >= sampled:
            memory.append((now, _memory(server)))
            sampled += max(1.0, total / 200)
        while due <= now:
            visits.add(visit := asyncio.create_task(take(site, random.Random(dice.random()))))
            visit.add_done_callback(visits.discard)
            due += dice.expovariate(rate / each)
        await asyncio.sleep(0.01)
    memory.append((total, _memory(server)))
    stopping.set()
    await asyncio.gather(*readers)
    for visit in visits:
        visit.cancel()
    await asyncio.gather(*visits, return_exceptions=True)
    return _report(site.log, memory, total)


async def _capacity(site: Site, seconds: float) -> tuple[float, float]:
    """Requests a second when nobody thinks, and requests a visit."""
    site.pace, end, done = 0.0, time.monotonic() + seconds, 0

    async def hurry(number: int) -> None:
        nonlocal done
        dice = random.Random(number)
        while time.monotonic() < end:
            await take(site, dice)
            done += 1

    # Whatever is made once is made first.
    await asyncio.gather(*(take(site, random.Random(1000 + number)) for number in range(HURRIED)))
    site.log, end = Log(), time.monotonic() + seconds
    await asyncio.gather(*(hurry(number) for number in range(HURRIED)))
    took = time.monotonic() - site.log.begun
    if site.log.errors:
        raise SystemExit(f"errors while the capacity was measured: {dict(site.log.errors)}")
    return site.log.requests / took, site.log.requests / done


def _report(log: Log, memory: list[tuple[float, float]], total: float) -> bool:
    """Print what there is to know; whether memory grew or errors happened."""
    start = (WARM * total, (WARM + WINDOW) * total)
    end = ((1 - WINDOW) * total, total)
    print(f"{log.requests:,} requests, {sum(log.visits.values()):,} visits: {dict(log.visits)}")
    print(f"Errors: {dict(log.errors) or 0}\n")
    print(f"| page | requests | p50, p99 at the start ({start[0]:.0f} to {start[1]:.0f} s) | at the end | longest |")
    print("| --- | ---: | ---: | ---: | ---: |")
    for kind, took in sorted(log.took.items()):
        longest = 1000 * max(seconds for _, seconds in took)
        print(f"| {kind} | {len(took):,} | {_waits(took, *start)} | {_waits(took, *end)} | {longest:.0f} ms |")
    first, last = (max(mib for at, mib in memory if begin <= at <= stop) for begin, stop in (start, end))
    print(f"\nMemory (PSS of all processes): {first:.1f} MiB at the start, {last:.1f} MiB at the end.")
    print("Every twentieth of the time:", " ".join(f"{mib:.1f}" for _, mib in memory[:: max(1, len(memory) // 20)]))
    grew = last > GROWTH * first and total >= LONG
    flat = "Memory is flat." if total >= LONG else "Too short to say of memory whether it grows: workers still warm up."
    print("Memory grew: this is a fault." if grew else flat)
    return grew or bool(log.errors)


def _waits(took: list[tuple[float, float]], begin: float, end: float) -> str:
    seconds = sorted(seconds for at, seconds in took if begin <= at <= end)
    if not seconds:
        return "–"
    half, most = (1000 * seconds[int(share * (len(seconds) - 1))] for share in (0.5, 0.99))
    return f"{half:.1f}, {most:.1f} ms"


def _prepare(url: str, log: Log) -> Site:
    """An empty database with a team, a member, a campaign that is over and one that people come by."""
    database, now = Database(url), time.time_ns() // 1_000_000
    storage.migrate(database)
    edition = open_library("ae-am").main
    pack, past = edition.pack, fill(database, edition, PAST)
    # Whatever was asked before there is a team becomes its own.
    mine = team.found(database, "Soak", now)
    hashed = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    team.add(database, mine, "owner", "Alice", WANTED.contact, "en", hashed, now)
    campaign = campaigns.create(database, pack, WANTED, now, team_id=mine)
    database.close()
    return Site(
        free_port(), pack.item_ids, pack.minimum, campaign.public_id, past.public_id, WANTED.contact, PASSWORD, log
    )


@contextmanager
def _served(url: str, folder: Path, port: int, workers: int) -> Iterator[int]:
    """The server as `deploy/rolefit.service` starts it; the number of its first process."""
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port), "--workers", str(workers)]
    command += ["--blocking-threads", "3", "--no-ws", "--log-level", "warning", "app:app"]
    settings = {"DATABASE_URL": url, "STATIC_FOLDER": str(folder / "static"), "LOG_LEVEL": "ERROR"}
    settings |= {"START_LIMIT": "1000000 per minute"}
    process = subprocess.Popen(command, cwd=PROJECT, env=os.environ | settings, start_new_session=True)
    try:
        wait_for(port, process)
        yield process.pid
    finally:
        process.terminate()
        process.wait(timeout=30)


def _memory(server: int) -> float:
    """Proportional memory of a process and its children, in MiB."""
    children = Path(f"/proc/{server}/task/{server}/children").read_text().split()
    sizes = [Path(f"/proc/{number}/smaps_rollup").read_text() for number in (server, *children)]
    return sum(int(text.partition("\nPss:")[2].split()[0]) for text in sizes) / 1024


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=30, help="how long")
    parser.add_argument("--pace", type=float, default=1, help="factor of the think times")
    parser.add_argument("--measure", type=float, default=6, help="seconds for measuring the capacity")
    parser.add_argument("--most", type=float, default=math.inf, help="requests a second, if half of capacity is more")
    parser.add_argument("--workers", type=int, default=2, help="of the server")
    parser.add_argument("--database", help="the address of an empty one; without it, SQLite in var/")
    return parser.parse_args()


if __name__ == "__main__":
    main()
