"""A campaign's people as a whole: how far they came, what came out, how well the measurement worked with them.

Groups of fewer than five people are left out here, before anything is shown; so is the whole report while fewer than
five have finished, or have been filtered away. The funnel is not made of groups: it counts people at each question,
whoever they are. Counts are of everybody; what has to be read out of single results is taken from an even sample of
`SAMPLE` people where there are more, and the report says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np

from quiz.core import consistency, suppression
from quiz.core.consistency import Consistency
from quiz.core.measure import Answers
from quiz.core.outcome import NAMED, Kind
from quiz.core.quality import Flag
from quiz.services import results
from quiz.services.campaigns import Campaign
from quiz.services.cohort_sizes import holding, told
from quiz.services.document import Figures, Result
from quiz.services.filters import Filter
from quiz.services.library import Edition
from quiz.store import cohort
from quiz.store.cohort import Bundle
from quiz.store.database import Database

__all__ = ["SAMPLE", "SMALLEST", "Cohort", "Group", "Groups", "Portion", "Spread", "Step", "Verdict", "report"]

SAMPLE = 5000
"""So many results are read one by one: the standard error of a mean is then a seventh of a point."""
SMALLEST = suppression.SMALLEST_SHOWN

Verdict = tuple[str | None, str | None]
"""A kind of outcome and the role that it names; without a kind, a result from before kinds were kept."""
Name = TypeVar("Name", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Group(Generic[Name]):
    """Some people of all; `people` is None where they are too few to be shown."""

    name: Name
    people: int | None
    share: float | None


@dataclass(frozen=True, slots=True)
class Groups(Generic[Name]):
    """People divided into groups, each in one. `not_shown` are those of the groups that are not shown, together."""

    groups: tuple[Group[Name], ...]
    people: int
    not_shown: int


@dataclass(frozen=True, slots=True)
class Step:
    """A question: which share of those who started answered it, and which share of the ones before it was lost.

    `people` is None in a sample, `lost` where nobody was left.
    """

    item: str
    people: int | None
    share: float
    lost: float | None


@dataclass(frozen=True, slots=True)
class Spread:
    """How figures are spread: the mean, and the quartiles."""

    mean: float
    low: float
    median: float
    high: float

    @classmethod
    def of(cls, figures: Sequence[float]) -> Spread:
        """The spread of some figures, at least one."""
        low, middle, high = np.percentile(figures, [25, 50, 75]).tolist()
        return cls(float(np.mean(figures)), low, middle, high)


@dataclass(frozen=True, slots=True)
class Portion:
    """A sign of poor response quality, and the share of the people looked at who show it; None: not to be shown."""

    flag: Flag
    share: float | None


@dataclass(frozen=True, slots=True)
class Cohort:
    """The report. `opened` is known only of a whole campaign. Everything else is empty where it is `small`.

    `walked` people are behind the steps, `read` behind the signs, `reliable` of them behind fits and profile,
    `consistent` behind the reliability, by dimension and by two roles, which is empty with fewer than 30. Of these two,
    those that are not told exactly, but as the least they can be, are named in `at_least`. `minutes` are from start to
    finish. Results of `otherwise_made` people are of another pack version; fits, profile and reliability omit them.
    """

    opened: int | None = None
    started: int = 0
    finished: int = 0
    steps: tuple[Step, ...] = ()
    walked: int = 0
    minutes: Spread | None = None
    outcomes: Groups[Verdict] | None = None
    signs: Groups[int] | None = None
    flags: tuple[Portion, ...] = ()
    languages: Groups[str] | None = None
    read: int = 0
    reliable: int = 0
    fits: Mapping[str, Spread] | None = None
    profile: Mapping[str, Spread] | None = None
    consistent: int = 0
    at_least: frozenset[str] = frozenset()
    reliability: Mapping[str, Consistency] | None = None
    contrasts: Mapping[tuple[str, str], Consistency] | None = None
    otherwise_made: int = 0

    @property
    def small(self) -> bool:
        """Whether too few have finished for a report, or all but too few."""
        return self.finished < SMALLEST

    @property
    def sampled(self) -> bool:
        """Whether some figures are of a sample."""
        return self.walked < self.started or self.read < self.finished


def report(database: Database, edition: Edition, campaign: Campaign, wanted: Filter) -> Cohort:
    """The report on those of a campaign whom a filter means."""
    store = database.reader()
    bundles = cohort.bundles(store, campaign.id, wanted)
    started = sum(bundle.people for bundle in bundles)
    done = [bundle for bundle in bundles if bundle.finished]
    finished = sum(bundle.people for bundle in done)
    if finished < SMALLEST or (wanted and _leaves_few(cohort.bundles(store, campaign.id, Filter()), started, finished)):
        return Cohort()
    walked, answered = cohort.answered(store, campaign.id, wanted, started, SAMPLE)
    found = cohort.results(store, campaign.id, wanted, finished, SAMPLE)
    read = [results.load(text) for _, text in found]
    alike = [result for result, (made, _) in zip(read, found, strict=True) if made == campaign.pack_version]
    reliable = [result for result in alike if result["outcome"]["kind"] != Kind.NONE]
    answers = consistency.complete(_table(edition, reliable))
    outcomes = _groups(verdicts(edition), done, lambda each: (each.outcome, each.role))
    steps = _steps(edition, answered, walked, exact=walked == started)
    otherwise_made = cohort.otherwise_made(store, campaign.id, wanted, campaign.pack_version)
    withheld = next(group.people for group in outcomes.groups if group.name == (Kind.NONE, None))
    whole = holding(len(read), finished, otherwise_made, withheld)
    sizes = told(len(reliable), len(answers), whole, [step.people for step in steps if step.people is not None])
    profiled = reliable if sizes.reliable >= SMALLEST else []
    enough = sizes.consistent >= consistency.FEWEST
    return Cohort(
        opened=None if wanted else max(campaign.opened, started),
        started=started,
        finished=finished,
        steps=steps,
        walked=walked,
        minutes=Spread.of([took / 60_000 for took in cohort.durations(store, campaign.id, wanted)]),
        outcomes=outcomes,
        signs=_groups((0, 1, 2), done, lambda each: each.signs),
        flags=_flags(read),
        languages=_groups((), bundles, lambda each: each.language),
        read=len(read),
        reliable=sizes.reliable,
        fits=_spreads(edition.pack.role_ids, [result["fits"] for result in profiled]),
        profile=_spreads(edition.pack.dimension_ids, [result["traits"] for result in profiled]),
        consistent=sizes.consistent,
        at_least=sizes.at_least,
        reliability=consistency.of_dimensions(edition.measure, answers, sizes.consistent) if enough else {},
        contrasts=consistency.of_contrasts(edition.measure, answers, sizes.consistent) if enough else {},
        otherwise_made=otherwise_made,
    )


def verdicts(edition: Edition) -> tuple[Verdict, ...]:
    """Everything that can come out, in the order in which it is listed."""
    named = [(kind.value, role) for role in edition.pack.role_ids for kind in Kind if kind in NAMED]
    return (*named, *((kind.value, None) for kind in Kind if kind not in NAMED))


def _leaves_few(everybody: Sequence[Bundle], started: int, finished: int) -> bool:
    """Whether one to four people of everybody are not among these: with both reports, they could be subtracted out."""
    others = (
        sum(bundle.people for bundle in everybody) - started,
        sum(bundle.people for bundle in everybody if bundle.finished) - finished,
    )
    return any(0 < people < SMALLEST for people in others)


def _groups(names: Sequence[Name], bundles: Sequence[Bundle], name_of: Callable[[Bundle], Name]) -> Groups[Name]:
    """Bundles by a name: the names given in their order, then others that occur."""
    sizes: Counter[Name] = Counter()
    for bundle in bundles:
        sizes[name_of(bundle)] += bundle.people
    everyone, hides = sum(sizes.values()), suppression.hidden(sizes)
    order = [*names, *sorted((name for name in sizes if name not in names), key=str)]
    return Groups(
        tuple(
            Group(name, None, None) if name in hides else Group(name, sizes[name], sizes[name] / everyone)
            for name in order
        ),
        everyone,
        sum(sizes[name] for name in hides),
    )


def _steps(edition: Edition, answered: Mapping[str, int], people: int, *, exact: bool) -> tuple[Step, ...]:
    steps, before = [], people
    for item in edition.pack.item_ids:
        count = answered.get(item, 0)
        lost = max(0, before - count) / before if before else None
        steps.append(Step(item, count if exact else None, count / people, lost))
        before = count
    return tuple(steps)


def _flags(read: Sequence[Result]) -> tuple[Portion, ...]:
    counts = Counter(flag for result in read for flag in result["flags"])
    return tuple(Portion(flag, _share(counts[flag], len(read))) for flag in Flag)


def _share(count: int, everyone: int) -> float | None:
    """A share, unless so few have it, or so few have it not, that they may not be shown."""
    return None if 0 < count < SMALLEST or 0 < everyone - count < SMALLEST else count / everyone


def _spreads(names: Sequence[str], found: Sequence[Mapping[str, Figures]]) -> Mapping[str, Spread]:
    """How the points of each name are spread; of fewer than five people, not at all."""
    points = {name: [figures[name]["points"] for figures in found if name in figures] for name in names}
    return {name: Spread.of(figures) for name, figures in points.items() if len(figures) >= SMALLEST}


def _table(edition: Edition, read: Sequence[Result]) -> Answers:
    """The answers of these results (people, items) in the pack's order, 0 for unanswered."""
    ids = edition.pack.item_ids
    table: Answers = np.zeros((len(read), len(ids)), dtype=np.int8)
    for row, result in zip(table, read, strict=True):
        row[:] = [result["choices"].get(item, 0) for item in ids]
    return table
