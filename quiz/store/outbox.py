"""Mails that wait to be sent, as rows, and what became of them. Times are milliseconds since 1970."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import and_, bindparam, case, delete, func, insert, or_, select, update

from quiz.store.database import Transaction
from quiz.store.tables import campaigns, invitations, outbox

STATES = ("waiting", "sent", "failed")


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail to write: of which kind, to whom, what, until when it is of use, and for which invitation, if any."""

    kind: str
    to: str
    subject: str
    text: str
    until_ms: int
    invitation_id: int | None = None


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail that somebody has taken to send it. `tries` counts this time."""

    id: int
    message_id: str
    to: str
    subject: str
    text: str
    tries: int


_NEW = (
    *("kind", "message_id", "recipient", "subject", "text", "invitation_id"),
    *("state", "written_ms", "due_ms", "until_ms"),
)
_WRITE = insert(outbox).values({name: bindparam(name) for name in _NEW})
_DROP = delete(outbox).where(outbox.c.invitation_id == bindparam("invitation"))
_waiting = outbox.c.state == "waiting"
_due = (
    select(outbox.c.id)
    .where(_waiting, outbox.c.due_ms <= bindparam("now_ms"))
    .order_by(outbox.c.due_ms, outbox.c.id)
    .limit(bindparam("size"))
)
_DUE = select(func.count()).select_from(outbox).where(_waiting, outbox.c.due_ms <= bindparam("now_ms"))
_TAKE = (
    update(outbox)
    .where(outbox.c.id.in_(_due))
    .values(due_ms=bindparam("again"), tries=outbox.c.tries + 1)
    .returning(*(outbox.c[name] for name in ("id", "message_id", "recipient", "subject", "text", "tries")))
)
_this = and_(outbox.c.id == bindparam("mail"), _waiting)
_END = (
    update(outbox)
    .where(_this)
    .values(
        state=bindparam("ended"),
        ended_ms=bindparam("now_ms"),
        recipient="",
        subject="",
        text="",
        reason=bindparam("why"),
        answer=bindparam("said"),
    )
    .returning(outbox.c.invitation_id)
)
_MAILED = update(invitations).where(invitations.c.id == bindparam("invitation")).values(sent_ms=bindparam("now_ms"))
_PUT_OFF = (
    update(outbox).where(_this).values(due_ms=bindparam("again"), reason=bindparam("why"), answer=bindparam("said"))
)
_GIVE_BACK = update(outbox).where(_this).values(due_ms=bindparam("now_ms"), tries=outbox.c.tries - 1)
_BLAME = update(outbox).where(_waiting).values(reason=bindparam("why"), answer="")
_shut = (
    select(invitations.c.id)
    .join(campaigns, campaigns.c.id == invitations.c.campaign_id)
    .where(or_(campaigns.c.state != "open", campaigns.c.closes_ms <= bindparam("now_ms")))
)
_ended = {"state": "failed", "ended_ms": bindparam("now_ms"), "recipient": "", "subject": "", "text": ""}
_WITHDRAW = update(outbox).where(_waiting, outbox.c.invitation_id.in_(_shut)).values(**_ended, reason="shut")
_EXPIRE = (
    update(outbox)
    .where(_waiting, outbox.c.until_ms <= bindparam("now_ms"))
    .values(**_ended, reason=case((outbox.c.reason == "", "late"), else_=outbox.c.reason))
)
_old = outbox.c.ended_ms < bindparam("before")
# What failed for an invitation is told as long as there is the invitation.
_FORGET = delete(outbox).where(_old, or_(outbox.c.state == "sent", outbox.c.invitation_id.is_(None)))
_NEXT = select(func.min(outbox.c.due_ms)).where(_waiting)
_OLDEST = select(func.min(outbox.c.written_ms)).where(_waiting)
_COUNT = select(outbox.c.state, func.count()).group_by(outbox.c.state)


def write(store: Transaction, letter: Letter, message_id: str, now_ms: int) -> None:
    """Keep a mail to be sent; for an invitation, in place of any mail before."""
    if letter.invitation_id is not None:
        store.run(_DROP, invitation=letter.invitation_id)
    store.run(
        _WRITE,
        kind=letter.kind,
        message_id=message_id,
        recipient=letter.to,
        subject=letter.subject,
        text=letter.text,
        invitation_id=letter.invitation_id,
        state="waiting",
        written_ms=now_ms,
        due_ms=now_ms,
        until_ms=letter.until_ms,
    )


def drop(store: Transaction, invitation_id: int) -> None:
    """Send nothing more for an invitation as it was, and forget what became of it."""
    store.run(_DROP, invitation=invitation_id)


def is_due(store: Transaction, now_ms: int) -> bool:
    """Whether there is a mail to send now."""
    row = store.run(_DUE, now_ms=now_ms).fetchone()
    return bool(row and row[0])


def take(store: Transaction, *, now_ms: int, again_ms: int, size: int) -> list[Mail]:
    """Take mails that are due, the oldest first. Whoever takes them and dies leaves them due again at `again_ms`."""
    return sorted(
        (Mail(*row) for row in store.run(_TAKE, now_ms=now_ms, again=again_ms, size=size).fetchall()),
        key=lambda mail: mail.id,
    )


def sent(store: Transaction, mail_id: int, now_ms: int) -> None:
    """Keep that a mail went out, and of what it said nothing."""
    row = store.run(_END, mail=mail_id, ended="sent", now_ms=now_ms, why="", said="").fetchone()
    if row and row[0] is not None:
        store.run(_MAILED, invitation=row[0], now_ms=now_ms)


def failed(store: Transaction, mail_id: int, reason: str, answer: str, now_ms: int) -> None:
    """Keep that a mail will not go out, and why."""
    store.run(_END, mail=mail_id, ended="failed", now_ms=now_ms, why=reason, said=answer)


def put_off(store: Transaction, mail_id: int, reason: str, answer: str, again_ms: int) -> None:
    """Try a mail again later."""
    store.run(_PUT_OFF, mail=mail_id, why=reason, said=answer, again=again_ms)


def give_back(store: Transaction, mail_id: int, now_ms: int) -> None:
    """Give back a mail that was not tried."""
    store.run(_GIVE_BACK, mail=mail_id, now_ms=now_ms)


def blame(store: Transaction, reason: str) -> None:
    """Keep why all that wait do."""
    store.run(_BLAME, why=reason)


def tidy(store: Transaction, *, now_ms: int, before_ms: int) -> None:
    """End what is of no use any more, and forget what ended before a time."""
    store.run(_WITHDRAW, now_ms=now_ms)
    store.run(_EXPIRE, now_ms=now_ms)
    store.run(_FORGET, before=before_ms)


def next_due(store: Transaction) -> int | None:
    """When the next mail is due, if one waits."""
    row = store.run(_NEXT).fetchone()
    return row[0] if row else None


def oldest(store: Transaction) -> int | None:
    """When the oldest mail was written that still waits, if one waits."""
    row = store.run(_OLDEST).fetchone()
    return row[0] if row else None


def count(store: Transaction) -> dict[str, int]:
    """How many mails are in which state."""
    return dict.fromkeys(STATES, 0) | dict(store.run(_COUNT).fetchall())
