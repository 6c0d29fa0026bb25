"""Makes guessing slow, and keeps what comes after signing in within the console."""

from __future__ import annotations

import re
from contextlib import suppress

import email_validator
from flask import Response, abort, g, redirect, request, session
from flask_security import current_user
from werkzeug.wrappers import Response as AnyResponse

from quiz.web import limits
from quiz.web.house import house
from quiz.web.hr import second_step

CLOSED = {"security.tf_select"}
"""What Flask-Security has and we do not use."""
FIRST_STEPS = {"security.login", "security.wan_signin"}
"""Where signing in begins."""
GUESSES = {
    "security.login",
    "security.verify",
    "security.change_password",
    "security.mf_recovery",
    "second_step.code",
}
"""Where passwords and codes are tried; a page that is shown again was a wrong guess."""
LINKS = {"people.set_up", "people.join", "people.reset"}
"""Where links are tried; what is not found was a wrong guess. So is an e-mail that turns out to be known here: whoever
has a link to join is told so, and shall not go through a list of people with it."""
ASKS = {"people.forgot"}
"""Where every press costs somebody a mail."""
OF_AN_ADDRESS = 10
"""How many times the limit of an account is that of a network address, behind which a whole office may sit."""
_WHAT = "sign-in"


def before() -> AnyResponse | None:
    """Turn away who tries too often, or what would lead elsewhere."""
    endpoint = request.endpoint or ""
    if endpoint in CLOSED:
        abort(404)
    if endpoint in FIRST_STEPS:
        second_step.forget()
    elif endpoint == "security.mf_recovery":
        second_step.waiting()  # which forgets who has taken too long
    if endpoint in GUESSES | LINKS | ASKS and (request.method == "POST" or endpoint in LINKS):
        limit = house().settings.sign_in_limit
        limits.check(_WHAT, limits.times(limit, OF_AN_ADDRESS))
        if account := _account():
            limits.check(_WHAT, limit, account)
    if not _stays(request.form.get("next")):
        abort(400)
    try:
        request.args.get("next")
    except UnicodeDecodeError:  # bytes that no browser puts into an address
        abort(400)
    if not _stays(request.args.get("next")):
        return redirect(request.script_root + request.path, 303)
    return None


def after(response: Response) -> Response:
    """Count a wrong guess, and say by the status that a form was not taken."""
    endpoint = request.endpoint or ""
    guessed = endpoint in GUESSES and request.method == "POST" and response.status_code in (200, 422)
    if guessed:
        response.status_code = 422
    asked = endpoint in ASKS and request.method == "POST" and response.status_code < 400
    tried = endpoint in LINKS and (response.status_code == 404 or g.get("told_of_an_email", False))
    if guessed or asked or tried:
        limit = house().settings.sign_in_limit
        # Counted where it went wrong, not refused: the next try is.
        limits.note(_WHAT, limits.times(limit, OF_AN_ADDRESS))
        if account := _account():
            limits.note(_WHAT, limit, account)
    return response


def _account() -> str:
    """Whose account is tried: the one that is named, that gave its password, or that is signed in; or which link."""
    if request.endpoint in LINKS and request.method == "POST":
        return f"link {(request.view_args or {}).get('token', '')}"
    if request.endpoint in ("security.login", "people.forgot"):
        named = _one_way(request.form.get("email", "").strip())
        return f"e-mail {named}" if named else ""
    if current_user.is_authenticated:
        return f"member {current_user.id}"
    return f"waiting {session['tf_user_id']}" if "tf_user_id" in session else ""


def _one_way(email: str) -> str:
    """An e-mail as it is looked up, however it was written: full-width letters and capitals name the same account."""
    with suppress(ValueError):  # it names nobody
        email = email_validator.validate_email(email, check_deliverability=False).normalized
    return email.casefold()[:320]


def _stays(address: str | None) -> bool:
    """Whether an address to go on to is one of the console's own."""
    if not address:
        return True
    root = re.escape(request.script_root)
    return re.fullmatch(rf"{root}(/[^\\\s\x00-\x1f]*)?", address) is not None and ".." not in address
