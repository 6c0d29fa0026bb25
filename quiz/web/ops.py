"""For machines that look after the site: health, robots, the icon at its old address."""

from __future__ import annotations

from flask import Blueprint, Response, redirect
from werkzeug.wrappers import Response as AnyResponse

from quiz.web.house import house

door = Blueprint("ops", __name__)


@door.get("/healthz")
def health() -> Response:
    """200 when the database answers."""
    house().database.ping()
    return Response("ok\n", content_type="text/plain", headers={"Cache-Control": "no-store"})


@door.get("/robots.txt")
def robots() -> Response:
    """Attempts are nobody else's business."""
    return Response("User-agent: *\nDisallow: /a/\n", content_type="text/plain")


@door.get("/favicon.ico")
def icon() -> AnyResponse:
    """Browsers ask here when a page is not HTML."""
    return redirect(house().assets["favicon.svg"])
