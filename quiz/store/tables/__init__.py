"""The tables. Times are whole milliseconds since 1970 in UTC; tokens are stored as SHA-256 only."""

from quiz.store.tables.asking import campaign_texts, campaign_told, campaigns, invitations
from quiz.store.tables.base import metadata
from quiz.store.tables.people import audit, passkeys, secrets, team_invitations, teams, users
from quiz.store.tables.takers import answers, attempts, consents, fits, notes, tombstones
from quiz.store.tables.work import job_runs, jobs, outbox

__all__ = [
    "answers",
    "attempts",
    "audit",
    "campaign_texts",
    "campaign_told",
    "campaigns",
    "consents",
    "fits",
    "invitations",
    "job_runs",
    "jobs",
    "metadata",
    "notes",
    "outbox",
    "passkeys",
    "secrets",
    "team_invitations",
    "teams",
    "tombstones",
    "users",
]
