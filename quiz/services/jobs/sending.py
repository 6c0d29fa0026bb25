"""The job that sends what stands in the outbox, by the mail server of the settings.

A mail goes out at least once. Where its sender dies between the server's word and ours, it goes out again with the same
Message-ID, so that it is the same mail for those programs that look at it.
"""

from __future__ import annotations

import logging
from contextlib import suppress

from quiz.services import mail
from quiz.services.jobs.working import DAY_MS, HOUR_MS, MINUTE_MS, Done, Failed, Turn
from quiz.services.mail import MailFailed
from quiz.store import outbox
from quiz.store.outbox import Mail

log = logging.getLogger(__name__)

BATCH = 25
"""Mails that are taken at a time, and go by one connection: few servers take many more."""
TAKEN_MS = 10 * MINUTE_MS
"""After that, a mail whose sender died is sent by another."""
PUT_OFF_MS = (5 * MINUTE_MS, 15 * MINUTE_MS, HOUR_MS, 4 * HOUR_MS, 12 * HOUR_MS)
"""When a mail is tried again that the server did not take yet; after that it has failed."""
KEPT_MS = 30 * DAY_MS
"""How long it is kept that a mail went out; what it said is not."""


def deliver(turn: Turn) -> Done:
    """Send what is due. Raises Failed if the mail server takes nothing."""
    database, sent = turn.database, 0
    with database.writing() as store:
        outbox.tidy(store, now_ms=turn.clock(), before_ms=turn.clock() - KEPT_MS)
    while outbox.is_due(database.reader(), turn.clock()):
        try:
            sent += _batch(turn)
        except MailFailed as failed:
            with database.writing() as store:
                outbox.blame(store, failed.reason)
            raise Failed(_in_short(failed)) from failed
    return Done(f"{sent} sent", outbox.next_due(database.reader()))


def _batch(turn: Turn) -> int:
    """Send the next mails by one connection; how many went out. Raises MailFailed if the server takes none."""
    database, sent = turn.database, 0
    with mail.post(turn.settings) as post:
        with database.writing() as store:
            now_ms = turn.clock()
            left = outbox.take(store, now_ms=now_ms, again_ms=now_ms + TAKEN_MS, size=BATCH)
        try:
            while left:
                turn.keep()
                sent += _send(turn, post, left.pop(0))
        except MailFailed:
            if not sent:  # some servers hang up after a few mails; then the next connection takes the rest
                raise
        finally:
            with suppress(Exception), database.writing() as store:  # if that fails, they are due again by and by
                for each in left:
                    outbox.give_back(store, each.id, turn.clock())
    return sent


def _send(turn: Turn, post: mail.Post, each: Mail) -> int:
    """Send a mail, or keep why it does not go out: 1 or 0. Raises MailFailed if no other would go out either."""
    try:
        post.send(each.to, each.subject, each.text, each.message_id)
    except MailFailed as failed:
        with turn.database.writing() as store:
            # Where the server hung up it may have been for this mail, which must not hold up the others for ever.
            if (failed.passes or failed.lasts) and each.tries <= len(PUT_OFF_MS):
                again_ms = turn.clock() + PUT_OFF_MS[each.tries - 1]
                outbox.put_off(store, each.id, failed.reason, failed.answer, again_ms)
            else:
                log.warning("a mail failed, try %s: %s", each.tries, _in_short(failed))
                outbox.failed(store, each.id, failed.reason, failed.answer, turn.clock())
        if failed.lasts:
            raise
        return 0
    with turn.database.writing() as store:
        outbox.sent(store, each.id, turn.clock())
    return 1


def _in_short(failed: MailFailed) -> str:
    """Why, with the code of the server's answer but not its words: they may name somebody."""
    return f"{failed.reason} {failed.answer[:3]}".strip()
