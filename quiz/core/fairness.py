"""Adverse impact: how often the people of each group are selected, and how that compares with the most selected one.

    selection rate   selected people of a group / people of the group
    scoring rate     people of a group who score above the median of all / people of the group
    impact ratio     a group's rate / the highest rate of the groups that are shown (the base)

These are the figures of New York City's rule on automated employment decision tools (Department of Consumer and Worker
Protection, final rule on Local Law 144 of 2021: 6 RCNY §§ 5-300 to 5-304), with its leave to set aside groups under 2 %
of the people, and the four-fifths rule of thumb of the United States' Uniform Guidelines on Employee Selection
Procedures (29 CFR § 1607.4 D). `docs/fairness.md` says what they mean and what they do not.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass
from statistics import NormalDist, median
from typing import Generic, TypeVar

import numpy as np

LEVEL = 0.95
"""Of the intervals: so often do intervals made like this hold the true figure."""
SET_ASIDE_SHARE = 0.02
"""Groups of a smaller share of all people get a rate, but no impact ratio, and are nobody's base."""
SIGNIFICANT = 0.05
"""Below this probability a difference is called larger than chance usually makes it."""

Name = TypeVar("Name", bound=Hashable)
Interval = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Tally:
    """How many people a group has, and how many of them were selected (or scored above the median)."""

    people: int
    selected: int

    def __post_init__(self) -> None:
        if not 0 <= self.selected <= self.people:
            raise ValueError(f"{self.selected} of {self.people} people cannot be selected")

    @property
    def rate(self) -> float:
        """The share that was selected; nan without people."""
        return self.selected / self.people if self.people else math.nan


@dataclass(frozen=True, slots=True)
class Line(Generic[Name]):
    """A group in comparison with the base. What is not to be shown, or has no value, is None.

    `set_aside`: under 2 % of all people. `ratio` is the impact ratio with its interval, `below` whether it lies under
    four fifths, `chance` the probability (Fisher's exact test, both sides) of a difference from the base at least
    as unlikely as this one if the groups did not differ.
    """

    name: Name
    tally: Tally | None
    rate_interval: Interval | None = None
    set_aside: bool = False
    base: bool = False
    ratio: float | None = None
    ratio_interval: Interval | None = None
    below: bool | None = None
    chance: float | None = None


@dataclass(frozen=True, slots=True)
class Comparison(Generic[Name]):
    """Groups compared: their lines in the order given."""

    lines: tuple[Line[Name], ...]

    @property
    def base(self) -> Line[Name] | None:
        """The group that the others are compared with; None where none is large enough."""
        return next((line for line in self.lines if line.base), None)

    @property
    def compared(self) -> tuple[Line[Name], ...]:
        """The groups that have a ratio to the base."""
        return tuple(line for line in self.lines if line.ratio is not None and not line.base)


def compare(groups: Mapping[Name, Tally], hidden: Collection[Name] = ()) -> Comparison[Name]:
    """Compare groups. `hidden` are neither shown nor anybody's base, for that would tell of them."""
    people = sum(tally.people for tally in groups.values())
    shown = {name: tally for name, tally in groups.items() if name not in hidden and tally.people}
    eligible = {name: tally for name, tally in shown.items() if tally.people >= SET_ASIDE_SHARE * people}
    # Of groups with the same rate the largest is the base: its rate is the surest.
    base = max(eligible, key=lambda name: (eligible[name].rate, eligible[name].people), default=None)
    lines: list[Line[Name]] = []
    for name in groups:
        if name not in shown:
            lines.append(Line(name, None))
        elif name not in eligible or base is None:
            lines.append(Line(name, shown[name], wilson(shown[name]), set_aside=True))
        else:
            lines.append(_beside(name, shown[name], eligible[base], is_base=name == base))
    return Comparison(tuple(lines))


def impact_ratio(rate: float, base: float) -> float | None:
    """A group's rate in terms of the base's; None where nobody of the base was selected."""
    return rate / base if base else None


def below_four_fifths(group: Tally, base: Tally) -> bool:
    """Whether the impact ratio lies under four fifths, in whole numbers: exactly .8 never does."""
    return 5 * group.selected * base.people < 4 * base.selected * group.people


