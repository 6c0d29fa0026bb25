"""The invitations of a campaign: how far people have come, who they are, the next mails, and all of it as a file."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Response, flash, redirect, request, url_for
from flask_babel import format_decimal, gettext, ngettext
from werkzeug.wrappers import Response as AnyResponse

from quiz.services import exports
from quiz.services.campaigns import Campaign
from quiz.services.invitations import book, mailing
from quiz.services.invitations.mailing import Sent
from quiz.services.mail import MailFailed
from quiz.web.address import given, number
from quiz.web.house import house, now_ms
from quiz.web.hr import dates, turns
from quiz.web.hr.invitations import letter, words
from quiz.web.hr.invitations.door import door, link
from quiz.web.hr.member import find_campaign, note, owners_only
from quiz.web.hr.page import page

LONGEST = 254
TOLD = 3
"""Mails that failed, of which the reason is told: a cookie of four kilobytes holds the words until they are shown."""
LONGEST_TOLD = 60
"""Characters of an address in such words, and of what the server said."""


@door.get("/campaigns/<public_id>/invitations")
def listing(public_id: str) -> str:
    """Whoever was invited, the newest first."""
    campaign = find_campaign(public_id)
    status, search = given().get("status", ""), " ".join(given().get("search", "")[:LONGEST].split())
    asked = {"status": status if status in (*book.STATUSES, book.FAILED) else "", "search": search}
    before, after = number("before"), number("after")
    return page(
        "invitations/list.html",
        campaign=campaign,
        counts=book.count(house().database, campaign),
        found=book.page(house().database, campaign, before=None if after else before, after=after, **asked),
        asked={name: text for name, text in asked.items() if text},
        statuses=words.statuses(),
        link=link(campaign),
        waiting=_waiting(campaign),
        tried=number("tried") or 0,
        sendable=letter.may_go_out(campaign, now_ms()),
    )


@door.post("/campaigns/<public_id>/invitations/send")
@owners_only
def send_next(public_id: str) -> AnyResponse:
    """Mail the next people their links."""
    campaign = find_campaign(public_id)
    back = url_for("invitations.listing", public_id=public_id)
    if not letter.may_go_out(campaign, now_ms()):
        flash(gettext("Nobody can start in this campaign, so nothing was mailed."))
        return redirect(back, 303)
    tried = request.form.get("tried", "")
    after = int(tried) if tried.isascii() and tried.isdigit() and len(tried) < 19 else 0
    write = letter.writer(campaign, link(campaign))
    try:
        sent = mailing.send_next(house().database, house().settings, campaign, write, now_ms(), after=after)
    except MailFailed as failed:
        flash(words.of_mail(failed))
        return redirect(back, 303)
    _tell(campaign, sent)
    return redirect(url_for("invitations.listing", public_id=public_id, tried=sent.after or None), 303)


@door.get("/campaigns/<public_id>/invitations.csv")
@owners_only
def export(public_id: str) -> Response:
    """Everybody with their links, for a spreadsheet or the mail merge of another program."""
    campaign = find_campaign(public_id)
    said = words.columns() | words.statuses()
    headings = [*words.columns().values(), gettext("Status"), gettext("Link")]
    headings += [f"{said[status]} (UTC)" for status in book.STATUSES]

    def file() -> Iterator[bytes]:
        note("invitations-exported", campaign, str(book.count(house().database, campaign).invited))
        return exports.csv(headings, _rows(campaign))

    return turns.sent(file, exports.FORMATS["csv"], f"invitations-{campaign.public_id}.csv")


def _rows(campaign: Campaign) -> Iterator[list[str]]:
    """The rows of the file; it is written after the view has returned, so all that needs the request comes first."""
    address, statuses, database = link(campaign), words.statuses(), house().database

    def rows() -> Iterator[list[str]]:
        for each in book.all_of(database, campaign):
            dates = (each.invited_ms, each.sent_ms, each.opened_ms, each.started_ms, each.finished_ms, each.revoked_ms)
            url = "" if each.revoked_ms else address(each)
            who = [each.name, each.email, each.reference, each.language]
            yield [*who, statuses[each.status], url, *(_iso(date) for date in dates)]

    return rows()


def _iso(ms: int | None) -> str:
    return dates.machine_moment(ms) if ms is not None else ""


def _waiting(campaign: Campaign) -> int:
    """How many go out at the next press: those that were not tried yet, or, when all were, from the first again."""
    if not house().settings.smtp_url:
        return 0
    return mailing.waiting(house().database, campaign, after=number("tried") or 0)


def _tell(campaign: Campaign, sent: Sent) -> None:
    """Say what became of a batch, and note it."""
    if sent.count:
        note("invitations-mailed", campaign, str(sent.count))
    count = format_decimal(sent.count)
    flash(ngettext("%(count)s invitation was mailed.", "%(count)s invitations were mailed.", sent.count, count=count))
    for invitation, failed in sent.failed[:TOLD]:
        flash(f"{_short(invitation.email)}: {_short(words.of_mail(failed), 4 * LONGEST_TOLD)}", "error")
    if more := len(sent.failed[TOLD:]):
        flash(
            ngettext(
                "%(num)s more was not mailed. The list marks it.",
                "%(num)s more were not mailed. The list marks them.",
                more,
            ),
            "error",
        )


def _short(text: str, most: int = LONGEST_TOLD) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
