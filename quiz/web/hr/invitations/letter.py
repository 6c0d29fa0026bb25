"""The letter that invites, in the person's language: who asks, for what, how long it takes, and that they are free."""

from __future__ import annotations

from collections.abc import Callable

from flask_babel import force_locale, gettext, ngettext

from quiz.services import campaigns
from quiz.services.campaigns import Campaign, Texts
from quiz.services.invitations import Invitation
from quiz.services.invitations.mailing import Mail
from quiz.services.library import Edition
from quiz.web.house import edition_of, house, now_ms
from quiz.web.hr.editions import words_of
from quiz.web.i18n import day, hour

LONGEST_SUBJECT = 120


def may_go_out(campaign: Campaign, at_ms: int) -> bool:
    """Whether a letter makes sense: people can start now, or at a later date, a quiz that is run here."""
    open_then = campaign.state == "open" and (campaign.closes_ms is None or at_ms < campaign.closes_ms)
    return open_then and house().library.find(campaign.pack, campaign.pack_version) is not None


def writer(campaign: Campaign, link: Callable[[Invitation], str]) -> Callable[[Invitation], Mail]:
    """What writes the letters of a campaign."""
    texts = campaigns.texts_of(house().database, campaign)
    edition = edition_of(campaign)

    def write(invitation: Invitation) -> Mail:
        with force_locale(invitation.language):
            return _letter(campaign, texts.get(invitation.language, Texts()), edition, invitation, link(invitation))

    return write


def _letter(campaign: Campaign, own: Texts, edition: Edition, invitation: Invitation, link: str) -> Mail:
    campaign = campaigns.as_told(campaign, own)
    content = edition.content
    quiz = words_of(edition, invitation.language).pack.name
    who = campaign.asked_by if len(campaign.asked_by) <= LONGEST_SUBJECT else f"{campaign.asked_by[:LONGEST_SUBJECT]}…"
    days = ngettext("%(num)s day", "%(num)s days", campaign.retain_days)
    parts = [
        gettext("Hello %(name)s,", name=invitation.name) if invitation.name else gettext("Hello,"),
        _ended(gettext("%(who)s invites you to take a quiz: %(quiz)s.", who=campaign.asked_by, quiz=quiz)),
        own.intro.strip(),
        "\n".join(
            [
                gettext("What for: %(purpose)s", purpose=campaign.purpose),
                gettext("Who reads the results: %(readers)s", readers=campaign.readers),
                gettext("How long it takes: about %(minutes)s minutes", minutes=content.minutes),
                gettext(
                    "How long it is kept: %(days)s after your last answer; you can delete everything at any time",
                    days=days,
                ),
                *_dates(campaign),
            ]
        ),
        gettext("This link is yours alone; whoever has it answers in your name:") + f"\n{link}",
        gettext("Taking part is voluntary, and you can stop at any time."),
        gettext("Questions: %(contact)s", contact=campaign.contact),
    ]
    subject = gettext("%(who)s invites you to a quiz", who=who)
    return Mail(subject, "\n\n".join(part for part in parts if part) + "\n")


def _ended(sentence: str) -> str:
    """A sentence with one end: a quiz may be called by a question."""
    return sentence[:-1] if sentence.endswith(("?.", "!.", "..", "….")) else sentence


def _dates(campaign: Campaign) -> list[str]:
    told = []
    if campaign.opens_ms is not None and campaign.opens_ms > now_ms():
        told.append(gettext("You can start from: %(moment)s", moment=_moment(campaign.opens_ms)))
    if campaign.closes_ms is not None:
        told.append(gettext("You can start until: %(moment)s", moment=_moment(campaign.closes_ms)))
    return told


def _moment(ms: int) -> str:
    said: str = gettext("%(day)s, %(hour)s UTC", day=day(ms), hour=hour(ms))
    return said
