"""Sharing a campaign: its link and QR code, what to put into another site, signed references."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from urllib.parse import urlencode, urlsplit

from flask import Blueprint, Response, abort, request
from flask_babel import force_locale, gettext, lazy_gettext
from flask_wtf import FlaskForm
from wtforms import StringField

from quiz.present import qr
from quiz.services import campaigns, signing
from quiz.services.campaigns import LONGEST_REFERENCE, PLACEHOLDER, BadReference, Campaign
from quiz.web.address import given
from quiz.web.house import house, now_ms
from quiz.web.hr.member import find_campaign, member, note, owners_only
from quiz.web.hr.page import page
from quiz.web.i18n import language
from quiz.web.page import address

door = Blueprint("share", __name__)


@dataclass(frozen=True, slots=True)
class Snippet:
    """Something to copy into a page."""

    id: str
    text: str

    @property
    def lines(self) -> int:
        """How many lines it has."""
        return self.text.count("\n") + 1


class ReferenceForm(FlaskForm):
    """One reference, to be put into a link."""

    reference = StringField(lazy_gettext("Reference"))


@door.get("/campaigns/<public_id>/share")
def share(public_id: str) -> str:
    """The campaign's link and everything else that leads people to it."""
    return _page(find_campaign(public_id))


@door.post("/campaigns/<public_id>/share/reference")
@owners_only
def sign(public_id: str) -> str | tuple[str, int]:
    """The link of one person, whom the own system knows by a reference."""
    campaign = find_campaign(public_id)
    form = ReferenceForm()
    form.validate()
    reference = (form.reference.data or "").strip()
    try:
        signed = campaigns.reference_for(campaign, reference)
    except BadReference:
        if campaign.identification not in ("plain", "signed"):
            abort(404)
        told = gettext("A reference is one line of 1 to %(most)s characters.", most=LONGEST_REFERENCE)
        if reference == PLACEHOLDER:
            told = gettext("%(word)s only holds the place of a reference. Write the person’s own.", word=PLACEHOLDER)
        form.reference.errors = [told]
        return _page(campaign, form=form), 422
    note("reference-signed", campaign)  # whose it was is not for a log that outlives what people were promised
    return _page(campaign, form=form, personal=_link(campaign, ref=signed))


@door.post("/campaigns/<public_id>/share/key")
@owners_only
def key(public_id: str) -> str:
    """The key that signs references; that somebody looked at it is noted."""
    campaign = find_campaign(public_id)
    if campaign.identification != "signed":
        abort(404)
    note("reference-key-shown", campaign)
    return _page(campaign, key=signing.reference_key(campaign))


@door.get("/campaigns/<public_id>/qr.<any(svg, png):form>")
def code(public_id: str, form: str) -> Response:
    """The QR code of the campaign's link, as a drawing or a picture; with ?for=es, of the link in that language."""
    campaign = find_campaign(public_id)
    link = _link(campaign, lang=_language(campaign))
    body, kind = (qr.svg(link, link), "image/svg+xml") if form == "svg" else (qr.png(link), "image/png")
    response = Response(body, content_type=kind)
    how = "attachment" if given().get("download", "") else "inline"
    response.headers["Content-Disposition"] = f'{how}; filename="qr-{campaign.public_id}.{form}"'
    return response


def _page(campaign: Campaign, *, form: ReferenceForm | None = None, personal: str = "", key: str = "") -> str:
    chosen = _language(campaign)
    link = _link(campaign, lang=chosen)
    home = address("", house().settings, request.environ)
    return page(
        "share.html",
        campaign=campaign,
        chosen=chosen,
        offered=campaign.languages.split(),
        link=link,
        home=home,
        oembed=f"{home}/oembed?{urlencode({'url': _link(campaign), 'format': 'json'})}",
        snippets=_snippets(campaign, chosen),
        policy=f"script-src {_origin(home)}; frame-src {_origin(home)}",
        can_start=campaigns.can_start(campaign, now_ms()),
        form=form or (ReferenceForm() if campaign.identification in ("plain", "signed") else None),
        personal=personal,
        key=key,
        is_owner=member().role == "owner",
    )


def _snippets(campaign: Campaign, chosen: str) -> dict[str, Snippet]:
    """What to put into a page, in a language or, if none is chosen, in that of whoever reads it."""
    home, known = address("", house().settings, request.environ), campaign.identification in ("plain", "signed")
    link = escape(_link(campaign, lang=chosen, ref=PLACEHOLDER if known else ""))
    offered = campaign.languages.split()
    with force_locale(chosen or (language() if language() in offered else offered[0])):
        take, name = gettext("Take the quiz"), gettext("Quiz")
    lang = f' lang="{chosen}"' if chosen else ""
    ref = f' ref="{PLACEHOLDER}"' if known else ""
    script = f'<script src="{escape(home)}/embed.js" async></script>\n'
    begin = f'<role-fit-quiz campaign="{campaign.public_id}"{lang}{ref}'
    inside = f'  <a href="{link}">{escape(take)}</a>\n</role-fit-quiz>'
    texts = {
        "inline": f"{script}{begin}>\n{inside}",
        "dialog": f'{script}{begin} mode="dialog">\n{inside}',
        "frame": f'<iframe src="{link}" title="{escape(name)}" width="100%" height="720"></iframe>',
    }
    return {id: Snippet(id, text) for id, text in texts.items()}


def _language(campaign: Campaign) -> str:
    """The language that the address asks the link and the snippets to be in; empty: that of whoever opens it."""
    wanted = given().get("for", "")
    return wanted if wanted in campaign.languages.split() else ""


def _link(campaign: Campaign, **query: str) -> str:
    """The campaign's address, with what is given of a query."""
    kept = {name: value for name, value in query.items() if value}
    path = f"/c/{campaign.public_id}" + (f"?{urlencode(kept)}" if kept else "")
    return address(path, house().settings, request.environ)


def _origin(home: str) -> str:
    parts = urlsplit(home)
    return f"{parts.scheme}://{parts.netloc}"
