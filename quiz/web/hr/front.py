"""The console's front page: the team's campaigns."""

from __future__ import annotations

from flask import Blueprint

from quiz.web.hr.page import page

door = Blueprint("front", __name__)


@door.get("/")
def front() -> str:
    """The team's campaigns, with how many started and finished."""
    return page("front.html")
