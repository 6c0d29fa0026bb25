"""The invitations of a campaign: how far people have come, who they are, their mails, and all of it as a file."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Response, flash, redirect, url_for
from flask_babel import format_decimal, gettext, ngettext
from werkzeug.wrappers import Response as AnyResponse

from quiz.services import exports
from quiz.services.campaigns import Campaign
from quiz.services.invitations import book, mailing
from quiz.web.address import given, number
from quiz.web.house import house, now_ms
from quiz.web.hr import dates, mails, turns
from quiz.web.hr.invitations import letter, words
from quiz.web.hr.invitations.door import door, link
from quiz.web.hr.member import find_campaign, member, note, owners_only
from quiz.web.hr.page import page

LONGEST = 254


@door.get("/campaigns/<public_id>/invitations")
def listing(public_id: str) -> str:
    """Whoever was invited, the newest first."""
    campaign = find_campaign(public_id)
    status, search = given().get("status", ""), " ".join(given().get("search", "")[:LONGEST].split())
    asked = {"status": status if status in words.filters() else "", "search": search}
    before, after = number("before"), number("after")
    return page(
        "invitations/list.html",
        campaign=campaign,
        counts=book.count(house().database, campaign),
        found=book.page(house().database, campaign, before=None if after else before, after=after, **asked),
        asked={name: text for name, text in asked.items() if text},
        statuses=words.statuses(),
        filters=words.filters(),
        why=words.why,
        link=link(campaign),
        sendable=letter.may_go_out(campaign, now_ms()),
    )


@door.post("/campaigns/<public_id>/invitations/send")
@owners_only
def send_all(public_id: str) -> AnyResponse:
    """Have everybody mailed their links who has had none."""
    campaign = find_campaign(public_id)
    back = redirect(url_for("invitations.listing", public_id=public_id), 303)
    if not house().settings.smtp_url or not letter.may_go_out(campaign, now_ms()):
        flash(gettext("Nobody can start in this campaign, so nothing was mailed."))
        return back
    write = letter.writer(campaign, link(campaign))
    count = mailing.send_all(house().database, campaign, write, now_ms())
    if count:
        mails.ring()
        note("invitations-mailed", campaign, str(count))
    told = format_decimal(count)
    flash(ngettext("%(count)s invitation is on its way.", "%(count)s invitations are on their way.", count, count=told))
    return back


@door.get("/campaigns/<public_id>/invitations.csv")
@owners_only
def export(public_id: str) -> Response:
    """Everybody with their links, for a spreadsheet or the mail merge of another program."""
    campaign = find_campaign(public_id)
    said = words.columns() | words.statuses()
    headings = [*words.columns().values(), gettext("Status"), gettext("Link")]
    headings += [f"{said[status]} (UTC)" for status in book.STATUSES]
    failed = words.filters()[book.FAILED]
    headings += [gettext("Mail"), f"{failed} (UTC)", gettext("Why it has not gone out")]

    invited = book.count(house().database, campaign).invited

    def file() -> Iterator[bytes]:
        note("invitations-exported", campaign, str(invited))
        return exports.csv(headings, _rows(campaign))

    name = f"invitations-{campaign.public_id}.csv"
    return turns.sent_at_once(file, exports.FORMATS["csv"], name, member().team_id, invited)


def _rows(campaign: Campaign) -> Iterator[list[str]]:
    """The rows of the file; it is written after the view has returned, so all that needs the request comes first."""
    address, statuses, database = link(campaign), words.statuses(), house().database
    mail, why = words.filters(), words.reasons()

    def rows() -> Iterator[list[str]]:
        for each in book.all_of(database, campaign):
            dates = (each.invited_ms, each.sent_ms, each.opened_ms, each.started_ms, each.finished_ms, each.revoked_ms)
            url = "" if each.revoked_ms else address(each)
            who = [each.name, each.email, each.reference, each.language]
            state = mail[book.WAITING] if each.waits else mail[book.FAILED] if each.failed_ms else ""
            told = [state, _iso(each.failed_ms), why(each)]
            yield [*who, statuses[each.status], url, *(_iso(date) for date in dates), *told]

    return rows()


def _iso(ms: int | None) -> str:
    return dates.machine_moment(ms) if ms is not None else ""
