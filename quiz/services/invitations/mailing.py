"""Invitations by mail: one again, or the next few that have not been sent yet. There is no queue."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from quiz.services import mail
from quiz.services.campaigns import Campaign
from quiz.services.mail import MailFailed, Post, Settings
from quiz.store import invitation_mails
from quiz.store.database import Database
from quiz.store.invitations import Invitation

__all__ = ["BATCH", "Mail", "Sent", "send", "send_next", "waiting"]

BATCH = 25
"""Mails that are sent at a press: few enough for the page to come back soon."""


@dataclass(frozen=True, slots=True)
class Mail:
    """What somebody is written."""

    subject: str
    text: str


@dataclass(slots=True)
class Sent:
    """What became of a batch."""

    count: int = 0
    failed: list[tuple[Invitation, MailFailed]] = field(default_factory=list)
    after: int = 0
    """The last invitation that was tried."""


def send(
    database: Database, settings: Settings, invitation: Invitation, write: Callable[[Invitation], Mail], now_ms: int
) -> None:
    """Mail somebody their link, for the first time or again. Raises MailFailed."""
    try:
        with mail.post(settings) as post:
            _send(post, invitation, write)
    except MailFailed as failed:
        if not failed.lasts:
            with database.writing() as store:
                invitation_mails.failed(store, invitation, now_ms)
        raise
    with database.writing() as store:
        invitation_mails.sent(store, invitation, now_ms)


def send_next(
    database: Database,
    settings: Settings,
    campaign: Campaign,
    write: Callable[[Invitation], Mail],
    now_ms: int,
    *,
    after: int = 0,
) -> Sent:
    """Mail the next people after an id their links, if they have had none.

    Raises MailFailed if it fails for everybody; what has gone out before that stays sent.
    """
    done = Sent(after=after)
    waiting = invitation_mails.waiting(database.reader(), campaign.id, after=after, size=BATCH)
    if not waiting:
        return done
    with mail.post(settings) as post:
        for invitation in waiting:
            # Taken first, so that a second press at the same time does not write to them twice.
            with database.writing() as store:
                taken = invitation_mails.claim(store, invitation, now_ms)
            if not taken:
                continue
            try:
                _send(post, invitation, write)
            except MailFailed as failed:
                with database.writing() as store:
                    invitation_mails.failed(store, invitation, None if failed.lasts else now_ms)
                if failed.lasts:
                    raise
                done.failed.append((invitation, failed))
            else:
                done.count += 1
            done.after = invitation.id
    return done


def waiting(database: Database, campaign: Campaign, *, after: int = 0) -> int:
    """How many mails would go out at the next press."""
    return len(invitation_mails.waiting(database.reader(), campaign.id, after=after, size=BATCH))


def _send(post: Post, invitation: Invitation, write: Callable[[Invitation], Mail]) -> None:
    written = write(invitation)
    post.send(invitation.email, written.subject, written.text)
