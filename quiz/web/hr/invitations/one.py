"""One invitation: its link and its dates; mailed again, made anew, revoked, removed."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from quiz.services.campaigns import Campaign, Held
from quiz.services.invitations import Invitation, book, mailing
from quiz.web.house import house, now_ms
from quiz.web.hr import mails
from quiz.web.hr.invitations import letter, words
from quiz.web.hr.invitations.door import ID, door, find, link, subject
from quiz.web.hr.member import find_campaign, note, owners_only
from quiz.web.hr.page import page


@door.get(f"/campaigns/<public_id>/invitations/{ID}")
def show(public_id: str, invitation_id: int) -> str:
    """Who was invited, how far they have come, and for owners their link."""
    campaign = find_campaign(public_id)
    invitation = find(campaign, invitation_id)
    return page(
        "invitations/one.html",
        campaign=campaign,
        invitation=invitation,
        statuses=words.statuses(),
        why=words.why(invitation),
        link=link(campaign)(invitation),
        sendable=bool(house().settings.smtp_url) and letter.may_go_out(campaign, now_ms()),
    )


@door.post(f"/campaigns/<public_id>/invitations/{ID}/send")
@owners_only
def send(public_id: str, invitation_id: int) -> AnyResponse:
    """Have the link mailed, for the first time or again."""
    campaign = find_campaign(public_id)
    invitation = find(campaign, invitation_id)
    if (
        not house().settings.smtp_url
        or not invitation.email
        or invitation.revoked_ms
        or not letter.may_go_out(campaign, now_ms())
    ):
        flash(gettext("Nothing was mailed: the link leads nowhere now, or there is no address."))
        return _back(campaign, invitation)
    if not invitation.waits:
        mailing.send(house().database, invitation, letter.writer(campaign, link(campaign)), now_ms())
        mails.ring()
        note("invitations-mailed", campaign, subject(invitation))
    flash(gettext("The link is on its way to %(email)s.", email=invitation.email))
    return _back(campaign, invitation)


@door.post(f"/campaigns/<public_id>/invitations/{ID}/renew")
@owners_only
def renew(public_id: str, invitation_id: int) -> AnyResponse:
    """Make a new link; while nobody has started."""
    campaign = find_campaign(public_id)
    invitation = find(campaign, invitation_id)
    if book.renew(house().database, invitation, now_ms()):
        note("invitation-renewed", campaign, subject(invitation))
        flash(gettext("Here is a new link. The one before no longer works."))
    else:
        flash(gettext("They have started already, so the link stays as it is."))
    return _back(campaign, invitation)


@door.post(f"/campaigns/<public_id>/invitations/{ID}/revoke")
@owners_only
def revoke(public_id: str, invitation_id: int) -> AnyResponse:
    """Let nobody in by this link any more."""
    campaign = find_campaign(public_id)
    invitation = find(campaign, invitation_id)
    if book.revoke(house().database, invitation, now_ms()):
        note("invitation-revoked", campaign, subject(invitation))
    flash(gettext("The link no longer works."))
    return _back(campaign, invitation)


@door.post(f"/campaigns/<public_id>/invitations/{ID}/remove")
@owners_only
def remove(public_id: str, invitation_id: int) -> AnyResponse:
    """Delete name, e-mail, reference and link."""
    campaign = find_campaign(public_id)
    invitation = find(campaign, invitation_id)
    try:
        book.remove(house().database, invitation)
    except Held:
        flash(gettext("A legal hold keeps this invitation. Lift it first."))
        return _back(campaign, invitation)
    note("invitation-removed", campaign, subject(invitation))
    flash(gettext("The invitation is deleted."))
    return redirect(url_for("invitations.listing", public_id=campaign.public_id), 303)


def _back(campaign: Campaign, invitation: Invitation) -> AnyResponse:
    return redirect(url_for("invitations.show", public_id=campaign.public_id, invitation_id=invitation.id), 303)
