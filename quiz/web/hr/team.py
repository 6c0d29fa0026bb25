"""The team: its members and their invitations."""

from __future__ import annotations

from functools import partial

from flask import Blueprint, abort, flash, redirect, request, session, url_for
from flask_babel import gettext
from flask_security import logout_user
from werkzeug.wrappers import Response

from quiz.services import admission, team
from quiz.services.admission import AlreadyMember
from quiz.services.team import LastOwner, Person
from quiz.web.house import house, now_ms
from quiz.web.hr import mails
from quiz.web.hr.member import member, note, owners_only
from quiz.web.hr.page import page
from quiz.web.hr.people_forms import Invite, TeamName, posted
from quiz.web.hr.second_step import fresh

door = Blueprint("team", __name__)


@door.get("/team")
def everyone() -> str:
    """The members, and who is invited."""
    return _page(Invite(formdata=None))


@door.post("/team/invitations")
@owners_only
@fresh
def invite() -> Response | tuple[str, int]:
    """Make a link to join the team; it is shown once, and mailed if it can be."""
    form = Invite()
    if not posted(form):
        return _page(form), 422
    email = form.email.data or ""
    team_id, role, mailed = member().team_id, form.role.data, bool(email) and mails.possible()
    write = partial(mails.invitation, email, _team_name(), member().name) if mailed else None
    try:
        token = admission.invite(house().database, team_id, role, email, now_ms(), write)
    except AlreadyMember as known:
        form.email.errors = [gettext("%(name)s is in the team already.", name=known.name)]
        return _page(form), 422
    note("member-invited", subject=f"{email} {role}".strip())
    if mailed:
        mails.ring()
    link = mails.address("people.join", token=token)
    session["link"] = {"kind": "join", "link": link, "mailed": email if mailed else ""}
    return redirect(url_for("team.everyone"), 303)


@door.post("/team/invitations/<int:invitation_id>/revoke")
@owners_only
def revoke(invitation_id: int) -> Response:
    """Make a link worthless."""
    revoked = admission.revoke(house().database, member().team_id, invitation_id)
    if revoked is None:
        abort(404)
    note("member-invitation-revoked", subject=f"{revoked.email} {revoked.role}".strip())
    flash(gettext("The invitation is revoked: its link does not work any more."))
    return redirect(url_for("team.everyone"), 303)


@door.route("/team/name", methods=["GET", "POST"])
@owners_only
def name() -> Response | tuple[str, int]:
    """Give the team another name."""
    form = TeamName(team=_team_name())
    if posted(form):
        team.rename(house().database, member().team_id, form.team.data)
        note("team-renamed", subject=form.team.data)
        flash(gettext("Saved."))
        return redirect(url_for("team.everyone"), 303)
    return page("team_name.html", form=form), 422 if form.errors else 200


@door.get("/team/<int:person_id>")
@owners_only
@fresh
def one(person_id: int) -> str:
    """What an owner can do about a member."""
    return page("team_member.html", person=_find(person_id), made=_made("reset"))


@door.post("/team/<int:person_id>/role")
@owners_only
@fresh
def role(person_id: int) -> Response:
    """Make a member an owner or a viewer."""
    person, wanted = _find(person_id), request.form.get("role", "")
    if wanted not in team.ROLES:
        abort(400)
    try:
        team.change_role(house().database, person.team_id, person.id, wanted)
    except LastOwner:
        return _last_owner(person)
    note("member-role", subject=f"{person.email} {wanted}")
    flash(gettext("Saved."))
    return redirect(url_for("team.everyone"), 303)


@door.post("/team/<int:person_id>/password")
@owners_only
@fresh
def password(person_id: int) -> Response:
    """Make a link by which a member chooses a new password."""
    person = _find(person_id)
    if person.id == member().id:
        return _own()
    token = admission.reset_token(house().database, person, now_ms(), house().settings.secret_keys)
    note("password-link-made", subject=person.email)
    link = mails.address("people.reset", token=token)
    mailed = mails.reset(person.email, person.language, link)
    session["link"] = {"kind": "reset", "link": link, "mailed": person.email if mailed else ""}
    return redirect(url_for("team.one", person_id=person.id), 303)


@door.post("/team/<int:person_id>/one-step")
@owners_only
@fresh
def one_step(person_id: int) -> Response:
    """Let a member who lost their phone and their recovery codes sign in without a code."""
    person = _find(person_id)
    if person.id == member().id:
        return _own()
    team.drop_second_step(house().database, person.id)
    note("second-step-changed", subject=f"{person.email} off")
    flash(gettext("%(name)s signs in without a code now, until they set it up again.", name=person.name))
    return redirect(url_for("team.one", person_id=person.id), 303)


@door.post("/team/<int:person_id>/remove")
@owners_only
@fresh
def remove(person_id: int) -> Response:
    """Take a member out of the team; their sessions end at once."""
    person, own = _find(person_id), person_id == member().id
    try:
        team.remove(house().database, person.team_id, person.id)
    except LastOwner:
        return _last_owner(person)
    note("member-removed", subject=person.email)
    if own:
        logout_user()
        flash(gettext("You have left the team."))
        return redirect(url_for("security.login"), 303)
    flash(gettext("%(name)s is not in the team any more.", name=person.name))
    return redirect(url_for("team.everyone"), 303)


def _page(form: Invite) -> str:
    database, team_id = house().database, member().team_id
    owns = member().role == "owner"
    return page(
        "team.html",
        form=form,
        team_name=_team_name(),
        people=team.members(database, team_id),
        invitations=admission.invitations(database, team_id, now_ms()) if owns else [],
        made=_made("join"),
        mail=mails.possible(),
    )


def _made(kind: str) -> dict[str, str] | None:
    """The link that was just made, once."""
    made: dict[str, str] | None = session.get("link")
    return session.pop("link") if made and made["kind"] == kind else None


def _find(person_id: int) -> Person:
    person = team.find(house().database, member().team_id, person_id) if person_id < 2**63 else None
    if person is None:
        abort(404)
    return person


def _own() -> Response:
    """One's own ways in are changed by proving who one is, as everybody's are."""
    flash(gettext("How you sign in yourself is changed here."), "error")
    return redirect(url_for("account.account"), 303)


def _team_name() -> str:
    return team.name_of(house().database, member().team_id)


def _last_owner(person: Person) -> Response:
    flash(gettext("A team needs an owner. Make somebody else an owner first."), "error")
    return redirect(url_for("team.one", person_id=person.id), 303)
