"""Invitations by mail: put into the outbox, one again or all that have not been sent yet; a job sends them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from quiz.services import outbox
from quiz.services.campaigns import Campaign
from quiz.services.outbox import Letter
from quiz.store import invitation_mails
from quiz.store.database import Database
from quiz.store.expired import DAY_MS
from quiz.store.invitations import Invitation

__all__ = ["Mail", "send", "send_all"]

BATCH = 200
"""Mails that are written in one transaction: few enough for nobody else's answer to wait for it."""
UNTIL_MS = 3 * DAY_MS
"""How long a mail is tried."""


@dataclass(frozen=True, slots=True)
class Mail:
    """What somebody is written."""

    subject: str
    text: str


def send(database: Database, invitation: Invitation, write: Callable[[Invitation], Mail], now_ms: int) -> None:
    """Have somebody mailed their link, for the first time or again."""
    letter = _letter(invitation, write(invitation), now_ms)
    with database.writing() as store:
        outbox.write(store, [letter], now_ms)


def send_all(database: Database, campaign: Campaign, write: Callable[[Invitation], Mail], now_ms: int) -> int:
    """Have all people mailed their links who have had none: how many those are."""
    count = after = 0
    while waiting := invitation_mails.waiting(database.reader(), campaign.id, after=after, size=BATCH):
        # Written first, so that the transaction is short.
        count += _put(database, campaign, waiting, [_letter(each, write(each), now_ms) for each in waiting], now_ms)
        after = waiting[-1].id
    return count


def _put(
    database: Database, campaign: Campaign, people: Sequence[Invitation], letters: Sequence[Letter], now_ms: int
) -> int:
    with database.writing() as store:
        # Asked again, so that a second press at the same time does not write to them twice.
        still = invitation_mails.waiting(store, campaign.id, after=people[0].id - 1, size=len(people))
        ids = {each.id for each in still}
        good = [letter for letter in letters if letter.invitation_id in ids]
        outbox.write(store, good, now_ms)
    return len(good)


def _letter(invitation: Invitation, written: Mail, now_ms: int) -> Letter:
    until_ms = now_ms + UNTIL_MS
    return Letter("invitation", invitation.email, written.subject, written.text, until_ms, invitation.id)
