"""The console's own mails: an invitation to the team, a link for a new password, a word that it was changed."""

from __future__ import annotations

import logging
from typing import Any

from flask import request, url_for
from flask_babel import force_locale, gettext

from quiz.services import mail
from quiz.services.mail import MailFailed
from quiz.web.house import house

log = logging.getLogger(__name__)


def possible() -> bool:
    """Whether mail is set up here."""
    return bool(house().settings.smtp_url)


def address(endpoint: str, **values: Any) -> str:  # noqa: ANN401 - as url_for takes them
    """The whole address of a page, as it is passed on to others."""
    root = house().settings.public_url or request.host_url.rstrip("/")
    return root + url_for(endpoint, **values)


def invite(to: str, team: str, by: str, link: str) -> bool:
    """Invite somebody; whether the mail went out."""
    return _send(
        to,
        gettext("An invitation to the team %(team)s", team=team),
        gettext(
            "%(by)s invites you to the team %(team)s at Rolefit. Join here within 7 days:\n\n%(link)s\n\n"
            "The link works once. If you did not expect it, you need not do anything.",
            by=by,
            team=team,
            link=link,
        ),
    )


def reset(to: str, language: str, link: str) -> bool:
    """Send somebody the link for a new password, in their language; whether the mail went out."""
    with force_locale(language):
        return _send(
            to,
            gettext("A new password for Rolefit"),
            gettext(
                "Choose a new password here within 24 hours:\n\n%(link)s\n\n"
                "If you did not ask for it, you need not do anything: your password stays as it is.",
                link=link,
            ),
        )


def changed(to: str, language: str) -> bool:
    """Tell somebody that their password was changed, in their language; whether the mail went out."""
    with force_locale(language):
        return _send(
            to,
            gettext("Your password for Rolefit was changed"),
            gettext("If that was not you, ask an owner of your team at once for a link to choose a new one."),
        )


def _send(to: str, subject: str, text: str) -> bool:
    if not possible():
        return False
    try:
        mail.send(house().settings, to, subject, text)
    except MailFailed as error:
        log.warning("a mail was not sent: %s", error)  # it names nobody
        return False
    return True
