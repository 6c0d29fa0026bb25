"""What Prometheus reads: requests by kind of page, people who started and finished, and how the jobs stand.

Counting is done by `quiz.services.tally`, whose figures are those of all workers; prometheus-client, which is imported
when it is first asked, writes them down. Its own counters cost several times as much on every request, and its way
of adding up workers needs a folder that somebody empties.
"""

from __future__ import annotations

import hmac
import logging
import time
from collections.abc import Iterator, Mapping
from ipaddress import ip_address
from typing import Any

from quiz.services import tally
from quiz.services.storage import Database
from quiz.services.tally import Tally
from quiz.web.watch import BOUNDS_MS, CELLS, CLASSES, KINDS

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_log = logging.getLogger(__name__)
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


def write(requests: Tally, database: Database) -> bytes:
    """All figures, as Prometheus reads them. Without the database, those that it has are left out."""
    from prometheus_client.exposition import generate_latest
    from prometheus_client.registry import CollectorRegistry

    registry = CollectorRegistry()
    registry.register(_Figures(requests))
    registry.register(_Work(database))
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


class _Work:
    """Hands over what the database has: jobs and mails, the same whichever worker is asked."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def collect(self) -> Iterator[Any]:
        """Every family with its samples; only the first when the database does not answer."""
        from prometheus_client.core import GaugeMetricFamily as Gauge

        from quiz.services.jobs import figures

        answers = Gauge("rolefit_database_answers", "1 when the figures below could be read from the database.")
        try:
            work = figures.read(self._database, time.time_ns() // 1_000_000)
        except Exception as error:  # the driver's own
            _log.warning("the figures of the jobs could not be read: %s", type(error).__name__)
            answers.add_metric([], 0)
            yield answers
            return
        answers.add_metric([], 1)
        yield answers
        waits = Gauge("rolefit_job_waiting_seconds", "How long a job has been due without being done.", labels=["job"])
        lasts = Gauge("rolefit_job_running_seconds", "How long the run under way has lasted.", labels=["job"])
        tries = Gauge("rolefit_job_tries", "Runs since one came to its end.", labels=["job"])
        dones = Gauge("rolefit_job_done_timestamp_seconds", "When the job was last done.", labels=["job"])
        runs = Gauge("rolefit_job_runs", "The last hundred runs of a job, by outcome.", labels=["job", "outcome"])
        for job in work.jobs:
            waits.add_metric([job.name], job.waits_seconds)
            lasts.add_metric([job.name], job.runs_seconds)
            tries.add_metric([job.name], job.tries)
            if job.done_at is not None:
                dones.add_metric([job.name], job.done_at)
            for outcome, number in job.runs.items():
                runs.add_metric([job.name, outcome], number)
        yield from (waits, lasts, tries, dones, runs)
        looked = Gauge("rolefit_worker_look_timestamp_seconds", "When a worker last looked what is to be done.")
        if work.looked_at is not None:
            looked.add_metric([], work.looked_at)
        yield looked
        mails = Gauge("rolefit_mails", "Mails in the outbox, by state.", labels=["state"])
        for state, number in work.mails.items():
            mails.add_metric([state], number)
        yield mails
        yield Gauge("rolefit_mail_waiting_seconds", "How long the oldest mail has waited.", work.mail_waits_seconds)


def _buckets(counted: Mapping[str, int], kind: str) -> list[tuple[str, float]]:
    """How many took at most so long, from the shortest bound to none."""
    buckets, so_far = [], 0
    for bound in (*BOUNDS_MS, "inf"):
        so_far += counted[f"{kind}:le{bound}"]
        buckets.append(("+Inf" if bound == "inf" else str(float(bound) / 1000), float(so_far)))
    return buckets
