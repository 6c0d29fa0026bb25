"""The embed door: a campaign's first page, the script for other people's sites, and oEmbed."""

from __future__ import annotations

from html import escape
from urllib.parse import urlencode

from flask import Blueprint, Response, abort, g, jsonify, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from quiz.services import campaigns, take
from quiz.services.campaigns import BadReference, Campaign
from quiz.services.library import Edition
from quiz.web import limits, page
from quiz.web.house import house, now_ms
from quiz.web.i18n import LANGUAGES, asked, language
from quiz.web.shell import slot
from quiz.web.taker import forms
from quiz.web.taker.door import go

door = Blueprint("embed", __name__)

FRAME = 720
"""Pixels of each side of a frame that nobody sized."""


@door.get("/c/<public_id>")
def campaign(public_id: str) -> Response:
    """Who asks, for what, how long it is kept, who reads it and whom to ask; one press starts."""
    found = _find(public_id)
    edition = _edition(found)
    reference = _given("ref")
    status = 200 if found.state == "open" and _is_good(found, reference) else 403
    shell = page.shell(
        "taker/campaign.html",
        (found.public_id, found.state, status),
        lambda: {
            "t": edition.content.texts[language()],
            "pack": edition.pack,
            "minutes": edition.content.minutes,
            "campaign": found,
            "good": status == 200,
            "switch": _switch(found),
        },
    )
    return page.private(shell, {"reference": reference or "", "query": urlencode({"ref": reference or ""})}, status)


@door.post("/c/<public_id>/start")
def start(public_id: str) -> AnyResponse:
    """Begin an attempt that belongs to the campaign."""
    found = _find(public_id)
    form = forms.start_form()
    if found.state != "open":
        abort(403)
    limits.count("start", house().settings.start_limit)
    try:
        reference = campaigns.read_reference(found, form.ref.data or None)
    except BadReference:
        abort(403)
    spoken = form.language.data if form.language.data in LANGUAGES else language()
    pack = _edition(found).pack
    token = take.start(house().database, pack, spoken, now_ms(), campaign_id=found.id, reference=reference)
    return go(f"/a/{token}/{pack.item_ids[0]}")


@door.get("/c/<public_id>/start")
def start_again(public_id: str) -> AnyResponse:
    """A reload of what was a press, or another language on a page that refused: back to the campaign's page."""
    _find(public_id)
    return go(f"/c/{public_id}" + (f"?lang={asked()}" if asked() else ""))


@door.get("/embed.js")
def script() -> AnyResponse:
    """The element for other people's sites, at an address that never changes."""
    return redirect(house().assets["embed.js"])


@door.get("/oembed")
def oembed() -> Response:
    """oEmbed 1.0, JSON only: how to embed a campaign's address."""
    if _given("format") not in (None, "json"):
        abort(501)
    home = page.address("/c/", house().settings, request.environ)
    address, _, _ = (_given("url") or "").partition("?")
    found = campaigns.find(house().database, address.removeprefix(home)) if address.startswith(home) else None
    if found is None:
        abort(404)
    width, height = _side("maxwidth"), _side("maxheight")
    html = f'<iframe src="{escape(home + found.public_id)}" title="Rolefit" width="{width}" height="{height}"></iframe>'
    return jsonify(
        type="rich", version="1.0", title="Rolefit", provider_name="Rolefit", html=html, width=width, height=height
    )


def _find(public_id: str) -> Campaign:
    """The campaign of an address, framed by its sites from here on; 404 if there is none."""
    found = campaigns.find(house().database, public_id)
    if found is None:
        abort(404)
    g.sites = found.sites
    return found


def _edition(found: Campaign) -> Edition:
    """The pack that a campaign asks people to take; 404 if it is no longer run here."""
    edition = house().library.editions.get(found.pack)
    if edition is None:
        abort(404)
    return edition


def _given(name: str) -> str | None:
    """A value of the address; None where it is missing, or where the address has bytes that no browser sends."""
    try:
        return request.args.get(name)
    except UnicodeDecodeError:
        return None


def _side(limit: str) -> int:
    """The pixels of a frame's side within a limit from the address; a limit that is none counts as absent."""
    text = _given(limit) or ""
    given = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0
    return min(given or FRAME, FRAME)


def _switch(found: Campaign) -> list[tuple[str, str, str]]:
    """The campaign's page in the other languages, with the same reference."""
    path = f"/c/{found.public_id}"
    return [(code, name, f"{address}&{slot('query')}") for code, name, address in page.switch(path)]


def _is_good(found: Campaign, reference: str | None) -> bool:
    try:
        campaigns.read_reference(found, reference)
    except BadReference:
        return False
    return True
