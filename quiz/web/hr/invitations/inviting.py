"""Inviting: a list of people, or one of them. What is good is kept, and what is not comes back to be corrected."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Response, flash, redirect, url_for
from flask_babel import format_decimal, ngettext
from werkzeug.wrappers import Response as AnyResponse

from quiz.services.campaigns import Campaign
from quiz.services.invitations import book
from quiz.services.invitations.rows import MOST, People, Problem
from quiz.web.house import house, now_ms
from quiz.web.hr.invitations import forms, words
from quiz.web.hr.invitations.door import door
from quiz.web.hr.invitations.forms import ListForm, PersonForm
from quiz.web.hr.member import find_campaign, note, owners_only
from quiz.web.hr.page import page

TOLD = 100
"""Lines that are told of at once; all of them are in the box."""
SAMPLES = {
    "en": "Name,E-mail,Reference,Language\r\nAda Example,ada@example.com,A-001,en\r\nBeto Ejemplo,,A-002,es\r\n",
    "es": "Nombre,Correo,Referencia,Idioma\r\nAda Ejemplo,ada@example.com,A-001,es\r\nBen Example,,A-002,en\r\n",
}


@dataclass(frozen=True, slots=True)
class Report:
    """What became of a list that was not good in everything."""

    made: int
    bad: tuple[Problem, ...]
    doubles: tuple[Problem, ...]
    ignored: tuple[str, ...]


@door.get("/campaigns/<public_id>/invitations/new")
@owners_only
def new(public_id: str) -> str:
    """Both forms, empty."""
    return _page(find_campaign(public_id))


@door.post("/campaigns/<public_id>/invitations/new")
@owners_only
def add(public_id: str) -> AnyResponse | tuple[str, int]:
    """Invite the people of a list."""
    campaign = find_campaign(public_id)
    form = forms.of_list(campaign, sent=True)
    people = forms.people_of(form, campaign)
    if people is None:
        return _page(campaign, form), 422
    made, doubles = book.add(house().database, campaign, people.rows, now_ms())
    if made:
        note("invited", campaign, str(made))
    if people.bad or doubles:
        form.people.data = _left(people)
        return _page(campaign, form, report=Report(made, people.bad, tuple(doubles), people.ignored)), 422
    return _done(campaign, made)


@door.get("/campaigns/<public_id>/invitations/new/person")
@owners_only
def new_person(public_id: str) -> AnyResponse:
    """A reload of what was a press: back to the forms."""
    return redirect(url_for("invitations.new", public_id=find_campaign(public_id).public_id))


@door.post("/campaigns/<public_id>/invitations/new/person")
@owners_only
def add_person(public_id: str) -> AnyResponse | tuple[str, int]:
    """Invite one person."""
    campaign = find_campaign(public_id)
    form = forms.of_person(campaign, sent=True)
    person = forms.person_of(form, campaign)
    if person is None:
        return _page(campaign, person=form), 422
    made, doubles = book.add(house().database, campaign, [person], now_ms())
    for double in doubles:
        forms.tell(form, double)
        return _page(campaign, person=form), 422
    note("invited", campaign, str(made))
    return _done(campaign, made)


@door.get("/campaigns/<public_id>/invitations/sample-<language>.csv")
def sample(public_id: str, language: str) -> Response:
    """A list to fill in."""
    find_campaign(public_id)
    text = SAMPLES.get(language, SAMPLES["en"])
    response = Response(f"\ufeff{text}", content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="people.csv"'
    return response


def _left(people: People) -> str:
    """What has to be corrected, under the line that names its columns."""
    return "\n".join([*people.head, *(problem.raw for problem in people.bad)]) if people.bad else ""


def _done(campaign: Campaign, made: int) -> AnyResponse:
    flash(ngettext("%(count)s person invited.", "%(count)s people invited.", made, count=format_decimal(made)))
    return redirect(url_for("invitations.listing", public_id=campaign.public_id), 303)


def _page(
    campaign: Campaign, form: ListForm | None = None, person: PersonForm | None = None, report: Report | None = None
) -> str:
    return page(
        "invitations/new.html",
        campaign=campaign,
        form=form or forms.of_list(campaign),
        person=person or forms.of_person(campaign),
        report=report,
        told=TOLD,
        most=MOST,
        words=words,
    )