def above_median(scores: Mapping[Name, float]) -> frozenset[Name]:
    """Who scores above the median of all; an even half at most, and fewer where many have the very same score."""
    if not scores:
        return frozenset()
    middle = median(scores.values())
    return frozenset(name for name, score in scores.items() if score > middle)


def wilson(tally: Tally, level: float = LEVEL) -> Interval:
    """The score interval of a rate (Wilson 1927); sensible for small groups and for rates of 0 and 1."""
    n, rate = tally.people, tally.rate
    z = NormalDist().inv_cdf((1 + level) / 2)
    middle = (rate + z * z / (2 * n)) / (1 + z * z / n)
    reach = z / (1 + z * z / n) * math.sqrt(rate * (1 - rate) / n + z * z / (4 * n * n))
    # At the ends the formula gives 0 and 1 but for the last digits.
    return (max(0.0, middle - reach) if tally.selected else 0.0, min(1.0, middle + reach) if rate < 1 else 1.0)


def ratio_interval(group: Tally, base: Tally, level: float = LEVEL) -> Interval:
    """The score interval of the ratio of two rates (Koopman 1984), which needs no correction for zeros.

    The ratios that a test of that ratio would not reject. The upper end is inf where nobody of the base was selected.
    """
    limit = NormalDist().inv_cdf((1 + level) / 2) ** 2
    point = group.rate / base.rate if base.selected else math.inf
    low = 0.0 if not group.selected else _edge(group, base, limit, outside=1e-9, inside=point)
    high = math.inf if not base.selected else _edge(group, base, limit, outside=1e9, inside=max(point, 1e-9))
    return low, high


def fisher(one: Tally, other: Tally) -> float:
    """The two-sided probability of Fisher's exact test: of all tables with the same totals that are no likelier."""
    selected, people = one.selected + other.selected, one.people + other.people
    first = np.arange(max(0, selected - other.people), min(one.people, selected) + 1)
    left = people - one.people - selected
    steps = np.log((selected - first[:-1]) * (one.people - first[:-1]))
    steps -= np.log((first[:-1] + 1.0) * (left + first[:-1] + 1))
    weights = np.concatenate([[0.0], np.cumsum(steps)])
    weights = np.exp(weights - weights.max())
    seen = weights[one.selected - first[0]]
    # Equally likely tables differ in the last digits.
    return float(min(1.0, weights[weights <= seen * (1 + 1e-7)].sum() / weights.sum()))


def _beside(name: Name, tally: Tally, base: Tally, *, is_base: bool) -> Line[Name]:
    interval = wilson(tally)
    ratio = impact_ratio(tally.rate, base.rate)
    if is_base or ratio is None:
        return Line(name, tally, interval, base=is_base, ratio=ratio)
    return Line(
        name,
        tally,
        interval,
        ratio=ratio,
        ratio_interval=ratio_interval(tally, base),
        below=below_four_fifths(tally, base),
        chance=fisher(tally, base),
    )


def _edge(group: Tally, base: Tally, limit: float, *, outside: float, inside: float) -> float:
    """Where the statistic crosses `limit`, between a ratio that it rejects and one that it does not; by halving."""
    low, high = math.log(outside), math.log(min(inside, 1e9))
    for _ in range(80):
        middle = (low + high) / 2
        if _distance(group, base, math.exp(middle)) > limit:
            low = middle
        else:
            high = middle
    return math.exp((low + high) / 2)


def _distance(group: Tally, base: Tally, ratio: float) -> float:
    """Koopman's chi-squared statistic of a ratio, with the likeliest rates that have it."""
    x, m, y, n = group.selected, group.people, base.selected, base.people
    b = ratio * (m + y) + x + n
    rate = (b - math.sqrt(b * b - 4 * ratio * (m + n) * (x + y))) / (2 * (m + n))
    if rate > 1 - 1e-9:
        # Everybody of the group: seen from the base, the same statistic has a value.
        return 0.0 if ratio <= 1 + 1e-9 else _distance(base, group, 1 / ratio)
    if rate <= 0:
        return 0.0
    squared = (x - m * rate) ** 2 / (m * rate * (1 - rate))
    return squared * (1 + m * (ratio - rate) / (n * (1 - rate)))
