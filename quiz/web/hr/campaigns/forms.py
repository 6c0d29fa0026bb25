"""The form of a campaign: what is asked, filled from a campaign, and what was typed, read as it was meant."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from datetime import UTC, datetime
from typing import Any

from flask_babel import force_locale, gettext, lazy_gettext
from wtforms import BooleanField, Form, RadioField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.widgets import CheckboxInput

from quiz.present import colour
from quiz.services import campaigns
from quiz.services.campaigns import LANGUAGES, NO_TEXTS, PASSAGES, TOLD, Campaign, Problem, Texts, Wanted
from quiz.services.library import Edition
from quiz.web.house import house
from quiz.web.hr import dates
from quiz.web.hr.campaigns.words import words
from quiz.web.hr.editions import words_of
from quiz.web.i18n import LANGUAGES as SPOKEN

LINES = ("name", "redirect_url")
KNOWN = {
    "none": lazy_gettext("Not at all: the answers are anonymous"),
    "plain": lazy_gettext("By your own reference in the link"),
    "signed": lazy_gettext("By your own reference, signed so that nobody can change it"),
    "named": lazy_gettext("By the name and e-mail address that they give"),
}
"""How a person is known, in words."""
TOLD_NAMES = {
    "asked_by": lazy_gettext("Who asks"),
    "purpose": lazy_gettext("What for"),
    "readers": lazy_gettext("Who reads the results"),
    "contact": lazy_gettext("Whom to ask"),
}
"""What everybody is told, in whatever language."""
CHECKS = ("private", "shows_result", "shares_outcome")


class CampaignForm(Form):
    """Everything that is asked about a campaign, in the order of the page."""

    name = StringField(lazy_gettext("Name"))
    pack = RadioField(lazy_gettext("Quiz"))
    asked_by_es = StringField(lazy_gettext("Who asks, in Spanish"))
    asked_by_en = StringField(lazy_gettext("Who asks, in English"))
    purpose_es = StringField(lazy_gettext("What for, in Spanish"))
    purpose_en = StringField(lazy_gettext("What for, in English"))
    readers_es = StringField(lazy_gettext("Who reads the results, in Spanish"))
    readers_en = StringField(lazy_gettext("Who reads the results, in English"))
    contact_es = StringField(lazy_gettext("Whom to ask, in Spanish"))
    contact_en = StringField(lazy_gettext("Whom to ask, in English"))
    languages = SelectMultipleField(
        lazy_gettext("Languages"),
        choices=[SelectChoice(*each) for each in SPOKEN.items()],
        option_widget=CheckboxInput(),
    )
    intro_es = TextAreaField(lazy_gettext("Introduction in Spanish"))
    intro_en = TextAreaField(lazy_gettext("Introduction in English"))
    identification = RadioField(
        lazy_gettext("How you know who somebody is"),
        choices=[SelectChoice(*each) for each in KNOWN.items()],
    )
    consent_es = TextAreaField(lazy_gettext("What people agree to, in Spanish"))
    consent_en = TextAreaField(lazy_gettext("What people agree to, in English"))
    private = BooleanField(lazy_gettext("Only people with an invitation"))
    opens = StringField(lazy_gettext("Opens"))
    closes = StringField(lazy_gettext("Closes"))
    sites = TextAreaField(lazy_gettext("Sites that may show it"))
    accent = StringField(lazy_gettext("Accent colour"))
    shows_result = BooleanField(lazy_gettext("People see their result"))
    thanks_es = TextAreaField(lazy_gettext("Thank-you text in Spanish"))
    thanks_en = TextAreaField(lazy_gettext("Thank-you text in English"))
    redirect_url = StringField(lazy_gettext("Where people can go on to"))
    shares_outcome = BooleanField(lazy_gettext("Ask people whether the page around the quiz may learn their outcome"))
    retain_days = StringField(lazy_gettext("Days that answers are kept"))
    privacy_es = TextAreaField(lazy_gettext("Privacy notice in Spanish"))
    privacy_en = TextAreaField(lazy_gettext("Privacy notice in English"))

    def __init__(self, *args: Any, **more: Any) -> None:  # noqa: ANN401 - as in WTForms
        super().__init__(*args, **more)
        self.pack.choices = [
            SelectChoice(edition.pack.id, words_of(edition).pack.name) for edition in house().library.offered
        ]

    def tell(self, problems: Iterable[Problem]) -> CampaignForm:
        """Put each problem beside its field, in words; a mark shows where a character cannot be shown."""
        for problem in problems:
            field = self[problem.field]
            field.errors = list(dict.fromkeys([*field.errors, words(problem)]))
            if problem.kind == "unreadable":
                field.data = campaigns.readable(field.data)
        return self


def blank(contact: str) -> CampaignForm:
    """The form of a new campaign, with what is usual; people's consent is written out, for they agree to its words."""
    texts = {language: Texts(consent=usual_consent(language)) for language in LANGUAGES}
    main = house().library.main
    spoken = tuple(each for each in LANGUAGES if each in main.content.languages)
    empty = Wanted(name="", asked_by="", purpose="", readers="", contact=contact, languages=spoken)
    return made(empty, texts, main.pack.id)


def filled(campaign: Campaign, texts: Mapping[str, Texts] = NO_TEXTS, name: str | None = None) -> CampaignForm:
    """The form of a campaign as it is, or of its copy with another name."""
    wanted = campaigns.wanted_of(campaign)
    return made(wanted if name is None else replace(wanted, name=name), texts, campaign.pack)


