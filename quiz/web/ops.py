"""For machines that look after the site: health, readiness, figures, robots, the icon at its old address."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from quiz.services import health
from quiz.web.house import house

door = Blueprint("ops", __name__)


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
    written = metrics.write(current_app.extensions["rolefit-requests"])
    return Response(written, content_type=metrics.CONTENT_TYPE, headers={"Cache-Control": "no-store"})


@door.get("/robots.txt")
def robots() -> Response:
    """Attempts are nobody else's business."""
    return Response("User-agent: *\nDisallow: /a/\n", content_type="text/plain")


@door.get("/favicon.ico")
def icon() -> AnyResponse:
    """Browsers ask here when a page is not HTML."""
    return redirect(house().assets["favicon.svg"])


def _plain(text: str, status: int = 200) -> Response:
    return Response(text, status, content_type="text/plain", headers={"Cache-Control": "no-store"})
