"""Where a campaign stands and what is wrong with it, in the member's language: what happened, and what to do."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flask_babel import format_decimal, gettext, ngettext

from quiz.services import campaigns
from quiz.services.campaigns import Campaign, Problem
from quiz.web.house import now_ms
from quiz.web.hr import dates
from quiz.web.i18n import LANGUAGES

Sentences = Mapping[str, Callable[[], str]]


def state_words(campaign: Campaign) -> tuple[str, str]:
    """Where a campaign stands now, in a word or two, and the kind of badge that says so."""
    sentences: Mapping[str, Callable[[], tuple[str, str]]] = {
        "open": lambda: (gettext("Open"), "good"),
        "waiting": lambda: (gettext("Opens %(date)s", date=dates.day(campaign.opens_ms or 0)), ""),
        "over": lambda: (gettext("Ended %(date)s", date=dates.day(campaign.closes_ms or 0)), ""),
        "paused": lambda: (gettext("Paused"), "warn"),
        "closed": lambda: (gettext("Closed"), ""),
    }
    return sentences[campaigns.standing(campaign, now_ms())]()


def now_stands(campaign: Campaign) -> str:
    """What has come of opening, pausing or closing a campaign; its dates may keep it shut."""
    sentences: Sentences = {
        "open": lambda: gettext("The campaign is open."),
        "waiting": lambda: gettext("The campaign opens %(date)s.", date=dates.day(campaign.opens_ms or 0)),
        "over": lambda: gettext("Its closing date is past, so nobody can start. Edit the campaign to change the date."),
        "paused": lambda: gettext("The campaign is paused."),
        "closed": lambda: gettext("The campaign is closed."),
    }
    return sentences[campaigns.standing(campaign, now_ms())]()


def words(problem: Problem) -> str:
    """A problem as a sentence or two, to stand beside its field."""
    if problem.field == "sites" and problem.line:
        said: str = gettext("Line %(line)s: %(said)s", line=problem.line, said=_of_site(problem))
        return said
    return _missing(problem.field) if problem.kind == "missing" else _of_field(problem)


def _missing(field: str) -> str:
    said: str = gettext("Write something here: everybody who is asked reads it.")
    if field == "name":
        said = gettext("Give the campaign a name, so that you find it again.")
    if field == "languages":
        said = gettext("Choose at least one language.")
    if field.startswith("consent"):
        said = gettext("Say what people agree to: their name and e-mail address are only kept with their consent.")
    return said


def _of_field(problem: Problem) -> str:
    limit = format_decimal(problem.limit)
    sentences: Sentences = {
        "too-long": lambda: gettext(
            "That is too long: %(count)s characters, and at most %(limit)s fit.",
            count=format_decimal(int(problem.value or 0)),
            limit=limit,
        ),
        "one-line": lambda: gettext("Write it on one line."),
        "unreadable": lambda: gettext("There is a character in it that cannot be shown. Type it again."),
        "unknown": lambda: gettext("Choose one of these."),
        "fixed": lambda: gettext(
            "Somebody has started already, so this stays as it was. Make a copy of the campaign to ask in another way."
        ),
        "promised": lambda: ngettext(
            "Somebody has started already and was told %(limit)s day, so it can be fewer but not more.",
            "Somebody has started already and was told %(limit)s days, so it can be fewer but not more.",
            problem.limit,
            limit=limit,
        ),
        "too-many": lambda: gettext("At most %(limit)s sites fit.", limit=limit),
        "number": lambda: gettext("Write a whole number from 1 to %(limit)s.", limit=limit),
        "address": lambda: gettext("Write a whole address that begins with https://."),
        "colour": lambda: gettext("Write a colour as # and six digits or letters from a to f, such as #1a5fb4."),
        "contrast": lambda: gettext(
            "Too pale to be read: its contrast with paper is %(ratio)s, and text needs 4.5.",
            ratio=format_decimal(float(problem.value)),
        ),
        "date": lambda: gettext("Write a date and a time, such as 2026-12-31 18:00."),
        "unspoken": lambda: gettext("This quiz is not there in %(language)s.", language=LANGUAGES[problem.value]),
        "order": lambda: gettext("It has to close after it opens."),
    }
    return sentences[problem.kind]()


def _of_site(problem: Problem) -> str:
    sentences: Sentences = {
        "scheme": lambda: gettext("a site begins with https://."),
        "user": lambda: gettext("leave out the user name."),
        "path": lambda: gettext(
            "leave out what follows the name of the site; the whole site is allowed or none of it."
        ),
        "port": lambda: gettext("leave out the port, or give one that is not the usual one."),
        "wildcard": lambda: gettext("a * can only stand alone at the beginning, as in https://*.example.com."),
        "everybody": lambda: gettext("anybody can have a site there; name your own, as in https://*.example.com."),
        "host": lambda: gettext("this is not the name of a site."),
    }
    said = sentences[problem.kind]()
    meant = gettext("Did you mean %(site)s?", site=problem.better) if problem.better else ""
    return f"{said} {meant}".rstrip()
