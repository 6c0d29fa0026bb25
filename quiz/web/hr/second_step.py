"""The second step of signing in: a code of an authenticator app."""

from __future__ import annotations

import io
import time
from typing import Any, cast

import segno
from flask import Blueprint, Flask, Response, abort, current_app, flash, redirect, request, session, url_for
from flask_babel import gettext
from flask_security import Totp, auth_required
from flask_security.proxies import _datastore, _security
from flask_security.tf_plugin import TfPluginBase
from passlib.exc import UsedTokenError  # type: ignore[import-untyped]
from werkzeug.wrappers import Response as AnyResponse

from quiz.services import team
from quiz.web.house import house
from quiz.web.hr.member import member, note, open_to_all
from quiz.web.hr.page import page
from quiz.web.hr.people_forms import Code, posted

door = Blueprint("second_step", __name__)

METHOD = "authenticator"
PENDING = ("tf_user_id", "tf_state", "tf_primary_method", "tf_remember_login", "tf_select", "tf_since", "totp")
"""What the session knows of somebody between the steps."""
PATIENCE = 600
"""Seconds between password and code."""
DRIFT = 30
"""Seconds that a phone's clock may be wrong."""

fresh = auth_required(
    "session",
    within=lambda: current_app.config["SECURITY_FRESHNESS"],
    grace=lambda: current_app.config["SECURITY_FRESHNESS_GRACE_PERIOD"],
)
"""For what changes the ways in: whoever has not proved lately who they are does so first."""


def ask_again() -> AnyResponse:
    """Have the member prove who they are, and go on from the page whose button they pressed."""
    onward = request.script_root + (request.full_path if request.query_string else request.path)
    if request.method != "GET":
        of_team, person = request.blueprint == "team", request.view_args or {}
        onward = url_for(("team.one" if person else "team.everyone") if of_team else "account.account", **person)
        flash(gettext("Confirm that it is you, then press the button once more."))
    else:
        flash(gettext("This needs proof that it is you."))
    return redirect(url_for("security.verify", next=onward), 303)


class Codes(Totp):
    """Codes that work once."""

    def get_last_counter(self, user: Any) -> int | None:  # noqa: ANN401 - as in Flask-Security
        """The last code that a member used."""
        used: int | None = user.tf_last_used
        return used

    def set_last_counter(self, user: Any, tmatch: Any) -> None:  # noqa: ANN401 - as in Flask-Security
        """Remember the last code that a member used. Raises UsedTokenError if another request was first with it."""
        if not team.use_code(house().database, user.id, tmatch.counter):
            raise UsedTokenError


class CodeStep(TfPluginBase):
    """What Flask-Security asks about a second step after the password."""

    def __init__(self, app: Flask) -> None:
        super().__init__(app)

    def create_blueprint(self, app: Flask, bp: Blueprint, state: Any) -> None:  # noqa: ANN401 - as in Flask-Security
        """Our views have a door of their own."""

    def get_setup_methods(self, user: Any) -> list[tuple[str, str]]:  # noqa: ANN401 - as in Flask-Security
        """The one method, if the member has set it up."""
        return [(METHOD, METHOD)] if user.tf_totp_secret else []

    def tf_login(self, user: Any, json_payload: dict[str, Any], next_loc: str | None) -> AnyResponse:  # noqa: ANN401
        """Ask for the code."""
        session.update(tf_state="ready", tf_since=time.time())
        return redirect(url_for("second_step.code", next=request.args.get("next")))


def waiting() -> Any:  # noqa: ANN401 - a Member; the class is made after this module
    """Who gave their password and has yet to give a code; None if nobody, or if they took too long."""
    if session.get("tf_since", 0) + PATIENCE < time.time():
        forget()
    if session.get("tf_state") != "ready":
        return None
    return _datastore.find_user(fs_uniquifier=session.get("tf_user_id"))


def forget() -> None:
    """Let whoever gave a password begin anew."""
    for key in PENDING:
        session.pop(key, None)


@door.route("/sign-in/code", methods=["GET", "POST"])
@open_to_all
def code() -> AnyResponse | tuple[str, int]:
    """Take the code that belongs to the password given before."""
    user = waiting()
    if user is None:
        flash(gettext("Sign in again: too much time has passed, or you came by another way."), "error")
        return redirect(url_for("security.login"))
    form = Code()
    if posted(form):
        if _security.totp_factory.verify_totp(form.code.data, user.tf_totp_secret, user, DRIFT):
            onward = request.args.get("next")
            _security.two_factor_plugins.tf_complete(user, True)
            return redirect(onward or url_for("front.front"), 303)
        user.track_failed_authn("code", True)
        form.code.errors = [gettext("This is not the code of this moment. Wait for the next one and try it.")]
    return page("code.html", form=form), 422 if form.errors else 200


@door.route("/account/second-step", methods=["GET", "POST"])
@fresh
def change() -> AnyResponse | tuple[str, int]:
    """Set the second step up: show the key, and keep it once a code of it was right."""
    user = cast(Any, member())._get_current_object()
    if user.tf_totp_secret:
        return page("second_step.html", left=len(user.mf_recovery_codes or [])), 200
    key = session.setdefault("totp", _security.totp_factory.generate_totp_secret())
    form = Code()
    if posted(form):
        if _security.totp_factory.verify_totp(form.code.data, key, user, DRIFT):
            del session["totp"]
            _datastore.tf_set(user, METHOD, totp_secret=key)
            _security.mf_recovery_codes_util.create_recovery_codes(user)
            _datastore.commit()
            note("second-step-changed", subject="on")
            flash(gettext("From now on a code is asked for after your password. Keep these codes for a lost phone."))
            return redirect(url_for("security.mf_recovery_codes", show_codes=1), 303)
        form.code.errors = [gettext("This is not the code of this moment. Wait for the next one and try it.")]
    shown = _security.totp_factory.get_totp_pretty_key(key)
    return page("second_step.html", form=form, key=shown), 422 if form.errors else 200


@door.get("/account/second-step/qr.svg")
@fresh
def picture() -> Response:
    """The key as a picture that an authenticator app reads; only while it is being set up."""
    if "totp" not in session:
        abort(404)
    drawn = io.BytesIO()
    address = _security.totp_factory.get_totp_uri(member().email, session["totp"])
    segno.make(address, error="m").save(drawn, kind="svg", border=4, scale=5, light="#fff", dark="#000")
    return Response(drawn.getvalue(), mimetype="image/svg+xml")


@door.post("/account/second-step/off")
@fresh
def off() -> AnyResponse:
    """Ask for no code any more."""
    user = cast(Any, member())._get_current_object()
    _datastore.tf_reset(user)
    _datastore.mf_set_recovery_codes(user, None)
    _datastore.commit()
    note("second-step-changed", subject="off")
    flash(gettext("No code is asked for any more."))
    return redirect(url_for("account.account"), 303)
