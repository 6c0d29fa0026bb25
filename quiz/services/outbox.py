"""The outbox: mails are written in the transaction of what they tell, and a job sends them once it is committed."""

from __future__ import annotations

import secrets
from collections.abc import Iterable

from quiz.store import jobs, outbox
from quiz.store.database import Transaction
from quiz.store.outbox import Letter

__all__ = ["JOB", "Letter", "write"]

JOB = "mail"
"""The job that sends."""


def write(store: Transaction, letters: Iterable[Letter], now_ms: int) -> None:
    """Write mails inside a transaction; they go out once it is committed, and never if it is not."""
    for letter in letters:
        outbox.write(store, letter, secrets.token_hex(16), now_ms)
    jobs.want(store, JOB, now_ms)
