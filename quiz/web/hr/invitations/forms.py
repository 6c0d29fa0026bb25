"""The forms that invite: a list of people, or one of them."""

from __future__ import annotations

from flask import request
from flask_babel import gettext, lazy_gettext
from wtforms import FileField, Form, SelectField, StringField, TextAreaField

from quiz.services.campaigns import Campaign
from quiz.services.invitations.lines import NotText, decode
from quiz.services.invitations.rows import COLUMNS, People, Problem, Row, TooMany, read, read_one
from quiz.web.hr.invitations import words
from quiz.web.i18n import LANGUAGES, language


class ListForm(Form):
    """A list: typed, pasted, or as a file."""

    people = TextAreaField(lazy_gettext("People, one on each line"))
    file = FileField(lazy_gettext("Or a file"))
    usual = SelectField(lazy_gettext("Language, where a line names none"), validate_choice=False)


class PersonForm(Form):
    """One person."""

    name = StringField(lazy_gettext("Name"))
    email = StringField(lazy_gettext("E-mail"))
    reference = StringField(lazy_gettext("Reference"))
    language = SelectField(lazy_gettext("Language"), validate_choice=False)


def of_list(campaign: Campaign, *, sent: bool = False) -> ListForm:
    """The form of a list: empty, or as it was sent."""
    form = ListForm(request.form if sent else None)
    form.usual.choices = _languages(campaign)
    form.usual.data = _language(campaign, form.usual.data)
    return form


def of_person(campaign: Campaign, *, sent: bool = False) -> PersonForm:
    """The form of one person: empty, or as it was sent."""
    form = PersonForm(request.form if sent else None)
    form.language.choices = _languages(campaign)
    form.language.data = _language(campaign, form.language.data)
    return form


def people_of(form: ListForm, campaign: Campaign) -> People | None:
    """The people of a list; None where there is nothing to read, with the reason beside the field."""
    file = request.files.get("file")
    given = file.read() if file else b""
    typed = form.people.data or ""
    if given and typed.strip():
        form.file.errors = [gettext("There is a list in the box as well. Send one of them, and then the other.")]
        return None
    try:
        found = read(decode(given) if given else typed, campaign.languages.split(), form.usual.data)
    except NotText as error:
        form.file.errors = [words.of_file(error.kind)]
    except TooMany as error:
        (form.file if given else form.people).errors = [words.of_length(error)]
    else:
        if found.rows or found.bad:
            return found
        if given:
            form.file.errors = [gettext("There is nobody in this file.")]
        else:
            form.people.errors = [gettext("Write at least one person here, or choose a file.")]
    return None


def person_of(form: PersonForm, campaign: Campaign) -> Row | None:
    """The person of a form; None where something is wrong, with the reason beside the field."""
    found = read_one({column: form[column].data or "" for column in COLUMNS}, campaign.languages.split())
    if isinstance(found, Row):
        return found
    tell(form, found)
    return None


def tell(form: PersonForm, problem: Problem) -> None:
    """Put a problem beside its field."""
    for each in (problem, *problem.also):
        form[each.column or "email"].errors = [words.of_one(each)]


def _languages(campaign: Campaign) -> list[tuple[str, str]]:
    return [(code, LANGUAGES[code]) for code in campaign.languages.split() if code in LANGUAGES]


def _language(campaign: Campaign, chosen: str | None) -> str:
    """A language of the campaign: the one that was chosen, the member's own, or its first."""
    spoken = campaign.languages.split()
    return next((each for each in (chosen, language()) if each in spoken), spoken[0])
