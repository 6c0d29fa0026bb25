"""The scenes: what is asked of the applications over and over, and how one round of it is measured."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from statistics import median

from bench import cast
from bench.load import Load, load
from bench.server import Server
from quiz.services import campaigns
from quiz.services.campaigns import Wanted
from quiz.services.library import Edition
from quiz.store.database import Database

MANY, ONE = 64, 1
"""Connections, each of which waits for its answer before it asks again."""
HEADERS = (
    "Host: 127.0.0.1\r\nUser-Agent: bench\r\nAccept: text/html,application/xhtml+xml,*/*;q=0.8\r\n"
    "Accept-Language: en-GB,en;q=0.8,es;q=0.5\r\nAccept-Encoding: gzip, deflate, br\r\n"
)
"""What a browser sends, more or less, with each request to either application."""
PATIENCE = 300
"""Seconds at most for what has to be done once."""
SITE = "https://bench.example"
WANTED = Wanted("Bench", "Bench", "To measure", "Nobody", "nobody@bench.example", sites=(SITE,))


@dataclass(frozen=True, slots=True)
class Round:
    """One scene's figures in one round."""

    rate: float
    cpu: float
    load: Load


@dataclass(frozen=True, slots=True)
class Scene:
    """One kind of request, sent over and over; `target` is the wanted ratio to the baseline, if any."""

    name: str
    server: Server
    requests: Iterator[bytes]
    status: int = 200
    target: float | None = None
    rounds: dict[int, list[Round]] = field(default_factory=dict)
    """By the number of connections."""

    def play(self, seconds: float, connections: int = MANY) -> Round:
        """Load the server for some seconds."""
        before = self.server.cpu()
        found = load(self.server.port, self.requests, self.status, connections, seconds)
        return Round(found.rate, (self.server.cpu() - before) / len(found.waits), found)

    def warm(self, requests: int) -> None:
        """Have everything made that is made once: by a number of requests, however long they take."""
        load(self.server.port, itertools.islice(self.requests, requests), self.status, MANY, PATIENCE)

    def keep(self, seconds: float, connections: int) -> None:
        """Play one round whose figures count."""
        self.rounds.setdefault(connections, []).append(self.play(seconds, connections))

    def rate(self, connections: int) -> float:
        """Requests a second."""
        return median(each.rate for each in self.rounds[connections])

    def cpu(self, connections: int) -> float:
        """Seconds of the server's processor time a request."""
        return median(each.cpu for each in self.rounds[connections])

    def wait(self, share: float, connections: int) -> float:
        """Seconds within which this share of the answers came, in the middling round."""
        return median(each.load.wait(share) for each in self.rounds[connections])


def all_scenes(
    bare: Server,
    hello: Server,
    keeping: Server,
    quiz: Server,
    database: Database,
    edition: Edition,
    finished: Sequence[str],
) -> dict[str, Scene]:
    """By name; "hello" is the baseline, and no durable answer can be cheaper than "hello, one commit"."""
    asking = cast.under_way(database, edition, 500, answered=True)
    answering = cast.under_way(database, edition, 2000, answered=False)
    items = edition.pack.item_ids
    campaign = campaigns.create(database, edition.pack, WANTED, 0)
    framed = f"/c/{campaign.public_id}"
    scenes = [
        Scene("bare WSGI", bare, itertools.repeat(_get("/"))),
        Scene("hello", hello, itertools.repeat(_get("/"))),
        Scene("hello, one commit", keeping, itertools.repeat(_get("/"))),
        Scene("landing", quiz, itertools.repeat(_get("/"))),
        Scene("question", quiz, _questions(asking, items), target=0.90),
        Scene("answer", quiz, answers(answering, items), status=303, target=0.45),
        Scene("result", quiz, itertools.cycle(results(finished)), target=0.60),
        Scene("  with gzip", quiz, itertools.cycle(map(_compressed, results(finished)))),
        Scene("result.json", quiz, itertools.cycle(_get(f"/a/{token}/result.json") for token in finished)),
        Scene("embed", quiz, itertools.repeat(_get(framed))),
    ]
    return {scene.name: scene for scene in scenes}


def _questions(tokens: Sequence[str], items: Sequence[str]) -> Iterator[bytes]:
    """Pages of every question, of many attempts that have come more or less far."""
    pages = [_get(f"/a/{token}/{item}") for token in tokens for item in items]
    random.Random(1).shuffle(pages)
    return itertools.cycle(pages)


def answers(tokens: Sequence[str], items: Sequence[str]) -> Iterator[bytes]:
    """Posts: answers to every question but the last, so that no attempt is ever finished.

    A hundred people take turns, then the next hundred. Whoever had their turn answers otherwise the next time.
    """
    draw = random.Random(2)
    while True:
        for first in range(0, len(tokens), 100):
            for item in items[:-1]:
                for token in tokens[first : first + 100]:
                    yield _post(f"/a/{token}/{item}", f"choice={draw.randint(1, 5)}")


def results(tokens: Sequence[str]) -> list[bytes]:
    """As a proxy asks for them that compresses for the server."""
    return [_get(f"/a/{token}/result").replace(b"gzip, deflate, br", b"identity") for token in tokens]


def _compressed(request: bytes) -> bytes:
    """The same request from a client that takes gzip."""
    return request.replace(b"identity", b"gzip, deflate, br")


def _get(path: str) -> bytes:
    return f"GET {path} HTTP/1.1\r\n{HEADERS}\r\n".encode()


def _post(path: str, form: str) -> bytes:
    kind = "Content-Type: application/x-www-form-urlencoded"
    return f"POST {path} HTTP/1.1\r\n{HEADERS}{kind}\r\nContent-Length: {len(form)}\r\n\r\n{form}".encode()
