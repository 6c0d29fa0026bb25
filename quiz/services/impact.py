"""The adverse-impact report: a campaign's results by groups that somebody hands in. Nothing of it is kept.

The people compared are those of the file who finished. A result that is withheld for its answers' quality names no
role and has no score above the median: to the person it is the same as not being selected. The median of a role's fit
is that of everybody in the campaign with a reliable result. People whose result another version of the pack made are in
none of the figures; all measures have the same people, or somebody could work a few of them out by comparing tables.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from statistics import median

from quiz.core import fairness, suppression
from quiz.core.fairness import Comparison, Tally
from quiz.core.outcome import Kind
from quiz.services.campaigns import Campaign
from quiz.services.group_file import GroupFile
from quiz.services.group_match import match
from quiz.store import cohort
from quiz.store.cohort import Finisher
from quiz.store.database import Database

__all__ = ["Measure", "Report", "Table", "TooFew", "can_match", "report"]

Groups = tuple[str, ...]


class TooFew(ValueError):
    """Fewer people of the file could be matched than can be shown. `matched` says how many."""

    def __init__(self, matched: int) -> None:
        self.matched = matched
        super().__init__(f"{matched} people matched")


@dataclass(frozen=True, slots=True)
class Measure:
    """What counts as selected: the outcome names `role`; or the fit lies at or above its median; or above it."""

    kind: str
    role: str

    KINDS = ("outcome", "fit", "score")


@dataclass(frozen=True, slots=True)
class Table:
    """Groups of one grouping, or of two crossed, by one measure.

    `apart` people are not compared in it: their group is not known, or it has fewer than five people. It is 0, or five
    at least; one to four people are `few`, and are in no table; crossed tables count neither. `comparison` is None
    where nothing can be shown. `incomplete`: somebody's rate is not shown, and may be higher than any that is.
    """

    groupings: Groups
    comparison: Comparison[Groups] | None
    apart: int = 0
    few: bool = False
    incomplete: bool = False

    @property
    def crossed(self) -> bool:
        """Whether two groupings are crossed."""
        return len(self.groupings) > 1


@dataclass(frozen=True, slots=True)
class Report:
    """The report. `unmatched` and `repeated` are lines of the file; `superseded` earlier attempts of the matched.

    `left_out` of the `matched` are in no table, for two tables together would tell of them; `matched` is None where it
    would tell how few these are. `otherwise_made` people of the file are not among the matched, for their result was
    made by another version of the pack. `tables` are by measure: the chosen one
    first, then the scoring rate of each role.
    """

    finished: int
    matched: int | None
    left_out: int
    otherwise_made: int
    withheld: int
    superseded: int
    unmatched: tuple[int, ...]
    repeated: tuple[int, ...]
    medians: Mapping[str, float]
    tables: Mapping[Measure, tuple[Table, ...]]

    @property
    def below(self) -> tuple[int, int, int]:
        """Over all tables: how many comparisons, how many under four fifths, of these by more than usual chance."""
        compared = [
            line
            for tables in self.tables.values()
            for table in tables
            if table.comparison
            for line in table.comparison.compared
        ]
        chances = [line.chance for line in compared if line.below and line.chance is not None]
        return len(compared), len(chances), sum(chance < fairness.SIGNIFICANT for chance in chances)


def can_match(database: Database, campaign: Campaign) -> tuple[int, bool]:
    """How many people finished, and whether any of them has a reference or an e-mail address to be known by."""
    people = cohort.finishers(database.reader(), campaign.id)
    return len(people), any(each.reference or each.email for each in people)


def report(database: Database, campaign: Campaign, file: GroupFile, chosen: Measure, roles: Sequence[str]) -> Report:
    """Compare the groups of a file. Raises TooFew."""
    store = database.reader()
    people = cohort.finishers(store, campaign.id)
    found, unmatched, repeated = match(people, file)
    alike = {each.id for each in people if each.pack_version == campaign.pack_version}
    matched = {id: person.groups for id, person in found.items() if id in alike}
    if len(matched) < suppression.SMALLEST_SHOWN:
        raise TooFew(len(matched))
    reliable = {each.id for each in people if each.id in alike and each.outcome != Kind.NONE}
    points = {
        role: {id: value for id, value in cohort.points(store, campaign.id, role).items() if id in reliable}
        for role in roles
    }
    medians = {role: median(values.values()) for role, values in points.items() if values}
    measures = [chosen, *(Measure("score", role) for role in roles if role in medians)]
    shape = _Shape(file.groupings, matched)
    return Report(
        finished=len(people),
        matched=None if 0 < len(shape.left) < suppression.SMALLEST_SHOWN else len(matched),
        left_out=len(shape.left),
        otherwise_made=len(found) - len(matched),
        withheld=sum(id not in reliable for id in matched),
        superseded=sum(found[id].attempts - 1 for id in matched),
        unmatched=tuple(unmatched),
        repeated=tuple(repeated),
        medians=medians,
        tables={measure: shape.tables(_selected(measure, people, points, medians)) for measure in measures},
    )


def _selected(
    measure: Measure,
    people: Sequence[Finisher],
    points: Mapping[str, Mapping[int, float]],
    medians: Mapping[str, float],
) -> Collection[int]:
    role = measure.role
    if measure.kind == "outcome":
        return {each.id for each in people if each.role == role}
    if measure.kind == "score":
        return fairness.above_median(points[role])
    return {id for id, value in points[role].items() if value >= medians[role]} if role in medians else set()


class _Shape:
    """Which groups there are and which of them may be shown: the same for every measure, for it goes by sizes only.

    People of a group that is too small stand with those whose group is not known, under "": one such group would
    otherwise hide a large one with it. Nothing tells how many of them are which. Those in `left` are in no table.
    """

    def __init__(self, groupings: Groups, people: Mapping[int, Groups]) -> None:
        self.groupings = groupings
        self.people = suppression.compared(people)
        rows = list(self.people.values())
        self.apart = [sum(not row[place] for row in rows) for place in range(len(groupings))]
        self.left = [groups for id, groups in people.items() if id not in self.people]
        named = [{row[place] for row in rows if row[place]} for place in range(len(groupings))]
        self.few = [sum(groups[place] not in names for groups in self.left) for place, names in enumerate(named)]
        self.hidden_cells = {}
        for one, other in combinations(range(len(groupings)), 2):
            crossed = Counter((row[one], row[other]) for row in rows)
            self.hidden_cells[one, other] = suppression.hidden_cells(
                {cell: people for cell, people in crossed.items() if all(cell)},
                {cell: people for cell, people in crossed.items() if not all(cell)},
            )

    def tables(self, selected: Collection[int]) -> tuple[Table, ...]:
        """A table for each grouping and one for each pair of them, of who is selected."""
        return (
            *(self._alone(place, selected) for place in range(len(self.groupings))),
            *(self._crossed(pair, hidden, selected) for pair, hidden in self.hidden_cells.items()),
        )

    def _alone(self, place: int, selected: Collection[int]) -> Table:
        tallies = self._tallies((place,), selected)
        apart, few = self.apart[place], self.few[place]
        return Table(
            (self.groupings[place],),
            fairness.compare(tallies) if tallies else None,
            apart,
            few=0 < few < suppression.SMALLEST_SHOWN,
            incomplete=apart + few > 0,
        )

    def _crossed(self, places: tuple[int, int], hidden: Collection[Groups] | None, selected: Collection[int]) -> Table:
        names = tuple(self.groupings[place] for place in places)
        tallies = self._tallies(places, selected, hidden or ())
        if hidden is None or not tallies:
            return Table(names, None)
        incomplete = bool(hidden or self.left) or any(self.apart[place] for place in places)
        return Table(names, fairness.compare(tallies, hidden), incomplete=incomplete)

    def _tallies(
        self, places: tuple[int, ...], selected: Collection[int], hidden: Collection[Groups] = ()
    ) -> dict[Groups, Tally]:
        """People by their groups, the largest first; those that are hidden last and by name, which tells no size."""
        counts: defaultdict[Groups, list[int]] = defaultdict(lambda: [0, 0])
        for id, groups in self.people.items():
            name = tuple(groups[place] for place in places)
            if all(name):
                counts[name][0] += 1
                counts[name][1] += id in selected
        order = sorted(counts, key=lambda name: (name in hidden, 0 if name in hidden else -counts[name][0], name))
        return {name: Tally(*counts[name]) for name in order}
