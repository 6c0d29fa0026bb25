"""Who is signed in, what they may do, and what they did: everything a view of the console asks about its visitor."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar, cast

from flask import abort, current_app, flash, g, redirect, request, session, url_for
from flask_babel import gettext
from flask_security import current_user, logout_user
from werkzeug.wrappers import Response

from quiz.services import audit, campaigns
from quiz.services.campaigns import Campaign
from quiz.web.house import house, now_ms

if TYPE_CHECKING:
    from quiz.web.hr.accounts import Member

View = TypeVar("View", bound=Callable[..., Any])

_OPEN = {
    "security.login",
    "security.logout",
    "security.mf_recovery",
    "security.wan_signin",
    "security.wan_signin_response",
}
"""Flask-Security's views for people who have not signed in; ours are marked with `open_to_all`."""
LONGEST = 7 * 24 * 3600
"""Seconds after which a session ends, however much it is used."""


def open_to_all(view: View) -> View:
    """Mark a view that needs no sign-in."""
    view.__open__ = True  # type: ignore[attr-defined]
    return view


def owners_only(view: View) -> View:
    """Refuse a view to those who may only look."""

    @wraps(view)
    def guarded(*args: Any, **values: Any) -> Any:  # noqa: ANN401 - whatever the view takes and gives
        if member().role != "owner":
            abort(403)
        return view(*args, **values)

    return cast(View, guarded)


def signed_in() -> Response | None:
    """Send whoever has not signed in to do so; for every request of the console."""
    if current_user.is_authenticated and session.get("since", 0) + LONGEST < time.time():
        logout_user()
        flash(gettext("A week has passed. Sign in again."))
    speak()
    if current_user.is_authenticated:
        return None
    endpoint = request.endpoint or ""
    if endpoint in _OPEN or getattr(current_app.view_functions.get(endpoint), "__open__", False):
        return None
    place = request.script_root + (request.full_path if request.query_string else request.path)
    return redirect(url_for("security.login", next=place if request.method == "GET" else None))


def speak() -> None:
    """Answer in the member's language, whatever the browser's is."""
    if current_user.is_authenticated:
        g.language = member().language


def member() -> Member:
    """Whoever is signed in."""
    return cast("Member", current_user)


def find_campaign(public_id: str) -> Campaign:
    """A campaign of the member's own team; 404 if there is none, or if it is another team's."""
    found = campaigns.find(house().database, public_id)
    if found is None or found.team_id != member().team_id:
        abort(404)
    return found


def note(action: str, campaign: Campaign | None = None, subject: str = "") -> None:
    """Write what the member does into the team's audit log."""
    audit.note(
        house().database,
        member().team_id,
        member().email,
        action,
        now_ms(),
        campaign=campaign.public_id if campaign else "",
        subject=subject,
    )
