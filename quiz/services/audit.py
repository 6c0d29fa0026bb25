"""The audit log: who did what, when, to which campaign or person. Never what anybody answered."""

from __future__ import annotations

from collections.abc import Iterator

from quiz.store import audit
from quiz.store.audit import Entry
from quiz.store.database import Database

__all__ = ["ACTIONS", "COMMAND_LINE", "WORKER", "Entry", "actors", "all_of", "deleted", "note", "page"]

COMMAND_LINE = "command line"
"""Who it was, where no member did it."""
WORKER = "worker"
"""Who it was, where nobody did it: it was time."""

ACTIONS = (
    *("team-made", "member-invited", "member-joined", "member-removed", "member-role", "signed-in", "sign-in-failed"),
    *("team-renamed", "member-invitation-revoked", "password-link-made", "signed-out-everywhere"),
    *("password-changed", "second-step-changed", "passkey-added", "passkey-removed"),
    *("campaign-made", "campaign-changed", "campaign-state", "campaign-hold", "campaign-deleted"),
    *("invited", "invitation-renewed", "invitation-revoked", "reference-signed", "reference-key-shown"),
    *("invitations-mailed", "invitation-removed", "invitations-exported"),
    *("results-viewed", "results-sorted-by-fit", "person-viewed", "people-compared", "person-deleted", "person-hold"),
    *("note-written", "note-deleted", "cohort-viewed", "impact-reported", "exported", "audit-exported"),
    "time-was-up",
)
"""Everything that is noted; the console has words for each."""
_FIRST = 2**62
_SIZE = 1000


def note(
    database: Database, team_id: int, actor: str, action: str, now_ms: int, *, campaign: str = "", subject: str = ""
) -> None:
    """Write down that `actor` (an e-mail) did an action, to a campaign (its public id) and to something of it.

    Raises ValueError for an action that is not one of ACTIONS.
    """
    if action not in ACTIONS:
        raise ValueError(f"unknown action {action!r}")
    with database.writing() as store:
        audit.note(store, team_id, actor, action, now_ms, campaign=campaign, subject=subject)


def page(
    database: Database,
    team_id: int,
    *,
    before: int | None = None,
    size: int = 50,
    campaign: str = "",
    actor: str = "",
) -> list[Entry]:
    """A team's newest entries, or those before an id; only those of a campaign or an actor, if one is given."""
    return audit.page(database.reader(), team_id, before=before or _FIRST, size=size, campaign=campaign, actor=actor)


def actors(database: Database, team_id: int) -> list[str]:
    """Everybody who is in a team's log, those who have left and COMMAND_LINE included."""
    return audit.actors(database.reader(), team_id)


def deleted(database: Database, team_id: int) -> dict[str, str]:
    """The last names of a team's deleted campaigns by their public ids."""
    return dict(audit.deleted(database.reader(), team_id))


def all_of(database: Database, team_id: int, *, campaign: str = "", actor: str = "") -> Iterator[Entry]:
    """All entries of a team in the same way, the newest first, read a thousand at a time."""
    before = _FIRST
    while entries := page(database, team_id, before=before, size=_SIZE, campaign=campaign, actor=actor):
        yield from entries
        before = entries[-1].id
