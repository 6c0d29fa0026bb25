"""The tables of what is done later: jobs, their runs, and the mails that wait to be sent."""

from sqlalchemy import BigInteger, CheckConstraint, Column, ForeignKey, Index, Integer, Table, Text, text

from quiz.store.tables.base import Id, metadata

jobs = Table(
    "jobs",
    metadata,
    Column("name", Text, primary_key=True),
    Column("due_ms", BigInteger, doc="when it is to be done next; none: nobody wants it"),
    Column("started_ms", BigInteger, doc="when the run under way began; none: there is none"),
    Column("lease_ms", BigInteger, doc="until when the run under way has the job to itself"),
    Column("holder", Text, doc="which run that is; random"),
    Column("tries", Integer, nullable=False, server_default=text("0"), doc="runs since one came to its end"),
    Column("looked_ms", BigInteger, doc="when a worker last looked whether it is due"),
    sqlite_with_rowid=False,
)
"""What is done again and again: one row a job. A run does all that is to be done by then."""

job_runs = Table(
    "job_runs",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", Text, nullable=False),
    Column("started_ms", BigInteger, nullable=False),
    Column("ended_ms", BigInteger, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("said", Text, nullable=False, doc="what came of it, in English; names nobody"),
    CheckConstraint("outcome IN ('done', 'put-off', 'failed')", name="outcome"),
    Index("ix_job_runs_name", "name", "id"),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Id, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("message_id", Text, nullable=False, doc="of the mail, the same however often it is tried"),
    # From the end on these three are empty: what was written to whom is nobody's business any more.
    Column("recipient", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("text", Text, nullable=False),
    # Of an invitation, the last mail only: it says whether that waits, was sent, or failed.
    Column("invitation_id", Id, ForeignKey("invitations.id", ondelete="CASCADE"), unique=True),
    Column("state", Text, nullable=False),
    Column("written_ms", BigInteger, nullable=False),
    Column("due_ms", BigInteger, nullable=False, doc="when it is tried; whoever tries it moves it on first"),
    Column("until_ms", BigInteger, nullable=False, doc="after that it is of no use"),
    Column("ended_ms", BigInteger),
    Column("tries", Integer, nullable=False, server_default=text("0")),
    Column("reason", Text, nullable=False, server_default="", doc="why it failed last"),
    Column("answer", Text, nullable=False, server_default="", doc="what the mail server said to that"),
    CheckConstraint("state IN ('waiting', 'sent', 'failed')", name="state"),
    Index("ix_outbox_state", "state", "due_ms"),
)
