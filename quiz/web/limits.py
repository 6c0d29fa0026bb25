"""Rate limits: how often one address, or one account, may do a thing. Kept in memory, one count a worker."""

from __future__ import annotations

import math
import time
from typing import NoReturn

from flask import current_app, request
from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter
from werkzeug.exceptions import TooManyRequests


def count(what: str, limit: str, whose: str | None = None) -> None:
    """Count one more `what` for the visitor's address, or for what `whose` names, such as an account.

    Raises TooManyRequests, with the seconds to wait, when it is over the limit ("600 per 10 minutes").
    """
    visitor = (parse(limit), what, request.remote_addr or "" if whose is None else whose)
    if not _limiter().hit(*visitor):
        _refuse(visitor)


def check(what: str, limit: str, whose: str | None = None) -> None:
    """Raise TooManyRequests if one more `what` would be over the limit; count nothing."""
    visitor = (parse(limit), what, request.remote_addr or "" if whose is None else whose)
    if not _limiter().test(*visitor):
        _refuse(visitor)


def note(what: str, limit: str, whose: str | None = None) -> None:
    """Count one more `what` and refuse nothing: the next `check` does, if this was one too many."""
    _limiter().hit(parse(limit), what, request.remote_addr or "" if whose is None else whose)


def times(limit: str, factor: int) -> str:
    """A limit that is so many times as high: 10 times "10 per 5 minutes" is 100 per 5 minutes."""
    once = parse(limit)
    return str(type(once)(once.amount * factor, once.multiples))


def _limiter() -> FixedWindowRateLimiter:
    limiter: FixedWindowRateLimiter | None = current_app.extensions.get("rolefit-limits")
    if limiter is None:  # if two threads find none, both take the one that was kept first
        limiter = current_app.extensions.setdefault("rolefit-limits", FixedWindowRateLimiter(MemoryStorage()))
    return limiter


def _refuse(visitor: tuple[RateLimitItem, str, str]) -> NoReturn:
    again = _limiter().get_window_stats(*visitor).reset_time
    raise TooManyRequests(retry_after=max(1, math.ceil(again - time.time())))
