"""For machines that look after the site: health, readiness, figures, robots, the icon at its old address."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from flask import Blueprint, Response, abort, current_app, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from quiz.services import health
from quiz.web.house import house, now_ms

door = Blueprint("ops", __name__)

VALID_DAYS = 180
"""How long what /.well-known/security.txt says is to be believed; RFC 9116 recommends less than a year."""


@door.get("/healthz")
def alive() -> Response:
    """200 as long as this worker answers at all; whoever watches it starts it anew otherwise."""
    return _plain("ok\n")


@door.get("/readyz")
def ready() -> Response:
    """200 when people can be sent here, 503 with what is missing when not."""
    missing = health.missing(house().database, house().library)
    return _plain("".join(f"{line}\n" for line in missing), 503) if missing else _plain("ready\n")


@door.get("/metrics")
def figures() -> Response:
    """Figures for Prometheus, for whoever has the token."""
    from quiz.web import metrics

    token = house().settings.metrics_token
    if not metrics.may_read(token, request.environ):
        answer = _plain("These figures are for the operator.\n", 401 if token else 403)
        if token:
            answer.headers["WWW-Authenticate"] = "Bearer"
        return answer
    written = metrics.write(current_app.extensions["rolefit-requests"], house().database)
    return Response(written, content_type=metrics.CONTENT_TYPE, headers={"Cache-Control": "no-store"})


@door.get("/robots.txt")
def robots() -> Response:
    """Attempts are nobody else's business."""
    return Response("User-agent: *\nDisallow: /a/\n", content_type="text/plain")


@door.get("/.well-known/security.txt")
def security() -> Response:
    """Whom to tell of a weakness (RFC 9116); 404 where no contact is set."""
    settings = house().settings
    if not settings.contact:
        abort(404)
    expires = datetime.fromtimestamp(now_ms() / 1000, UTC).date() + timedelta(days=VALID_DAYS)
    lines = [
        f"Contact: {settings.contact if '://' in settings.contact else f'mailto:{settings.contact}'}",
        f"Expires: {expires}T00:00:00Z",
        "Preferred-Languages: en, es",
    ]
    if settings.public_url.startswith("https://"):
        lines.append(f"Canonical: {settings.public_url}/.well-known/security.txt")
    return Response("".join(f"{line}\n" for line in lines), content_type="text/plain; charset=utf-8")


@door.get("/favicon.ico")
def icon() -> AnyResponse:
    """Browsers ask here when a page is not HTML."""
    return redirect(house().assets["favicon.svg"])


def _plain(text: str, status: int = 200) -> Response:
    return Response(text, status, content_type="text/plain", headers={"Cache-Control": "no-store"})
