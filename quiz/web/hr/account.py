"""The member's own account: name, language, ways in."""

from __future__ import annotations

from typing import Any, cast

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask_babel import gettext
from flask_security import login_user
from flask_security.proxies import _datastore
from werkzeug.wrappers import Response

from quiz.services import team
from quiz.web.house import house
from quiz.web.hr.member import member, note
from quiz.web.hr.page import page
from quiz.web.hr.people_forms import Profile, posted
from quiz.web.i18n import LANGUAGES

door = Blueprint("account", __name__)


@door.route("/account", methods=["GET", "POST"])
def account() -> Response | tuple[str, int]:
    """What somebody can change about themselves."""
    user = cast(Any, member())._get_current_object()
    form = Profile(obj=user)
    if posted(form):
        team.change_profile(house().database, user.id, form.name.data, form.language.data)
        flash(gettext("Saved."))
        return redirect(url_for("account.account"), 303)
    shown = page(
        "account.html",
        form=form,
        team_name=team.name_of(house().database, user.team_id),
        second_step=bool(user.tf_totp_secret),
        passkeys=len(user.webauthn),
    )
    return shown, 422 if form.errors else 200


@door.post("/account/sign-out-everywhere")
def sign_out_everywhere() -> Response:
    """End all sessions but this one."""
    user = cast(Any, member())._get_current_object()
    _datastore.set_uniquifier(user)
    _datastore.commit()
    login_user(user, authn_via=["change"])
    note("signed-out-everywhere")
    flash(gettext("You are signed out everywhere else."))
    return redirect(url_for("account.account"), 303)


@door.post("/account/language")
def speak() -> Response:
    """Change the language of the console."""
    wanted, back = request.form.get("language", ""), request.form.get("back", "")
    if wanted not in LANGUAGES:
        abort(400)
    team.change_profile(house().database, member().id, member().name, wanted)
    home = url_for("front.front")
    return redirect(back if back.startswith(home) and "\\" not in back and back.isprintable() else home, 303)
