"""What other sites and systems fetch: the element's script, a campaign's colour, and oEmbed."""

from __future__ import annotations

from html import escape

from flask import Response, abort, jsonify, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from quiz.services import campaigns
from quiz.web import accent, page
from quiz.web.address import given
from quiz.web.embed.door import door, find
from quiz.web.house import house

FRAME = 720
"""Pixels of each side of a frame that nobody sized."""


@door.get("/embed.js")
def script() -> AnyResponse:
    """The element for other people's sites, at an address that never changes."""
    return redirect(house().assets["embed.js"])


@door.get("/c/<public_id>/accent.css")
def colour(public_id: str) -> Response:
    """A campaign's accent colour, for its pages; kept for ever at the address that has its mark."""
    campaign = find(public_id)
    if not campaign.accent:
        abort(404)
    css, mark = accent.sheet(campaign.accent)
    response = Response(css, content_type="text/css; charset=utf-8")
    fresh = request.query_string.decode("latin-1") == mark
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if fresh else "no-cache"
    return response


@door.get("/oembed")
def oembed() -> Response:
    """oEmbed 1.0, JSON only: how to embed a campaign's address, unless only those invited may come."""
    if given().get("format") not in (None, "json"):
        abort(501)
    home = page.address("/c/", house().settings, request.environ)
    address, _, _ = given().get("url", "").partition("?")
    found = campaigns.find(house().database, address.removeprefix(home)) if address.startswith(home) else None
    if found is None:
        abort(404)
    if found.private:
        abort(401)
    width, height = _side("maxwidth"), _side("maxheight")
    html = f'<iframe src="{escape(home + found.public_id)}" title="Rolefit" width="{width}" height="{height}"></iframe>'
    return jsonify(
        type="rich", version="1.0", title="Rolefit", provider_name="Rolefit", html=html, width=width, height=height
    )


def _side(limit: str) -> int:
    """The pixels of a frame's side within a limit from the address; a limit that is none counts as absent."""
    text = given().get(limit, "")
    wanted = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0
    return min(wanted or FRAME, FRAME)
