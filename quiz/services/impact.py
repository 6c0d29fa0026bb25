"""The adverse-impact report: a campaign's results by groups that somebody hands in. Nothing of it is kept.

The people compared are those of the file who finished. A result that is withheld for its answers' quality names no
role and has no score above the median: to the person it is the same as not being selected. The median of a role's fit
is that of everybody in the campaign with a reliable result.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from statistics import median

from quiz.core import fairness, suppression
from quiz.core.fairness import Comparison, Tally
from quiz.core.outcome import Kind
from quiz.services.campaigns import Campaign
from quiz.services.group_file import GroupFile
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

    `unknown` people have no group in it; None for crossed ones, whose totals could give small groups away.
    `comparison` is None where nothing at all can be shown.
    """

    groupings: Groups
    comparison: Comparison[Groups] | None
    unknown: int | None

    @property
    def crossed(self) -> bool:
        """Whether two groupings are crossed."""
        return len(self.groupings) > 1


@dataclass(frozen=True, slots=True)
class Report:
    """The report. `unmatched` and `repeated` are lines of the file; `superseded` earlier attempts of the matched.

    `tables` are by measure: the chosen one first, then the scoring rate of each role.
    """

    finished: int
    matched: int
    withheld: int
    superseded: int
    unmatched: tuple[int, ...]
    repeated: tuple[int, ...]
    medians: Mapping[str, float]
    tables: Mapping[Measure, tuple[Table, ...]]

    @property
    def below(self) -> tuple[int, int]:
        """How many groups lie under four fifths, over all tables, and how many of these by more than usual chance."""
        chances = [
            line.chance
            for tables in self.tables.values()
            for table in tables
            if table.comparison
            for line in table.comparison.lines
            if line.below and line.chance is not None
        ]
        return len(chances), sum(chance < fairness.SIGNIFICANT for chance in chances)


def can_match(database: Database, campaign: Campaign) -> tuple[int, bool]:
    """How many people finished, and whether any of them has a reference or an e-mail address to be known by."""
    people = cohort.finishers(database.reader(), campaign.id)
    return len(people), any(each.reference or each.email for each in people)


def report(database: Database, campaign: Campaign, file: GroupFile, chosen: Measure, roles: Sequence[str]) -> Report:
    """Compare the groups of a file. Raises TooFew."""
    store = database.reader()
    people = cohort.finishers(store, campaign.id)
    matched, unmatched, repeated = _match(people, file)
    if len(matched) < suppression.SMALLEST_SHOWN:
        raise TooFew(len(matched))
    reliable = {each.id for each in people if each.outcome != Kind.NONE}
    points = {
        role: {id: value for id, value in cohort.points(store, campaign.id, role).items() if id in reliable}
        for role in roles
    }
    medians = {role: median(values.values()) for role, values in points.items() if values}
    measures = [chosen, *(Measure("score", role) for role in roles if role in medians)]
    shape = _Shape(file.groupings, list(matched.values()))
    by_id = {each.id: each for each in people}
    return Report(
        finished=len(people),
        matched=len(matched),
        withheld=sum(id not in reliable for id in matched),
        superseded=_superseded(people, [by_id[id] for id in matched]),
        unmatched=tuple(unmatched),
        repeated=tuple(repeated),
        medians=medians,
        tables={measure: shape.tables(matched, _selected(measure, people, points, medians)) for measure in measures},
    )


def _match(people: Sequence[Finisher], file: GroupFile) -> tuple[dict[int, Groups], list[int], list[int]]:
    """The groups of each matched attempt, the lines of nobody, the lines of somebody who had one already.

    Of several attempts of one person the last to be finished counts.
    """
    by_email = {each.email.casefold(): each.id for each in people if each.email}
    by_reference = {each.reference: each.id for each in people if each.reference}
    matched: dict[int, Groups] = {}
    unmatched, repeated = [], []
    for row in file.rows:
        found = by_reference.get(row.person, by_email.get(row.person.casefold()))
        if found is None:
            unmatched.append(row.line)
        elif found in matched:
            repeated.append(row.line)
        else:
            matched[found] = row.groups
    return matched, unmatched, repeated


def _superseded(people: Sequence[Finisher], matched: Sequence[Finisher]) -> int:
    """How many other attempts the matched people have finished."""
    references = Counter(each.reference for each in people if each.reference)
    emails = Counter(each.email.casefold() for each in people if each.email)
    together = (
        max(references[each.reference] if each.reference else 1, emails[each.email.casefold()] if each.email else 1)
        for each in matched
    )
    return sum(attempts - 1 for attempts in together)


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
    """Which groups there are and which of them may be shown: the same for every measure, for it goes by sizes only."""

    def __init__(self, groupings: Groups, rows: Sequence[Groups]) -> None:
        self.groupings = groupings
        self.sizes = [Counter(row[place] for row in rows if row[place]) for place in range(len(groupings))]
        self.hidden = [suppression.hidden(sizes) for sizes in self.sizes]
        self.pairs = list(combinations(range(len(groupings)), 2))
        self.hidden_cells = {}
        for one, other in self.pairs:
            crossed = Counter((row[one], row[other]) for row in rows)
            self.hidden_cells[one, other] = suppression.hidden_cells(
                {cell: people for cell, people in crossed.items() if all(cell)},
                self.hidden[one],
                self.hidden[other],
                {cell: people for cell, people in crossed.items() if not all(cell)},
            )

    def tables(self, people: Mapping[int, Groups], selected: Collection[int]) -> tuple[Table, ...]:
        """A table for each grouping and one for each pair of them, of who is selected."""
        alone = (
            self._table((place,), people, selected, {(name,) for name in hidden})
            for place, hidden in enumerate(self.hidden)
        )
        return (*alone, *(self._table(pair, people, selected, self.hidden_cells[pair]) for pair in self.pairs))

    def _table(
        self,
        places: tuple[int, ...],
        people: Mapping[int, Groups],
        selected: Collection[int],
        hidden: Collection[Groups] | None,
    ) -> Table:
        tallies: defaultdict[Groups, list[int]] = defaultdict(lambda: [0, 0])
        unknown = 0
        for id, groups in people.items():
            name = tuple(groups[place] for place in places)
            if not all(name):
                unknown += 1
                continue
            tallies[name][0] += 1
            tallies[name][1] += id in selected
        # The largest first; those that are hidden last and by name, for their place would tell their size.
        kept_back = hidden or ()
        order = sorted(
            tallies, key=lambda name: (name in kept_back, 0 if name in kept_back else -tallies[name][0], name)
        )
        names = tuple(self.groupings[place] for place in places)
        if hidden is None or len(people) - unknown < suppression.SMALLEST_SHOWN:
            return Table(names, None, None)
        compared = fairness.compare({name: Tally(*tallies[name]) for name in order}, hidden)
        return (
            Table(names, replace(compared, not_shown=None), None)
            if len(places) > 1
            else Table(names, compared, unknown)
        )
