"""Two people with the same form open: what the other one changed meanwhile, and what becomes of both's work."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from flask_babel import format_decimal, gettext

from quiz.services import audit, campaigns
from quiz.services.campaigns import LANGUAGES, Campaign, Marks, Stale, Texts, Wanted
from quiz.web.house import house
from quiz.web.hr import dates
from quiz.web.hr.campaigns import forms
from quiz.web.hr.campaigns.forms import KNOWN, TOLD_NAMES, CampaignForm
from quiz.web.hr.member import member
from quiz.web.i18n import LANGUAGES as SPOKEN

LONGEST = 200
"""Characters of somebody else's text that are shown."""


@dataclass(frozen=True, slots=True)
class Clash:
    """Who saved in between, the fields of theirs that are in the form now, and those that were changed by both."""

    who: tuple[str, ...]
    taken: tuple[str, ...]
    both: tuple[tuple[str, str], ...]
    """The label, and what the other one wrote."""


def ground_of(campaign: Campaign, texts: Mapping[str, Texts], now_ms: int) -> str:
    """What a form was made from and when, to be carried in it."""
    marked = campaigns.marks(campaigns.wanted_of(campaign), texts)
    return " ".join([str(now_ms), *(f"{name}={mark}" for name, mark in marked.items())])


def read_ground(text: str) -> tuple[int, Marks]:
    """When a form was made, and the marks of what from; no marks where there are none to be read."""
    moment, *parts = text[:10_000].split() or [""]
    made_ms = int(moment) if moment.isascii() and moment.isdigit() and len(moment) < 19 else 0
    return made_ms, dict(part.split("=", 1) for part in parts if "=" in part)


def settle(ground: str, typed: Wanted, texts: Mapping[str, Texts], stale: Stale) -> tuple[CampaignForm, Clash]:
    """The form to be sent again: what was typed stays, and what was not touched is as it was saved meanwhile."""
    made_ms, marked = read_ground(ground)
    now = campaigns.wanted_of(stale.campaign)
    theirs = campaigns.differing(marked, campaigns.marks(now, stale.texts))
    mine = campaigns.differing(marked, campaigns.marks(typed, texts))
    apart = campaigns.differing(campaigns.marks(typed, texts), campaigns.marks(now, stale.texts))
    wanted = replace(now, **{field.name: getattr(typed, field.name) for field in fields(Wanted) if field.name in mine})
    settled = {
        language: replace(
            stale.texts.get(language, Texts()),
            **{
                field.name: getattr(texts[language], field.name)
                for field in fields(Texts)
                if f"{field.name}_{language}" in mine
            },
        )
        for language in LANGUAGES
    }
    form = forms.made(wanted, settled, stale.campaign.pack)
    said = asdict(now) | {
        f"{name}_{language}": text
        for language in LANGUAGES
        for name, text in asdict(stale.texts.get(language, Texts())).items()
    }
    both = [name for name in theirs if name in mine and name in apart]
    return form, Clash(
        who=_who(stale.campaign, made_ms),
        taken=tuple(_label(form, name) for name in theirs if name not in both),
        both=tuple((_label(form, name), _in_words(name, said[name])) for name in both),
    )


def _who(campaign: Campaign, since_ms: int) -> tuple[str, ...]:
    """Who changed the campaign since, as the audit log has it, without this member."""
    entries = audit.page(house().database, member().team_id, campaign=campaign.public_id)
    changed = [each.actor for each in entries if each.action == "campaign-changed" and each.at_ms >= since_ms]
    return tuple(dict.fromkeys(actor for actor in reversed(changed) if actor != member().email))


def _label(form: CampaignForm, name: str) -> str:
    if name in TOLD_NAMES:
        return str(TOLD_NAMES[name])
    return str(form[name.removesuffix("_ms")].label.text)


def _in_words(name: str, value: Any) -> str:  # noqa: ANN401 - whatever a setting is
    if name in forms.CHECKS:
        return gettext("yes") if value else gettext("no")
    if name.endswith("_ms"):
        return f"{dates.moment(value)} UTC" if value else gettext("empty")
    if isinstance(value, tuple):
        return ", ".join(str(SPOKEN.get(each, each)) for each in value) or gettext("empty")
    if name == "identification":
        return str(KNOWN[value])
    text = format_decimal(value) if isinstance(value, int) else value
    shown: str = text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
    return shown or gettext("empty")
