"""A campaign's first page, and the start of an attempt that belongs to it."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote, urlencode

from flask import Response, abort, g, request
from werkzeug.wrappers import Response as AnyResponse

from quiz.services import campaigns, joining
from quiz.services.campaigns import Campaign, Texts
from quiz.services.joining import Arrival
from quiz.services.library import Edition
from quiz.web import limits, page
from quiz.web.address import given
from quiz.web.embed import forms
from quiz.web.embed.door import door, find
from quiz.web.embed.forms import StartForm
from quiz.web.embed.unserved import edition_of
from quiz.web.house import house, now_ms
from quiz.web.i18n import asked, day, hour, language, offered
from quiz.web.taker.door import go

_MACHINE = re.compile(r"bot|crawl|spider|preview|facebookexternalhit|whatsapp|embedly|scanner", re.IGNORECASE)
"""Programs that look at a link which somebody was sent."""


@door.get("/c/<public_id>")
def first(public_id: str) -> AnyResponse:
    """Who asks, for what, how long it is kept, who reads it and whom to ask; one press starts."""
    campaign = find(public_id)
    reference, invite = given().get("ref"), given().get("invite")
    arrival = joining.arrive(house().database, campaign, reference, invite, now_ms())
    if arrival.begun:
        return go(f"/a/{arrival.begun}")
    _speak(asked(), arrival)
    edition = edition_of(campaign)
    if not arrival.barrier and _is_a_person():
        joining.opened(house().database, campaign, arrival, now_ms())
    return _page(campaign, edition, arrival, (reference, invite), forms.empty(campaign, arrival))


@door.post("/c/<public_id>/start")
def start(public_id: str) -> AnyResponse:
    """Begin an attempt that belongs to the campaign; an invitation begins one, however often it is pressed."""
    campaign = find(public_id)
    form = forms.start(campaign)
    reference, invite = form.ref.data or None, form.invite.data or None
    arrival = joining.arrive(house().database, campaign, reference, invite, now_ms())
    _speak(form.language.data if form.language.data in offered() else None, arrival)
    edition = edition_of(campaign)
    if arrival.begun:
        return go(f"/a/{arrival.begun}")
    if arrival.barrier:
        if page.wants_json():
            abort(403)
        return _page(campaign, edition, arrival, (reference, invite), form)
    limits.count("start", house().settings.start_limit)
    if not form.validate():
        return _page(campaign, edition, arrival, (reference, invite), form)
    person = forms.given(campaign, form)
    try:
        token = joining.join(house().database, edition.pack, campaign, arrival, person, language(), now_ms())
    except joining.Barred:  # look again: the page says what has come between
        return go(f"/c/{public_id}?{urlencode({'ref': reference or '', 'invite': invite or ''}, errors='replace')}")
    return go(f"/a/{token}/{edition.pack.item_ids[0]}")


@door.get("/c/<public_id>/start")
def start_again(public_id: str) -> AnyResponse:
    """A reload of what was a press, or another language on a page that refused: back to the campaign's page."""
    find(public_id)
    return go(f"/c/{public_id}" + (f"?lang={asked()}" if asked() else ""))


def shown(campaign: Campaign, edition: Edition, own: Texts, arrival: Arrival, form: StartForm) -> dict[str, Any]:
    """What the first page's template knows of a campaign that nobody's link has led to, as in the console's preview."""
    return {
        "t": edition.content.texts[language()],
        "pack": edition.pack,
        "minutes": edition.content.minutes,
        "campaign": campaigns.as_told(campaign, own),
        "own": own,
        "arrival": arrival,
        "form": form,
        "asks": forms.asks(campaign),
        "offers_sharing": forms.offers_sharing(campaign),
        "carried": {},
        "opens": campaign.opens_ms and (day(campaign.opens_ms), hour(campaign.opens_ms)),
        "closes": campaign.closes_ms and (day(campaign.closes_ms), hour(campaign.closes_ms)),
        "discovery": None,
        "switch": [],
    }


def _page(
    campaign: Campaign, edition: Edition, arrival: Arrival, address: tuple[str | None, str | None], form: StartForm
) -> Response:
    """The campaign's page: with the form, as it stands, for who can start; with the reason for who cannot.

    `address` has the reference and the invitation, which forms and links carry on.
    """
    carried = {name: text for name, text in zip(("ref", "invite"), address, strict=True) if text}
    kept = urlencode(carried, errors="replace")
    path = f"/c/{campaign.public_id}"
    discovery = None if campaign.private else _discovery(path)
    own = campaigns.texts_of(house().database, campaign).get(language(), Texts())
    values = shown(campaign, edition, own, arrival, form) | {
        "carried": carried,
        "discovery": discovery,
        "switch": [(code, name, f"{href}&{kept}" if kept else href) for code, name, href in page.switch(path)],
    }
    status = 403 if arrival.barrier else 422 if form.errors else 200
    response = page.fresh("taker/campaign.html", {}, values, status)
    if discovery:
        response.headers["Link"] = f'<{discovery}>; rel="alternate"; type="application/json+oembed"; title="Rolefit"'
    return response


def _speak(wanted: str | None, arrival: Arrival) -> None:
    """Speak the language that is wanted, or else the invitation's, as far as the campaign offers it."""
    invited = arrival.invitation.language if arrival.invitation else None
    spoken = wanted or (invited if invited in offered() else None)
    if spoken:
        g.language = spoken


def _is_a_person() -> bool:
    """Whether a browser shows the page to somebody who came from outside, as far as can be told.

    Not counted are programs that fetch a preview, pages fetched in advance, and ways within this site, such as a change
    of language or the console's own look at the page.
    """
    told = request.headers
    ahead = "prefetch" in told.get("Sec-Purpose", told.get("Purpose", ""))
    inside = told.get("Sec-Fetch-Site") == "same-origin"
    return request.method == "GET" and not ahead and not inside and not _MACHINE.search(told.get("User-Agent", ""))


def _discovery(path: str) -> str:
    """Where other systems learn how to embed a campaign's page."""
    settings = house().settings
    url = page.address(path, settings, request.environ)
    oembed = page.address("/oembed", settings, request.environ)
    return quote(oembed, safe=":/[]") + "?" + urlencode({"url": url, "format": "json"}, errors="replace")
