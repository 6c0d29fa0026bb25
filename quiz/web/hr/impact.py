"""The adverse-impact report, from a file of groups that is read and forgotten."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, request
from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from wtforms import FileField, RadioField

from quiz.present.impact import rate, spans
from quiz.services import group_file, impact
from quiz.services.campaigns import Campaign
from quiz.services.group_file import Unreadable
from quiz.services.impact import Measure, TooFew
from quiz.services.library import Edition
from quiz.web.house import edition_of, house
from quiz.web.hr.editions import words_of
from quiz.web.hr.impact_words import fault_names, problem
from quiz.web.hr.member import find_campaign, note
from quiz.web.hr.page import page

door = Blueprint("impact", __name__)


class ImpactForm(FlaskForm):
    """The file, and what counts as selected: a kind of measure and a role, such as "outcome account-executive"."""

    file = FileField(lazy_gettext("File of groups (CSV)"))
    measure = RadioField(lazy_gettext("What counts as selected"))


@door.get("/campaigns/<public_id>/impact")
def ask(public_id: str) -> str:
    """Ask for a file of groups."""
    campaign = find_campaign(public_id)
    return _page(campaign, _form(edition_of(campaign)))


@door.post("/campaigns/<public_id>/impact")
def report(public_id: str) -> str | tuple[str, int]:
    """The report for the file in the request; the file itself is kept nowhere."""
    campaign = find_campaign(public_id)
    edition = edition_of(campaign)
    form = _form(edition)
    if form.validate():
        try:
            file = group_file.read(_read(form))
            kind, _, role = form.measure.data.partition(" ")
            made = impact.report(house().database, campaign, file, Measure(kind, role), edition.pack.role_ids)
        except Unreadable as unreadable:
            form.file.errors = (problem(unreadable),)
        except TooFew as few:
            form.file.errors = (_too_few(few),)
        else:
            note("impact-reported", campaign)
            return _page(campaign, form, report=made, file=file)
    return _page(campaign, form), 422


@door.get("/campaigns/<public_id>/impact/sample.csv")
def sample(public_id: str) -> Response:
    """A file as the report takes it, with people who do not exist."""
    find_campaign(public_id)
    names = (gettext("reference"), gettext("sex"), gettext("race or ethnicity"))
    female, male, unknown = gettext("Female"), gettext("Male"), gettext("unknown")
    people = (
        ("A-1001", female, gettext("Hispanic or Latino")),
        ("A-1002", male, gettext("White")),
        ("ana@example.com", female, gettext("Black or African American")),
        ("A-1004", male, unknown),
    )
    text = "".join(",".join(row) + "\r\n" for row in (names, *people))
    return Response(
        "\ufeff" + text,  # the mark tells spreadsheets that this is UTF-8
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{gettext("groups")}.csv"'},
    )


def _page(campaign: Campaign, form: ImpactForm, **values: Any) -> str:  # noqa: ANN401 - whatever the template shows
    finished, known = impact.can_match(house().database, campaign)
    edition = edition_of(campaign)
    return page(
        "impact/report.html" if "report" in values else "impact/ask.html",
        campaign=campaign,
        form=form,
        finished=finished,
        known=known,
        measure_name=lambda measure: _measure_name(edition, measure),
        rate=rate,
        spans=spans,
        faults=fault_names(),
        limits=group_file,
        **values,
    )


def _form(edition: Edition) -> ImpactForm:
    form = ImpactForm()
    measures = [Measure(kind, role) for kind in ("outcome", "fit") for role in edition.pack.role_ids]
    form.measure.choices = [(f"{each.kind} {each.role}", _measure_name(edition, each)) for each in measures]
    if not form.is_submitted():
        form.measure.data = form.measure.choices[0][0]
    return form


def _read(form: ImpactForm) -> bytes:
    given = request.files.get(form.file.name)
    return given.read(group_file.MOST_BYTES + 1) if given else b""


def _too_few(few: TooFew) -> str:
    if few.matched:
        return gettext("Fewer than five people of the file have finished this campaign; that is too few to compare.")
    return gettext(
        "Nobody of the file has finished this campaign. The first column needs the references or e-mail addresses that "
        "this campaign knows."
    )


def _measure_name(edition: Edition, measure: Measure) -> str:
    role = words_of(edition).roles[measure.role].name
    if measure.kind == "outcome":
        return gettext("The outcome names the role %(role)s", role=role)
    if measure.kind == "fit":
        return gettext("The fit with %(role)s lies at the median of all or above", role=role)
    return gettext("Scoring rate: the fit with %(role)s lies above the median of all", role=role)
