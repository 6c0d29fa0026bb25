"""How often one attempt can be written to: more than anybody presses, and fewer than a program that writes and writes.

Counted in each process, without asking anybody: an answer is the most frequent thing that the house does. So a person
whose requests go to several processes may do it as many times more, which harms nothing.
"""

from __future__ import annotations

import math
import time

MOST = 600
"""Answers and other changes to one attempt in so many seconds; the fastest person presses about two a second."""
SECONDS = 60


class TooFast(LookupError):
    """An attempt was written to more often than anybody presses; `seconds` say when to go on. Nothing was written."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class Pace:
    """Counts by attempt, all from nothing every minute: as many numbers as attempts are answered in a minute."""

    def __init__(self) -> None:
        self._until = 0.0
        self._counts: dict[int, int] = {}

    def press(self, attempt_id: int) -> None:
        """Count one more; raise TooFast if it is one too many."""
        now = time.monotonic()
        if now >= self._until:
            self._counts, self._until = {}, now + SECONDS
        count = self._counts[attempt_id] = self._counts.get(attempt_id, 0) + 1
        if count > MOST:
            raise TooFast(math.ceil(self._until - now))
