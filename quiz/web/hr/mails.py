"""The console's own mails: an invitation to the team, a link for a new password, a word that it was changed.

Here they are written; the outbox keeps them, and a job sends them.
"""

from __future__ import annotations

from typing import Any

from flask import request, url_for
from flask_babel import force_locale, gettext

from quiz.services import admission, outbox
from quiz.services.jobs import bell
from quiz.services.outbox import Letter
from quiz.web.house import house, now_ms

CHANGED_MS = 24 * 60 * 60 * 1000
"""How long a word that a password was changed is of use."""


def possible() -> bool:
    """Whether mail is set up here."""
    return bool(house().settings.smtp_url)


def ring() -> None:
    """Have what stands in the outbox sent soon."""
    bell.ring(house().database, house().settings.redis_url)


def address(endpoint: str, **values: Any) -> str:  # noqa: ANN401 - as url_for takes them
    """The whole address of a page, as it is passed on to others."""
    root = house().settings.public_url or request.host_url.rstrip("/")
    return root + url_for(endpoint, **values)


def invitation(to: str, team: str, by: str, token: str) -> Letter:
    """What somebody is written who is invited to a team."""
    return Letter(
        "team-invitation",
        to,
        gettext("An invitation to the team %(team)s", team=team),
        gettext(
            "%(by)s invites you to the team %(team)s at Rolefit. Join here within 7 days:\n\n%(link)s\n\n"
            "The link works once. If you did not expect it, you need not do anything.",
            by=by,
            team=team,
            link=address("people.join", token=token),
        ),
        now_ms() + admission.INVITATION_MS,
    )


def reset(to: str, language: str, link: str) -> bool:
    """Have somebody sent the link for a new password, in their language; whether there is mail."""
    with force_locale(language):
        return _send(
            Letter(
                "password-link",
                to,
                gettext("A new password for Rolefit"),
                gettext(
                    "Choose a new password here within 24 hours:\n\n%(link)s\n\n"
                    "If you did not ask for it, you need not do anything: your password stays as it is.",
                    link=link,
                ),
                now_ms() + admission.RESET_MS,
            )
        )


def changed(to: str, language: str) -> Letter | None:
    """The word that somebody's password was changed, in their language; None if there is no mail."""
    if not possible():
        return None
    with force_locale(language):
        return Letter(
            "password-changed",
            to,
            gettext("Your password for Rolefit was changed"),
            gettext("If that was not you, ask an owner of your team at once for a link to choose a new one."),
            now_ms() + CHANGED_MS,
        )


def tell_changed(to: str, language: str) -> None:
    """Have somebody told that their password was changed."""
    if letter := changed(to, language):
        _send(letter)


def _send(letter: Letter) -> bool:
    if not possible():
        return False
    with house().database.writing() as store:
        outbox.write(store, [letter], now_ms())
    ring()
    return True
