"""Rate limits: how often one address may do a thing. Kept in memory, one count a worker."""

from __future__ import annotations

import math
import time

from flask import current_app, request
from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter
from werkzeug.exceptions import TooManyRequests


def count(what: str, limit: str) -> None:
    """Count one more `what` for the visitor's address.

    Raises TooManyRequests, with the seconds to wait, when it is over the limit ("600 per 10 minutes").
    """
    if "rolefit-limits" not in current_app.extensions:
        current_app.extensions["rolefit-limits"] = FixedWindowRateLimiter(MemoryStorage())
    limiter: FixedWindowRateLimiter = current_app.extensions["rolefit-limits"]
    visitor = (parse(limit), what, request.remote_addr or "")
    if not limiter.hit(*visitor):
        again = limiter.get_window_stats(*visitor).reset_time
        raise TooManyRequests(retry_after=max(1, math.ceil(again - time.time())))
