"""Rate limits: how often one address may do a thing. Kept in memory, one count a worker."""

from __future__ import annotations

from flask import current_app, request
from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter


def may(what: str, limit: str) -> bool:
    """Count one more `what` for the visitor's address; False when it is over the limit ("600 per 10 minutes")."""
    if "rolefit-limits" not in current_app.extensions:
        current_app.extensions["rolefit-limits"] = FixedWindowRateLimiter(MemoryStorage())
    limiter: FixedWindowRateLimiter = current_app.extensions["rolefit-limits"]
    return limiter.hit(parse(limit), what, request.remote_addr or "")
