"""Long work on the database in short steps with pauses, so that whoever answers a question meanwhile hardly waits."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import TypeVar

BATCH = 20
"""People whose rows are removed in one transaction: a few milliseconds."""
PAUSE_SECONDS = 0.05
"""The pause after it: far longer than the step, so that all others together come before us."""

Thing = TypeVar("Thing")


def go_on() -> None:
    """What somebody does between two steps who has nobody to tell that they are alive."""


def gently(steps: Iterable[object], keep: Callable[[], None] = go_on) -> None:
    """Take steps, each a transaction of its own, with a pause after every one but the first, as there may be no more.

    `keep` is called after each, and may raise.
    """
    for count, _ in enumerate(steps):
        keep()
        if count:
            time.sleep(PAUSE_SECONDS)


def batches(things: Iterable[Thing], size: int = BATCH) -> Iterator[list[Thing]]:
    """Things in lists of so many at most."""
    left = iter(things)
    while batch := list(islice(left, size)):
        yield batch
