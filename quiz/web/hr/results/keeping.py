"""What is kept of a person: the team's notes, the legal hold, and the deletion of everything."""

from __future__ import annotations

from flask import abort, flash, redirect, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from quiz.services import notes
from quiz.services import person as people
from quiz.services.person import Person
from quiz.web.house import house, now_ms
from quiz.web.hr.member import member, note, owners_only
from quiz.web.hr.page import page
from quiz.web.hr.results.door import door, find_person, name_of, subject
from quiz.web.hr.results.forms import NoteForm
from quiz.web.hr.results.person import base, shown

Answer = Response | str | tuple[str, int]


@door.post("/<int:attempt_id>/notes")
def write(public_id: str, attempt_id: int) -> Answer:
    """Keep a note; viewers may write as well."""
    campaign, edition, found = find_person(public_id, attempt_id)
    form = NoteForm()
    if not form.validate():
        return shown(campaign, edition, found, form), 422
    notes.write(house().database, found, member().email, form.text.data, now_ms())
    note("note-written", campaign, subject(found))
    return _back(public_id, found, "notes")


@door.post("/<int:attempt_id>/notes/<int:note_id>/delete")
def delete_note(public_id: str, attempt_id: int, note_id: int) -> Answer:
    """Delete one's own note, or as an owner anybody's; 404 for a viewer who wants another's gone."""
    campaign, _, found = find_person(public_id, attempt_id)
    if not notes.delete(house().database, found, note_id, None if member().role == "owner" else member().email):
        abort(404)
    note("note-deleted", campaign, subject(found))
    flash(gettext("The note is deleted."))
    return _back(public_id, found, "notes")


@door.post("/<int:attempt_id>/hold")
@owners_only
def hold(public_id: str, attempt_id: int) -> Answer:
    """Put a person on legal hold ("held" is 1), or take them off it."""
    campaign, _, found = find_person(public_id, attempt_id)
    held = request.form.get("held") == "1"
    if not people.set_hold(house().database, found, held=held):
        abort(404)
    note("person-hold", campaign, f"{subject(found)} {'on' if held else 'off'}")
    flash(gettext("On hold: nothing of this person is deleted.") if held else gettext("No longer on hold."))
    return _back(public_id, found)


@door.get("/<int:attempt_id>/delete")
@owners_only
def ask_to_delete(public_id: str, attempt_id: int) -> Answer:
    """Ask once, and say what goes."""
    campaign, edition, found = find_person(public_id, attempt_id)
    return page("results/delete.html", **base(campaign, edition, found))


@door.post("/<int:attempt_id>/delete")
@owners_only
def delete(public_id: str, attempt_id: int) -> Answer:
    """Delete everything that is kept of a person; refused while they are on hold."""
    campaign, edition, found = find_person(public_id, attempt_id)
    try:
        people.delete(house().database, found, now_ms())
    except people.OnHold:
        return page("results/delete.html", **base(campaign, edition, found)), 409
    note("person-deleted", campaign, subject(found))
    flash(gettext("Everything of %(person)s is deleted.", person=name_of(found.row)))
    return redirect(url_for("results.table", public_id=public_id), 303)


def _back(public_id: str, found: Person, anchor: str | None = None) -> Response:
    address = url_for("results.person", public_id=public_id, attempt_id=found.row.id, _anchor=anchor)
    return redirect(address, 303)
