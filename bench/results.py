"""The table of results, measured: its pages at 100,000 attempts, as ratios to a campaign of 1,000 in the same run."""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import median

from bench import cast
from bench.server import PROJECT
from quiz.services import campaigns, results, results_table, storage
from quiz.services.campaigns import Campaign, Wanted
from quiz.services.document import Result
from quiz.services.filters import Filter
from quiz.services.library import Edition, open_library
from quiz.services.results_table import Sort, write_cursor
from quiz.services.tokens import new_token, token_hash
from quiz.store import attempts, standings
from quiz.store import results_table as table
from quiz.store.attempts import Answer
from quiz.store.database import Database

SMALL, LARGE = 1_000, 100_000
RESULTS = 500
"""Different results; people share them in turn."""
UNFINISHED = 5
"""One in so many has not finished."""
DAY_MS = 86_400_000
BEGIN_MS = 1_790_000_000_000
FIRST = ("Ana", "Ángel", "Ben", "Carmen", "Íñigo", "Lucía", "Mark", "Noelia", "Óscar", "Zoe")
LAST = ("García", "Muñoz", "Smith", "Núñez", "Li", "Okafor", "Peña", "Brown", "Vidal", "Ruiz")
DAYS = 90
SORTS = {
    "started": Sort(),
    "finished": Sort("finished"),
    "name": Sort("name", descending=False),
    "fit": Sort("fit", role="account-manager"),
}
WANTED = Wanted("Table", "Bench", "To measure", "Nobody", "nobody@bench.example", identification="named")

Scene = Callable[[Campaign], object]


def main() -> None:
    options = _options()
    var = PROJECT / "var"
    var.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="bench-", dir=var) as folder:
        database = Database(f"sqlite:///{folder}/results.db")
        storage.migrate(database)
        edition = open_library("ae-am").main
        sizes = (SMALL, options.attempts)
        small, large = (fill(database, edition, count) for count in sizes)
        size = Path(f"{folder}/results.db").stat().st_size / 2**20
        print(f"{sizes[0]:,} and {sizes[1]:,} attempts, {size:,.0f} MiB; medians of {options.rounds} rounds.\n")
        print(f"{'scene':34} {f'{sizes[0]:,}':>10} {f'{sizes[1]:,}':>10} {'ratio':>7}")
        for name, scene in scenes(database).items():
            times = [(_timed(scene, small), _timed(scene, large)) for _ in range(options.rounds + 1)][1:]
            before, after = (1000 * median(column) for column in zip(*times, strict=True))
            ratio = median(after / before for before, after in times)
            print(f"{name:34} {before:7.2f} ms {after:7.2f} ms {ratio:7.1f}")
        database.close()


def scenes(database: Database) -> dict[str, Scene]:
    """What members of a team do with the table: each reads a page of 25, its fits and the count of matches."""
    everybody = Filter()

    def read(wanted: Filter = everybody, sort: Sort = SORTS["started"]) -> Scene:
        return lambda campaign: results_table.page(database, campaign, wanted, sort)

    def deep(sort: Sort) -> Scene:
        return lambda campaign: results_table.page(database, campaign, everybody, sort, after=middle(campaign, sort))

    latest, finished, by_name, by_fit = SORTS.values()
    month = Filter(since=date(2026, 10, 1), until=date(2026, 10, 31))
    return {
        "first page": read(),
        "deep page (the middle)": deep(latest),
        "by name, first page": read(sort=by_name),
        "by name, deep page": deep(by_name),
        "by finish, deep page": deep(finished),
        "filter: leaning, English": read(Filter(outcome="leaning", language="en")),
        "filter: a rare outcome": read(Filter(outcome="neither", quality="doubtful")),
        "filter: nobody": read(Filter(outcome="clear", status="unfinished")),
        "filter: a month": read(month),
        "search: many": read(Filter(search="munoz")),
        "search: one person": read(Filter(search="person-777@")),
        "search: nobody": read(Filter(search="nobody at all")),
        "by fit, first page": read(sort=by_fit),
        "by fit, deep page": deep(by_fit),
        "by fit, filter: a rare outcome": read(Filter(outcome="neither", quality="doubtful"), by_fit),
        "by fit, search: one person": read(Filter(search="person-777@"), by_fit),
    }


_middles: dict[tuple[int, Sort], str] = {}


def middle(campaign: Campaign, sort: Sort) -> str:
    """The cursor in the middle of a campaign, looked up before anything is timed."""
    return _middles[campaign.id, sort]


def fill(database: Database, edition: Edition, count: int) -> Campaign:
    """A campaign with so many people, always the same ones; four in five have finished. Their answers are left out."""
    campaign = campaigns.create(database, edition.pack, WANTED, BEGIN_MS)
    pack, made = edition.pack, [_result(edition, person) for person in enumerate(cast.people(edition.pack, RESULTS, 4))]
    chance = random.Random(1)
    with database.writing() as store:
        for number in range(count):
            hashed = token_hash(new_token())
            attempts.start(
                store,
                hashed,
                pack.id,
                pack.version,
                ("en", "es")[number % 2],
                BEGIN_MS + number * DAYS * DAY_MS // count,
                campaign_id=campaign.id,
                name=f"{chance.choice(FIRST)} {chance.choice(LAST)} {number}",
                email=f"person-{number}@bench.example",
            )
            attempt = attempts.find(store, hashed)
            assert attempt is not None
            if number % UNFINISHED:
                result, text = made[number % RESULTS]
                finished_ms = attempt.started_ms + chance.randrange(120_000, 600_000)
                attempts.finish(store, attempt.id, pack.version, text, finished_ms)
                standings.keep(store, attempt.id, campaign.id, results.standing(result))
    for sort in SORTS.values():
        store = database.reader()
        half = table.page(store, campaign.id, Filter(), sort, count // 2, None, back=False)
        _middles[campaign.id, sort] = write_cursor(half[-1][0])
    return campaign


def _result(edition: Edition, person: tuple[int, dict[str, int]]) -> tuple[Result, str]:
    """A result and its text; one person in thirty hurried."""
    number, answers = person
    took_ms = 1000 if number % 30 == 0 else cast.THOUGHT_MS
    result = results.make(edition, {item: Answer(choice, took_ms, 0) for item, choice in answers.items()})
    return result, results.dump(result)


def _timed(scene: Scene, campaign: Campaign) -> float:
    start = time.perf_counter()
    scene(campaign)
    return time.perf_counter() - start


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--attempts", type=int, default=LARGE, help="of the large campaign")
    parser.add_argument("--rounds", type=int, default=15, help="how often every scene is played")
    return parser.parse_args()


if __name__ == "__main__":
    main()
