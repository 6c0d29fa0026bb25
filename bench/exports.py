"""Exports, measured: peak memory and time with a thousand and with a hundred thousand people."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import tempfile
from dataclasses import replace
from itertools import cycle
from pathlib import Path

from bench import cast
from quiz.core.quality import flags
from quiz.services import campaigns, results, storage
from quiz.services.campaigns import Wanted
from quiz.services.library import open_library
from quiz.services.storage import Database
from quiz.store.attempts import Answer

FEW, MANY = 1_000, 100_000
FORMS = ("csv", "jsonl", "xlsx")
START = 1_790_000_000_000
ONE = """
import re, sys, time
from pathlib import Path
from quiz.services import campaigns, exports, storage
from quiz.services.exports import Sheet
from quiz.services.filters import Filter
from quiz.services.library import open_library
from quiz.services.storage import Database

url, public_id, form, answers = sys.argv[1:]
database, pack = Database(url), open_library("ae-am").main.pack
campaign = campaigns.find(database, public_id)
columns = exports.columns_of(pack, with_answers=answers == "1")
def made(wanted):
    people = exports.people(database, campaign, wanted, with_answers=answers == "1")
    rows = (exports.row(person, columns, {}) for person in people)
    headings = [str(n) for n in range(16 + 3 * len(columns.roles + columns.dimensions) + 2 * len(columns.items))]
    if form == "jsonl":
        return exports.jsonl(people, with_answers=answers == "1")
    return exports.csv(headings, rows) if form == "csv" else exports.xlsx("x", [Sheet("People", headings, rows)])
def kilobytes(what):
    return re.search(what + r":\\s+(\\d+)", Path("/proc/self/status").read_text())[1]
sum(map(len, made(Filter(search="nobody has this"))))
Path("/proc/self/clear_refs").write_text("5")  # the peak so far is forgotten
before = kilobytes("VmRSS")
begun = time.perf_counter()
size = sum(map(len, made(Filter())))
print(time.perf_counter() - begun, size, before, kilobytes("VmHWM"))
"""
"""An export in a process of its own (Linux): a peak belongs to a process. Prints seconds, bytes, kilobytes, peak."""


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'bench.db'}"
        few, many = _fill(url, FEW), _fill(url, MANY)
        print(f"{'':22} {FEW:>9,} people {MANY:>9,} people {'ratio':>6}  {'more memory':>11}")
        for answers in ("0", "1"):
            for form in FORMS:
                _compare(url, few, many, form, answers)


def _compare(url: str, few: str, many: str, form: str, answers: str) -> None:
    (_, _, before, small), (seconds, size, _, large) = (_one(url, campaign, form, answers) for campaign in (few, many))
    name = f"{form}{', answers' if answers == '1' else ''}"
    print(
        f"{name:14} peak MiB {small / 1024:13.1f} {large / 1024:16.1f} {large / small:6.2f}  "
        f"{(small - before) / 1024:4.1f} → {(large - before) / 1024:4.1f}   "
        f"{seconds:5.1f} s, {MANY / seconds:,.0f} people/s, {size / 2**20:.0f} MiB"
    )


def _one(url: str, campaign: str, form: str, answers: str) -> tuple[float, ...]:
    command = [sys.executable, "-c", ONE, url, campaign, form, answers]
    return tuple(map(float, subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()))


def _fill(url: str, people: int) -> str:
    """A campaign with so many finished attempts of invented people; its public id."""
    database = Database(url)
    storage.migrate(database)
    edition = open_library("ae-am").main
    pack = edition.pack
    wanted = Wanted("Bench", "Nobody", "To measure", "Nobody", "nobody@bench.example", identification="plain")
    campaign = campaigns.create(database, pack, replace(wanted, name=f"Bench {people}"), START)
    known = []
    for answers in cast.people(pack, min(people, 500), seed=1):
        given = {item: Answer(choice, 5000, 0) for item, choice in answers.items()}
        found = results.make(edition, given)
        seconds = dict.fromkeys(answers, 5.0)
        known.append((answers, results.dump(found), found["outcome"], len(flags(edition.measure, answers, seconds))))
    database.close()
    file = sqlite3.connect(url.removeprefix("sqlite:///"))
    (campaign_id,) = file.execute("SELECT id FROM campaigns WHERE public_id = ?", (campaign.public_id,)).fetchone()
    for number, (answers, result, outcome, signs) in zip(range(people), cycle(known), strict=False):
        started = START + 1000 * number
        told = outcome["kind"], outcome["role"], signs
        found = file.execute(
            "INSERT INTO attempts (token_hash, pack, pack_version, language, started_ms, finished_ms, result,"
            " campaign_id, reference, outcome, role, flags)"
            " VALUES (randomblob(32), ?, ?, 'es', ?, ?, ?, ?, ?, ?, ?, ?)",
            (pack.id, pack.version, started, started + 300_000, result, campaign_id, f"P-{number:06}", *told),
        )
        rows = [(found.lastrowid, item, choice, 5000, started) for item, choice in answers.items()]
        file.executemany("INSERT INTO answers VALUES (?, ?, ?, ?, ?)", rows)
    file.commit()
    file.close()
    return campaign.public_id


if __name__ == "__main__":
    main()
