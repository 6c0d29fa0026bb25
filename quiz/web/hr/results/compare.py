"""Two to four people side by side: ranges on one axis, and in words who can be told apart. Never an order by fit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask_babel import gettext

from quiz.services import person as people
from quiz.services.campaigns import Campaign
from quiz.services.document import Figures, Result
from quiz.services.library import Edition
from quiz.services.person import Person
from quiz.web.address import given
from quiz.web.house import edition_of, house
from quiz.web.hr.editions import has_many_roles, role_names, words_of
from quiz.web.hr.member import find_campaign, note
from quiz.web.hr.page import page
from quiz.web.hr.results import between
from quiz.web.hr.results.axes import Side, axis
from quiz.web.hr.results.choice import FEWEST, MOST, numbers
from quiz.web.hr.results.door import door, name_of, outcome_in_words


@dataclass(frozen=True, slots=True)
class Column:
    """A person: number, name, outcome in words and the role that comes next, and the result, None where withheld."""

    id: int
    name: str
    outcome: str
    next: str
    result: Result | None


@door.get("/compare")
def compare(public_id: str) -> str | tuple[str, int]:
    """People side by side; 422 for a number of them that cannot be, 404 for people of other campaigns."""
    campaign = find_campaign(public_id)
    edition = edition_of(campaign)
    ids = numbers(given().getlist("person") + given().getlist("with"))
    if ids is None or not FEWEST <= len(ids) <= MOST:
        return _refuse(campaign, gettext("Choose two, three or four people to put side by side.")), 422
    found = people.find_all(house().database, campaign, edition.pack, ids)
    if found is None:
        return _refuse(campaign, gettext("Not all of them are people of this campaign.")), 404
    unfinished = [name_of(person.row) for person in found if person.result is None]
    if unfinished:
        names = ", ".join(unfinished)
        return _refuse(
            campaign, gettext("Not finished yet, so there is nothing to compare: %(names)s", names=names)
        ), 422
    note("people-compared", campaign, "attempts " + " ".join(str(person.row.id) for person in found))
    return _shown(campaign, edition, found)


def _shown(campaign: Campaign, edition: Edition, found: Sequence[Person]) -> str:
    pack, names = edition.pack, role_names(edition)
    columns = [_column(person, edition) for person in found]
    versions = {between.version(each.result) for each in columns if each.result}
    sides = [Side(each.name, each.result) for each in columns if each.result] if len(versions) == 1 else []
    roles = [axis(role, role, sides, _fit_of(role)) for role in pack.role_ids]
    traits = [axis(each.id, each.role, sides, _trait_of(each.id)) for each in pack.dimensions]
    pair = between.pair(pack, sides, given().get("between", ""))
    return page(
        "results/compare.html",
        campaign=campaign,
        pack=pack,
        t=words_of(edition),
        columns=columns,
        comparable=sides,
        versions=versions,
        many=has_many_roles(pack),
        roles=[each for each in roles if each.rows],
        pair=pair,
        pairs=between.pairs(pack),
        contrast=between.contrast(edition, sides, pair, names) if pair else None,
        traits=[each for each in traits if each.rows],
    )


def _refuse(campaign: Campaign, problem: str) -> str:
    return page("results/not_compared.html", campaign=campaign, problem=problem)


def _column(person: Person, edition: Edition) -> Column:
    row, result, roles = person.row, person.result, role_names(edition)
    assert result is not None  # the unfinished were sent back
    outcome, many = result["outcome"], has_many_roles(edition.pack)
    return Column(
        id=row.id,
        name=name_of(row),
        outcome=outcome_in_words(outcome["kind"], roles.get(outcome["role"] or "", ""), many=many),
        next=roles.get(outcome["runner_up"] or "", "") if many and outcome["role"] else "",
        result=None if outcome["kind"] == "none" else result,
    )


def _fit_of(role: str) -> Callable[[Result], Figures | None]:
    return lambda result: result["fits"].get(role)


def _trait_of(dimension: str) -> Callable[[Result], Figures | None]:
    return lambda result: result["traits"].get(dimension)
