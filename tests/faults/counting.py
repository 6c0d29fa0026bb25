"""Before a fault: people in a database. After it: what is kept is counted against what they were told."""

from __future__ import annotations

import re
import sqlite3
import time
from contextlib import closing
from functools import cache

from takers import Crowd, Person

from quiz.services import campaigns, results, storage, take
from quiz.services.campaigns import Wanted
from quiz.services.library import Edition, open_library
from quiz.services.tokens import token_hash
from quiz.store import attempts
from quiz.store.database import Database

SITE = "https://jobs.example.com"
WANTED = Wanted("Faults", "Alice", "To see what breaks", "Nobody", "alice@example.com", sites=(SITE,))
MISSING = 6
"""Up to so many questions are still to be answered; so there are results soon, which every answer makes anew."""


@cache
def edition() -> Edition:
    return open_library("ae-am").main


def migrate(url: str) -> None:
    """Make the tables of an empty database."""
    database = Database(url)
    storage.migrate(database)
    database.close()


def gather(url: str, count: int) -> list[Person]:
    """People in the middle of the quiz, every third asked by a campaign, half of them in Spanish."""
    database, pack = Database(url), edition().pack
    campaign, now = campaigns.create(database, pack, WANTED, _now_ms()), _now_ms()
    people = []
    for number in range(count):
        language, asked = ("en", "es")[number % 2], number % 3 == 0
        token = take.start(database, pack, language, now - 300_000, campaign_id=campaign.id if asked else None)
        left = 1 + number % MISSING
        given = {item: 1 + (number + place) % 5 for place, item in enumerate(pack.item_ids[:-left])}
        with database.writing() as store:
            found = attempts.find(store, token_hash(token))
            assert found is not None
            for step, (item, choice) in enumerate(given.items()):
                attempts.answer(store, found.id, item, choice, now - 300_000 + 6_000 * (step + 1))
        people.append(Person(f"/a/{token}", language, [*pack.item_ids[-left:], *given], given))
    database.close()
    return people


def count(url: str, crowd: Crowd) -> dict[str, object]:
    """What was lost, what is wrong, and what people saw. Each result is made again from the answers that are kept."""
    database = Database(url)
    lost, wrong, finished = {}, [], 0
    for person in crowd.people:
        found = attempts.find_result(database.reader(), token_hash(person.place.removeprefix("/a/")))
        assert found is not None, "an attempt is lost"
        attempt, stored = found
        given = attempts.answers_of(database.reader(), attempt.id)
        lost |= person.wrong({item: answer.choice for item, answer in given.items()})
        complete = given.keys() == edition().pack.position.keys()
        again = results.dump(results.make(edition(), given)) if complete else None
        finished += complete
        if stored != again or (attempt.finished_ms is not None) != complete:
            wrong.append(person.place)
    database.close()
    if database.is_sqlite:
        with closing(sqlite3.connect(str(database.url.database))) as file:
            assert file.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert file.execute("PRAGMA foreign_key_check").fetchall() == []
    waits = sorted(crowd.waits)
    return {
        "people": len(crowd.people),
        "acknowledged": crowd.counts["acknowledged"],
        "lost": len(lost),
        "results": finished,
        "wrong": len(wrong),
        "5xx": crowd.counts["5xx"],
        "connections lost": crowd.counts["lost"],
        "hung": crowd.counts["hung"],
        "other": {what: n for what, n in crowd.counts.items() if what not in ("acknowledged", "5xx", "lost", "hung")},
        "longest": round(waits[-1], 2) if waits else None,
        "saw": saw(crowd),
    }


def saw(crowd: Crowd) -> str:
    """What people saw who were refused: status, and whether in their language, with what to do and when."""
    found = []
    for (language, status), seen in sorted(crowd.seen.items()):
        place = seen.place
        own = f'<html lang="{language}"' in seen.page
        title = re.search(r"<h1[^>]*>(.*?)</h1>", seen.page, re.DOTALL)
        again = "link to try again" if f'href="{place}' in seen.page else "no link"
        after = f"Retry-After {seen.retry_after}" if seen.retry_after else "no Retry-After"
        words = title[1].strip() if title and own else "not in their language"
        found.append(f"{status} {language} “{words}”, {after}, {again}")
    return "; ".join(found) or ("lost connections, then the next question" if crowd.counts["lost"] else "nothing")


def _now_ms() -> int:
    return time.time_ns() // 1_000_000
