"""Two to four people side by side: ranges on one axis, and in words who can be told apart. Never an order by fit."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from flask_babel import gettext

from quiz.core.compare import Difference, difference
from quiz.present import chart
from quiz.present.chart import Range
from quiz.present.numbers import decimal
from quiz.services import person as people
from quiz.services.campaigns import Campaign
from quiz.services.document import Figures, Result
from quiz.services.library import Edition
from quiz.services.person import Person
from quiz.web.address import given
from quiz.web.house import edition_of, house
from quiz.web.hr.member import find_campaign, note
from quiz.web.hr.page import page
from quiz.web.hr.results.door import door, name_of, outcome_in_words, texts
from quiz.web.i18n import language

FEWEST, MOST = 2, 4
POINTS = 10
"""Points a standard deviation."""


@dataclass(frozen=True, slots=True)
class Side:
    """A person's column: number, name, outcome in words, and the result, None where it is withheld."""

    id: int
    name: str
    outcome: str
    result: Result | None


@dataclass(frozen=True, slots=True)
class Axis:
    """One quantity of several people on one axis: what it is, whose it is, each one's range, what can be said."""

    id: str
    role: str
    rows: tuple[tuple[Side, Range], ...]
    verdicts: tuple[str, ...]


@door.get("/compare")
def compare(public_id: str) -> str | tuple[str, int]:
    """People side by side; 422 for a number of them that cannot be, 404 for people of other campaigns."""
    campaign = find_campaign(public_id)
    edition = edition_of(campaign)
    ids = _ids(given().getlist("person"))
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
    said, pack = texts(edition), edition.pack
    sides = [_side(person, said.roles) for person in found]
    versions = {side.result["pack"]["version"] for side in sides if side.result}
    comparable = [side for side in sides if side.result] if len(versions) == 1 else []
    roles = [_axis(role, role, comparable, _fit_of(role)) for role in pack.role_ids]
    traits = [_axis(each.id, each.role, comparable, _trait_of(each.id)) for each in pack.dimensions]
    return page(
        "results/compare.html",
        campaign=campaign,
        pack=pack,
        t=said,
        sides=sides,
        comparable=comparable,
        versions=versions,
        roles=[axis for axis in roles if axis.rows],
        contrast=_contrast(comparable, {role: said.roles[role].name for role in pack.role_ids}),
        traits=[axis for axis in traits if axis.rows],
    )


def _refuse(campaign: Campaign, problem: str) -> str:
    return page("results/not_compared.html", campaign=campaign, problem=problem)


def _ids(texts: Sequence[str]) -> list[int] | None:
    """The numbers of different people, None if one of them is no number."""
    if not all(text.isascii() and text.isdigit() and len(text) < 20 for text in texts):
        return None
    return sorted({int(text) for text in texts})


def _side(person: Person, roles: Mapping[str | None, Any]) -> Side:
    row, result = person.row, person.result
    assert result is not None  # the unfinished were sent back
    outcome = result["outcome"]
    role = roles[outcome["role"]].name if outcome["role"] in roles else ""
    return Side(
        id=row.id,
        name=name_of(row),
        outcome=outcome_in_words(outcome["kind"], role),
        result=None if outcome["kind"] == "none" else result,
    )


def _fit_of(role: str) -> Callable[[Result], Figures | None]:
    return lambda result: result["fits"].get(role)


def _trait_of(dimension: str) -> Callable[[Result], Figures | None]:
    return lambda result: result["traits"].get(dimension)


def _axis(name: str, role: str, sides: Sequence[Side], figures_of: Callable[[Result], Figures | None]) -> Axis:
    """Ranges of estimates on the axis of points. Who lacks the figure, their version having had none, is left out."""
    known = [(side, figures) for side in sides if side.result and (figures := figures_of(side.result))]
    rows = [(side, chart.strip(round(each["points"]), round(each["low"]), round(each["high"]))) for side, each in known]
    estimates = [(side.name, each["points"], POINTS * each["se"]) for side, each in known]

    def apart(higher: str, lower: str, found: Difference) -> str:
        low, high = found.interval()
        return gettext(
            "%(higher)s lies above %(lower)s, by %(low)s to %(high)s points.",
            higher=higher,
            lower=lower,
            low=decimal(low, language(), 0),
            high=decimal(high, language(), 0),
        )

    return Axis(name, role, tuple(rows), _verdicts(estimates, apart))


def _contrast(sides: Sequence[Side], roles: dict[str, str]) -> Axis | None:
    """The difference between the same two roles for everybody; None where the two that lead are not the same."""
    known = [(side, side.result["contrast"]) for side in sides if side.result]
    pairs = {(each["first"], each["second"]) for _, each in known}
    if len(pairs) != 1:
        return None
    (first, second), *_ = pairs
    rows = [
        (side, chart.balance(*(round(100 * each[place]) for place in ("mean", "low", "high")))) for side, each in known
    ]

    def apart(higher: str, lower: str, _: Difference) -> str:
        return gettext(
            "%(higher)s stands further towards %(role)s than %(lower)s.", higher=higher, lower=lower, role=roles[first]
        )

    estimates = [(side.name, each["mean"], each["sd"]) for side, each in known]
    return Axis(second, first, tuple(rows), _verdicts(estimates, apart))


def _verdicts(
    estimates: Sequence[tuple[str, float, float]], apart: Callable[[str, str, Difference], str]
) -> tuple[str, ...]:
    """What can be said of every two people, in the order in which they stand."""
    said, pairs = [], list(combinations(estimates, 2))
    for (name, value, sd), (other, other_value, other_sd) in pairs:
        if value < other_value:
            name, value, sd, other, other_value, other_sd = other, other_value, other_sd, name, value, sd
        found = difference(value, sd, other_value, other_sd)
        if found.distinguishable:
            said.append(apart(name, other, found))
    if pairs and not said:
        said.append(gettext("Not distinguishable."))
    elif len(said) < len(pairs):
        said.append(gettext("All other pairs: not distinguishable."))
    return tuple(said)
