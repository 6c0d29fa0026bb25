"""The jobs that there are."""

from __future__ import annotations

from quiz.services import audit, outbox, retention
from quiz.services.campaigns import deleting
from quiz.services.jobs import sending
from quiz.services.jobs.working import DAY_MS, HOUR_MS, Done, Kind, Turn


def _retain(turn: Turn) -> Done:
    """Remove what is past its time, but for what is held."""
    settings = turn.settings
    gone = retention.retain(
        turn.database,
        unfinished_days=settings.retain_unfinished_days,
        finished_days=settings.retain_finished_days,
        now_ms=turn.clock(),
        remove=True,
        actor=audit.WORKER,
        keep=turn.keep,
    )
    return Done(
        f"removed {gone.unfinished} unfinished and {gone.finished} finished attempts, {gone.invitations} invitations; "
        f"{gone.held} held"
    )


def _clear(turn: Turn) -> Done:
    """Remove what is left of deleted campaigns."""
    return Done(f"removed {deleting.clear(turn.database, turn.keep)} attempts of deleted campaigns")


KINDS = {
    deleting.JOB: Kind(_clear, every_ms=HOUR_MS),
    outbox.JOB: Kind(sending.deliver, every_ms=HOUR_MS),
    "retention": Kind(_retain, every_ms=DAY_MS),
}
