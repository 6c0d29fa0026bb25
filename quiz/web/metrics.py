"""What Prometheus reads: requests by kind of page, and people who started and finished.

Counting is done by `quiz.services.tally`, whose figures are those of all workers; prometheus-client, which is imported
when it is first asked, writes them down. Its own counters cost several times as much on every request, and its way
of adding up workers needs a folder that somebody empties.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterator, Mapping
from ipaddress import ip_address
from typing import Any

from quiz.services import tally
from quiz.services.tally import Tally
from quiz.web.watch import BOUNDS_MS, CELLS, CLASSES, KINDS

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP", "HTTP_VIA", "HTTP_X_FORWARDED_HOST")


def make_tally() -> Tally:
    """The figures of requests, shared with the other workers of the same server."""
    return Tally("requests", [f"{kind}:{cell}" for kind in KINDS for cell in CELLS], tally.shared_folder())


def may_read(token: str, environ: Mapping[str, Any]) -> bool:
    """Whether the figures are for whoever asks: with the token, or where none is set from this machine itself.

    A request that a proxy on this machine has passed on is not from this machine.
    """
    if token:
        given = environ.get("HTTP_AUTHORIZATION", "")
        return hmac.compare_digest(given.encode("latin-1", "replace"), f"Bearer {token}".encode())
    if any(environ.get(name) for name in _FORWARDED):
        return False
    try:
        return ip_address(environ.get("REMOTE_ADDR") or "").is_loopback
    except ValueError:
        return False


def write(requests: Tally) -> bytes:
    """All figures, as Prometheus reads them."""
    from prometheus_client.exposition import generate_latest
    from prometheus_client.registry import CollectorRegistry

    registry = CollectorRegistry()
    registry.register(_Figures(requests))
    return generate_latest(registry)


class _Figures:
    """Hands the figures to prometheus-client."""

    def __init__(self, requests: Tally) -> None:
        self._requests = requests

    def collect(self) -> Iterator[Any]:
        """Every family with its samples."""
        from prometheus_client.core import CounterMetricFamily, HistogramMetricFamily

        people = tally.people.figures()
        yield CounterMetricFamily("rolefit_attempts_started", "Attempts begun.", people.pop(tally.STARTED))
        yield CounterMetricFamily("rolefit_attempts_finished", "Attempts finished.", people.pop(tally.FINISHED))
        outcomes = CounterMetricFamily("rolefit_outcomes", "Attempts finished, by kind of outcome.", labels=["kind"])
        for kind, number in people.items():
            outcomes.add_metric([kind], number)
        yield outcomes

        counted = self._requests.figures()
        answers = CounterMetricFamily("rolefit_requests", "Requests answered.", labels=["kind", "status"])
        times = HistogramMetricFamily("rolefit_request_seconds", "Time to answer.", labels=["kind"])
        for kind in KINDS:
            for status in CLASSES:
                answers.add_metric([kind, status], counted[f"{kind}:{status}"])
            times.add_metric([kind], _buckets(counted, kind), counted[f"{kind}:sum"] / 1_000_000_000)
        yield answers
        yield times


def _buckets(counted: Mapping[str, int], kind: str) -> list[tuple[str, float]]:
    """How many took at most so long, from the shortest bound to none."""
    buckets, so_far = [], 0
    for bound in (*BOUNDS_MS, "inf"):
        so_far += counted[f"{kind}:le{bound}"]
        buckets.append(("+Inf" if bound == "inf" else str(float(bound) / 1000), float(so_far)))
    return buckets