def made(wanted: Wanted, texts: Mapping[str, Texts], pack: str) -> CampaignForm:
    """The form of settings and texts for a quiz; where nobody is named, with the usual consent, should they be."""
    if wanted.identification != "named":
        said = {language: texts.get(language, Texts()) for language in LANGUAGES}
        texts = {
            language: replace(text, consent=text.consent or usual_consent(language)) for language, text in said.items()
        }
    return _form(wanted, texts, pack)


def usual_consent(language: str) -> str:
    """What people usually agree to before their name and e-mail are kept."""
    with force_locale(language):
        said: str = gettext(
            "I agree that my name and my e-mail address are kept together with my answers and my result, for the "
            "purpose and the time stated here, and that the people named here read them. I can delete everything "
            "myself at any time."
        )
    return said


def read(form: CampaignForm, edition: Edition) -> tuple[Wanted, dict[str, Texts], list[Problem]]:
    """What was typed as settings and texts for a quiz, and everything that is wrong with it."""
    own: list[Problem] = []
    languages = tuple(dict.fromkeys(form.languages.data or ()))
    told = {language: _told(form, language) for language in LANGUAGES}
    first = next((each for each in (*languages, *LANGUAGES) if each in told), LANGUAGES[0])
    for language in [each for each in LANGUAGES if each in languages] or LANGUAGES:
        own += [Problem(f"{name}_{language}", "missing") for name in TOLD if not told[language][name]]
    lines = {line: at for at, line in reversed(list(enumerate(_lines(form.sites.data), 1))) if line}
    sites = sorted(lines, key=lines.__getitem__)
    typed: dict[str, Any] = {name: (form[name].data or "").strip() for name in LINES}
    typed |= {name: bool(form[name].data) for name in CHECKS}
    wanted = Wanted(
        sites=tuple(sites),
        identification=form.identification.data or "none",
        retain_days=_days(form, own),
        languages=languages,
        accent=_accent(form, own),
        opens_ms=_moment(form, "opens", own),
        closes_ms=_moment(form, "closes", own),
        **typed | told[first],
    )
    texts = {
        language: Texts(
            **{name: _passage(form[f"{name}_{language}"].data) for name in PASSAGES},
            # What is as in the first language is said once, for both.
            **{name: "" if line == told[first][name] else line for name, line in told[language].items()},
        )
        for language in LANGUAGES
    }
    if wanted.identification != "named":
        # Nobody agrees to anything here; the usual words of the form are not the campaign's.
        texts = {language: replace(said, consent="") for language, said in texts.items()}
    found = [
        replace(problem, line=lines[sites[problem.line - 1]]) if problem.line else problem
        for problem in campaigns.problems(wanted, texts, edition.content.languages)
    ]
    return wanted, texts, own + in_fields(form, found)


def in_fields(form: CampaignForm, problems: Iterable[Problem]) -> list[Problem]:
    """Problems by the fields of the form: what counts for every language stands in the field of the first one."""
    first = next((each for each in form.languages.data or () if each in LANGUAGES), LANGUAGES[0])
    return [
        replace(problem, field=f"{problem.field}_{first}") if problem.field in TOLD else problem
        for problem in problems
        if not (problem.field in TOLD and problem.kind == "missing")  # each language has been asked for its own
    ]


def _told(form: CampaignForm, language: str) -> dict[str, str]:
    return {name: (form[f"{name}_{language}"].data or "").strip() for name in TOLD}


def _form(wanted: Wanted, texts: Mapping[str, Texts], pack: str) -> CampaignForm:
    values = asdict(wanted) | {
        "pack": pack,
        "sites": "\n".join(wanted.sites),
        "retain_days": str(wanted.retain_days),
        "opens": _typed(wanted.opens_ms),
        "closes": _typed(wanted.closes_ms),
    }
    for language in LANGUAGES:
        said = texts.get(language, Texts())
        values |= {f"{name}_{language}": getattr(said, name) for name in PASSAGES}
        values |= {f"{name}_{language}": getattr(said, name) or getattr(wanted, name) for name in TOLD}
    return CampaignForm(data=values)


def _lines(text: str | None) -> list[str]:
    return [campaigns.normal_site(line) for line in (text or "").splitlines()]


def _passage(text: str | None) -> str:
    return (text or "").replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ").strip()


def _days(form: CampaignForm, own: list[Problem]) -> int:
    typed = (form.retain_days.data or "").strip()
    if typed.isascii() and typed.isdigit() and len(typed) < 6:
        return int(typed)
    own.append(Problem("retain_days", "number", limit=campaigns.MOST_DAYS))
    return 1


def _accent(form: CampaignForm, own: list[Problem]) -> str:
    typed = (form.accent.data or "").strip()
    if not typed:
        return ""
    chosen = colour.read(typed)
    if chosen is None:
        own.append(Problem("accent", "colour"))
    elif not colour.is_readable(chosen, colour.LIGHT):
        ratio = f"{colour.least_contrast(chosen, colour.LIGHT):.2f}"
        own.append(Problem("accent", "contrast", value=ratio, better=colour.nearest(chosen, colour.LIGHT)))
    return chosen or ""


def _moment(form: CampaignForm, name: str, own: list[Problem]) -> int | None:
    """A typed date and time in UTC as milliseconds since 1970."""
    typed = (form[name].data or "").strip()
    if not typed:
        return None
    try:
        moment = datetime.fromisoformat(typed)
        return round((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp() * 1000)
    except (ValueError, OverflowError):
        own.append(Problem(name, "date"))
        return None


def _typed(moment_ms: int | None) -> str:
    return "" if moment_ms is None else f"{dates.utc(moment_ms):%Y-%m-%dT%H:%M}"
