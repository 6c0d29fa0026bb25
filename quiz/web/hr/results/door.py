"""The blueprint of the results, and what its views share."""

from __future__ import annotations

from flask import Blueprint, abort
from flask_babel import gettext

from quiz.core.outcome import Kind
from quiz.services import person
from quiz.services.campaigns import Campaign
from quiz.services.library import Edition
from quiz.services.person import Person, Row
from quiz.web.house import edition_of, house
from quiz.web.hr.member import find_campaign

door = Blueprint("results", __name__, url_prefix="/campaigns/<public_id>/results")


def find_person(public_id: str, attempt_id: int) -> tuple[Campaign, Edition, Person]:
    """A person of a campaign of the member's own team; 404 for everybody else's."""
    campaign = find_campaign(public_id)
    edition = edition_of(campaign)
    found = person.find(house().database, campaign, edition.pack, attempt_id)
    if found is None:
        abort(404)
    return campaign, edition, found


def name_of(row: Row) -> str:
    """What a person is called: name, e-mail or reference, else by their number."""
    return row.known_as or gettext("Person %(number)s", number=row.id)


def outcome_in_words(kind: str | None, role: str, *, many: bool = False) -> str:
    """An outcome as others are told it, which never claims more than it allows; `role` is the name of its role.

    With `many` roles, more than two, there is neither "both" nor "neither".
    """
    words = {
        None: gettext("Not finished"),
        Kind.CLEAR: gettext("Clearly towards %(role)s", role=role),
        Kind.LEANING: gettext("Leaning towards %(role)s", role=role),
        Kind.BOTH: gettext("Several roles fit") if many else gettext("Both roles fit"),
        Kind.TOO_CLOSE: gettext("Too close to call"),
        Kind.NEITHER: gettext("No role stands out") if many else gettext("Neither role stands out"),
        Kind.NONE: gettext("No reliable result"),
    }
    return words[Kind(kind) if kind else None]


def subject(found: Person) -> str:
    """A person as the audit log names them: by number, so that it outlives their deletion without a name."""
    return f"attempt {found.row.id}"
