"""The console's front page: the team's campaigns."""

from __future__ import annotations

from flask import Blueprint

from quiz.services import campaigns, team
from quiz.web.house import house
from quiz.web.hr.member import member
from quiz.web.hr.page import page

door = Blueprint("front", __name__)


@door.get("/")
def front() -> str:
    """The team's campaigns, with how many started and finished."""
    database, team_id = house().database, member().team_id
    newest_first = list(reversed(campaigns.of_team(database, team_id)))
    return page("front.html", campaigns=newest_first, team_name=team.name_of(database, team_id))
