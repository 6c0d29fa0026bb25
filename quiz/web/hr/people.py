"""Who comes in: the first owner, those who are invited, those who need a new password."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from flask import Blueprint, Response, copy_current_request_context, flash, g, make_response, redirect, session, url_for
from flask_babel import gettext
from flask_security import current_user, hash_password, login_user, logout_user
from flask_security.proxies import _datastore
from werkzeug.wrappers import Response as AnyResponse

from quiz.services import admission, audit, team
from quiz.services.admission import BadLink
from quiz.services.team import EmailTaken
from quiz.web.house import house, now_ms
from quiz.web.hr import mails
from quiz.web.hr.member import open_to_all
from quiz.web.hr.page import page
from quiz.web.hr.passwords import normal
from quiz.web.hr.people_forms import Forgotten, Founder, Newcomer, NewPassword, posted
from quiz.web.i18n import language

if TYPE_CHECKING:
    from quiz.web.hr.accounts import Member

door = Blueprint("people", __name__)

Answer = AnyResponse | tuple[str, int]


@door.route("/setup/<token>", methods=["GET", "POST"])
@open_to_all
def set_up(token: str) -> Answer:
    """Make the first team and its owner."""
    database = house().database
    try:
        if admission.invitation(database, token, now_ms()).team_id is not None:
            raise BadLink
        form = Founder()
        if posted(form):
            person = admission.set_up(database, token, form.team.data, *_told(form), now_ms())
            return _welcome(person, "team-made", gettext("Welcome. Your team is set up."), form.team.data)
    except EmailTaken:
        _say_taken(form, gettext("This e-mail is in use here already. Sign in with it, or take another one."))
    except BadLink:
        if admission.nobody_yet(database):
            return _bad_link(gettext("Whoever runs this installation gets a new one by `flask team setup`."))
        return _set_up_already()
    return page("setup.html", form=form), 422 if form.errors else 200


@door.route("/join/<token>", methods=["GET", "POST"])
@open_to_all
def join(token: str) -> Answer:
    """Join a team by an invitation."""
    database = house().database
    try:
        invitation = admission.invitation(database, token, now_ms())
        if invitation.team_id is None:
            raise BadLink
        form = Newcomer()
        if invitation.email:
            form.email.data = invitation.email  # whatever was sent
        if posted(form):
            person = admission.join(database, token, *_told(form), now_ms())
            return _welcome(person, "member-joined", gettext("Welcome to the team."), invitation.role)
    except EmailTaken:
        if invitation.email:
            words = gettext(
                "This e-mail is in use here already. Sign in with it, or ask for an invitation to another one."
            )
        else:
            words = gettext("This e-mail is in use here already. Sign in with it, or take another one.")
        _say_taken(form, words)
    except BadLink:
        return _bad_link(gettext("Ask an owner of the team for a new one."))
    return page("join.html", form=form, invitation=invitation), 422 if form.errors else 200


@door.route("/forgot", methods=["GET", "POST"])
@open_to_all
def forgot() -> Answer | Response:
    """Ask for a new password by mail, where there is mail."""
    form = Forgotten()
    if not mails.possible() or not posted(form):
        return page("forgot.html", form=form, mail=mails.possible()), 422 if form.errors else 200
    person = team.find_by_email(house().database, form.email.data)
    answer = make_response(page("forgot.html", form=form, mail=True, sent=True))
    if person:
        link = mails.address(
            "people.reset",
            token=admission.reset_token(house().database, person, now_ms(), house().settings.secret_keys),
        )
        # After the answer has gone: how long it takes to send tells nobody whether there is such a member.
        send = copy_current_request_context(mails.reset)
        answer.call_on_close(lambda: send(person.email, person.language, link))
    return answer


@door.route("/reset/<token>", methods=["GET", "POST"])
@open_to_all
def reset(token: str) -> Answer:
    """Choose a new password by a link."""
    database = house().database
    try:
        person = admission.read_reset(database, token, now_ms(), house().settings.secret_keys)
    except BadLink:
        return _bad_link(gettext("Ask for a new one: it works for a day, and once."))
    form = NewPassword()
    form.own = (person.name, person.email)
    if not posted(form):
        return page("reset.html", form=form, person=person), 422 if form.errors else 200
    letter = mails.changed(person.email, person.language)
    team.change_password(database, person.id, hash_password(normal(form.password.data)), letter, now_ms())
    if letter:
        mails.ring()
    audit.note(database, person.team_id, person.email, "password-changed", now_ms())
    if current_user.is_authenticated:
        logout_user()
    flash(gettext("Your password is changed, and you are signed out everywhere. Sign in with the new one."))
    return redirect(url_for("security.login"), 303)


def _told(form: Newcomer) -> tuple[str, str, str, str]:
    return form.name.data, form.email.data, language(), hash_password(normal(form.password.data))


def _welcome(person_id: int, action: str, words: str, subject: str) -> AnyResponse:
    """Sign in whoever has just joined."""
    session.clear()
    user = cast("Member", _datastore.find_user(id=person_id))  # made a line before
    audit.note(house().database, user.team_id, user.email, action, now_ms(), subject=subject)
    login_user(user, authn_via=["password"])
    flash(words)
    return redirect(url_for("front.front"), 303)


def _say_taken(form: Newcomer, words: str) -> None:
    """Tell who joins that their e-mail is known here, and have it counted: a link is not for asking after people."""
    form.email.errors = [words]
    g.told_of_an_email = True


def _set_up_already() -> tuple[str, int]:
    """For who comes by the set-up link when there is an owner: what helps them is not another link."""
    message = gettext(
        "There is an owner already. If that is you, sign in; the sign-in page helps with a forgotten password. "
        "Otherwise ask an owner to invite you."
    )
    return page("error.html", title=gettext("The console is set up"), message=message), 404


def _bad_link(help_text: str) -> tuple[str, int]:
    title = gettext("This link does not work")
    why = gettext("It was used or withdrawn, its time is over, or a part of it is missing.")
    return page("error.html", title=title, message=f"{why} {help_text}"), 404
