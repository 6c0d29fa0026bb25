"""Pages that say what this is: the method and the privacy page."""

from __future__ import annotations

from flask import Blueprint, Response

from quiz.present.manual.errors import Errors
from quiz.present.method import figures
from quiz.web.edition import edition
from quiz.web.i18n import language
from quiz.web.outcomes import outcome_names
from quiz.web.page import public

door = Blueprint("pages", __name__)


@door.get("/method")
@door.get("/packs/<pack_id>/method")
def method() -> Response:
    """How answers become a recommendation, with the figures."""
    found = edition()
    names = outcome_names(many=len(found.pack.roles) > 2)
    told = figures(found.measure, found.simulated, language())
    return public("pages/method.html", figures=told, errors=Errors(found.calibrated), outcomes=names)


@door.get("/privacy")
def privacy() -> Response:
    """What is kept, for how long, and how to delete it."""
    return public("pages/privacy.html")
