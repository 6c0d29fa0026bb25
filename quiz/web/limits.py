"""Rate limits: how often one address, or one account, may do a thing. Counted in Redis, or else in each process.

While Redis is gone each process counts for itself, from nothing: nobody is refused because Redis is gone, and whoever
guesses passwords is not let loose by it.
"""

from __future__ import annotations

import hashlib
import logging
import math
import time
from collections.abc import Callable
from typing import Any, NoReturn, TypeVar

from flask import Flask, current_app, request
from limits import RateLimitItem, parse
from limits.errors import StorageError
from limits.storage import MemoryStorage, Storage
from limits.strategies import FixedWindowRateLimiter
from werkzeug.exceptions import TooManyRequests

log = logging.getLogger(__name__)

SECONDS = 0.25
"""How long Redis may take for an answer."""
PAUSE_SECONDS = 5
"""How long Redis is not asked again after it gave none: a Redis that hangs holds nobody up."""

T = TypeVar("T")
_KEY = "rolefit-limits"


def install(app: Flask, redis_url: str) -> None:
    """Count for an application: in Redis if there is one, else in memory."""
    app.extensions[_KEY] = _Counts(redis_url)


def count(what: str, limit: str, whose: str | None = None) -> None:
    """Count one more `what` for the visitor's address, or for what `whose` names, such as an account.

    Raises TooManyRequests, with the seconds to wait, when it is over the limit ("600 per 10 minutes").
    """
    visitor = _visitor(what, limit, whose)
    if not _ask(lambda limiter: limiter.hit(*visitor)):
        _refuse(visitor)


def check(what: str, limit: str, whose: str | None = None) -> None:
    """Raise TooManyRequests if one more `what` would be over the limit; count nothing."""
    visitor = _visitor(what, limit, whose)
    if not _ask(lambda limiter: limiter.test(*visitor)):
        _refuse(visitor)


def note(what: str, limit: str, whose: str | None = None) -> None:
    """Count one more `what` and refuse nothing: the next `check` does, if this was one too many."""
    visitor = _visitor(what, limit, whose)
    _ask(lambda limiter: limiter.hit(*visitor))


def times(limit: str, factor: int) -> str:
    """A limit that is so many times as high: 10 times "10 per 5 minutes" is 100 per 5 minutes."""
    once = parse(limit)
    return str(type(once)(once.amount * factor, once.multiples))


class _Counts:
    """Counts in Redis as long as it answers, and else in this process's memory."""

    def __init__(self, redis_url: str) -> None:
        self._shared = FixedWindowRateLimiter(_redis(redis_url)) if redis_url else None
        self._own = FixedWindowRateLimiter(MemoryStorage())
        self._gone_until: float | None = None

    def ask(self, question: Callable[[FixedWindowRateLimiter], T]) -> T:
        """Ask whichever counts at the moment."""
        if self._shared is None or (self._gone_until is not None and time.monotonic() < self._gone_until):
            return question(self._own)
        try:
            answer = question(self._shared)
        except StorageError as error:
            if self._gone_until is None:
                why = type(error.storage_error).__name__
                log.warning("Redis does not answer (%s): each process counts for itself meanwhile", why)
            self._gone_until = time.monotonic() + PAUSE_SECONDS
            return question(self._own)
        if self._gone_until is not None:
            self._gone_until = None
            log.warning("Redis answers again: all processes count together")
        return answer


def _visitor(what: str, limit: str, whose: str | None) -> tuple[RateLimitItem, str, str]:
    if whose is None:
        return parse(limit), what, request.remote_addr or ""
    # An account may be named by an e-mail, which has no business in Redis.
    return parse(limit), what, hashlib.sha256(whose.encode("utf-8", "surrogatepass")).hexdigest()


def _redis(url: str) -> Storage:
    from limits.storage import RedisStorage
    from redis.backoff import NoBackoff
    from redis.retry import Retry

    patience: dict[str, Any] = {"socket_timeout": SECONDS, "socket_connect_timeout": SECONDS}
    patience["retry"] = Retry(NoBackoff(), 0)
    return RedisStorage(url, key_prefix="rolefit", wrap_exceptions=True, **patience)


def _ask(question: Callable[[FixedWindowRateLimiter], T]) -> T:
    counts: _Counts = current_app.extensions[_KEY]
    return counts.ask(question)


def _refuse(visitor: tuple[RateLimitItem, str, str]) -> NoReturn:
    again = _ask(lambda limiter: limiter.get_window_stats(*visitor)).reset_time
    raise TooManyRequests(retry_after=max(1, math.ceil(again - time.time())))
