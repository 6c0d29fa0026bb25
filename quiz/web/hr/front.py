"""The console's front page: the team's campaigns."""

from __future__ import annotations

from collections.abc import Iterable

from flask import Blueprint

from quiz.services import campaigns, team
from quiz.services.campaigns import Campaign
from quiz.web.house import house
from quiz.web.hr.editions import words_of
from quiz.web.hr.member import member
from quiz.web.hr.page import page

door = Blueprint("front", __name__)


@door.get("/")
def front() -> str:
    """The team's campaigns, with how many started and finished."""
    database, team_id = house().database, member().team_id
    newest_first = list(reversed(campaigns.of_team(database, team_id)))
    return page(
        "front.html", campaigns=newest_first, quizzes=_quizzes(newest_first), team_name=team.name_of(database, team_id)
    )


def _quizzes(found: Iterable[tuple[Campaign, int, int]]) -> dict[str, str]:
    """What the quizzes of these campaigns are called, by id."""
    newest = house().library.newest
    return {
        each.pack: words_of(newest[each.pack]).pack.name if each.pack in newest else each.pack for each, *_ in found
    }
