"""What comes out of an attempt: its figures, as frozen values, and the outcome that they are called."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from statistics import NormalDist
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from quiz.core import normal
from quiz.core.pack import Pack

Array = NDArray[np.float64]
Answers = NDArray[np.int8]

CLEAR = 0.95
"""From this probability of being the better fit a role is named as the clear one."""
LEANING = 0.80
"""From this probability a role is named as the one leaned to. No role is ever named below it."""
FITS = 0.80
"""From this probability of lying above the average a role counts as fitting."""
STANDS_BACK = 0.20
"""Up to this probability of lying above the average a role counts as not standing out."""
FLAGS_THAT_WITHHOLD = 2
"""So many response-quality flags, or more, withhold the result …"""
WITHHOLD_ALONE = frozenset({"straight-line", "random"})
"""… and each of these does by itself: hardly any attentive person raises one (docs/measurement.md has the rates)."""
FEW_ANSWERS = "few-answers"
"""The reason given when fewer questions were answered than the pack's minimum."""


class Estimate(NamedTuple):
    """A posterior mean and its standard error, in standard deviations of the assumed population."""

    score: float
    se: float

    @property
    def points(self) -> float:
        """The score on the scale that people see: mean 50, standard deviation 10."""
        return 50 + 10 * self.score

    @property
    def margin(self) -> float:
        """The standard error in points."""
        return 10 * self.se

    @property
    def chance_above_average(self) -> float:
        """The probability that the true value lies above the population's mean."""
        return normal.cdf(self.score / self.se)

    def interval(self, level: float = 0.9) -> tuple[float, float]:
        """The central interval, in points, that holds the true value with probability `level` (0..1)."""
        reach = NormalDist().inv_cdf((1 + level) / 2) * self.margin
        return self.points - reach, self.points + reach


@dataclass(frozen=True, slots=True)
class Contrast:
    """How much better role `first` fits than `second`, in standard deviations among people.

    `mean` is m = c'θ̂; `posterior_variance` is c'Vc; `sd` is s and adds the doubt about the role weights;
    `probability` is that of `first` being the better fit. `contributions` maps every answered item, in the
    pack's order, to (c'G)_i z_i; they sum to `mean`.
    """

    first: str
    second: str
    mean: float
    posterior_variance: float
    sd: float
    probability: float
    contributions: Mapping[str, float]

    @property
    def reliability(self) -> float:
        """1 - c'Vc: the share of the contrast's variance that the answered items account for."""
        return max(0.0, 1 - self.posterior_variance)

    def interval(self, level: float = 0.9) -> tuple[float, float]:
        """The central interval that holds the true contrast with probability `level`, doubt about weights included."""
        reach = NormalDist().inv_cdf((1 + level) / 2) * self.sd
        return self.mean - reach, self.mean + reach

    @property
    def accuracy_ceiling(self) -> float:
        """How often the sign of the contrast can be right at best."""
        return accuracy_ceiling(self.reliability)


def accuracy_ceiling(reliability: float) -> float:
    """How often a sign can be right at best: 1/2 + arcsin(sqrt(reliability)) / π.

    So often do two normal variables agree in sign when that root is their correlation (Sheppard 1899).
    """
    return 0.5 + math.asin(math.sqrt(reliability)) / math.pi


@dataclass(frozen=True, slots=True)
class Scores:
    """One attempt's figures: `best` is each role's probability of being the best fit of all.

    `pairs` holds, for every two roles in the pack's order, the probability that the first fits better.
    `answered` (item ids) and all mappings keep the pack's order. With two roles `contrast` is the first
    over the second; with more, the role likeliest to be the best over the one it is least sure to beat.
    """

    answered: tuple[str, ...]
    traits: Mapping[str, Estimate]
    fits: Mapping[str, Estimate]
    contrast: Contrast
    best: Mapping[str, float]
    pairs: Mapping[tuple[str, str], float]

    def over(self, role: str, other: str) -> float:
        """The probability that `role` fits better than `other`. KeyError for unknown roles or one and the same."""
        return self.pairs[role, other] if (role, other) in self.pairs else 1 - self.pairs[other, role]


@dataclass(frozen=True, slots=True)
class ScoreTable:
    """Many attempts' figures, one row a person: traits (n, d), fits and best (n, r).

    `mean`, `sd` and `probability` (n,) are of the contrast of the pack's first role over its second; `leading`
    (n,) is the probability by which `decide` names the leading role, or not.
    """

    traits: Array
    trait_se: Array
    fits: Array
    fit_se: Array
    mean: Array
    sd: Array
    probability: Array
    best: Array
    leading: Array


class Kind(StrEnum):
    """The six outcomes."""

    CLEAR = "clear"
    LEANING = "leaning"
    BOTH = "both"
    NEITHER = "neither"
    TOO_CLOSE = "too-close"
    NONE = "none"


NAMED = frozenset({Kind.CLEAR, Kind.LEANING})
"""The outcomes that name a winner."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the person is told. `role` is named, over `runner_up`, only when the kind is clear or leaning.

    `leader` is the role that comes first, named or not, and `runner_up` the one it is least sure to beat; there is
    neither where no result is reliable. `probability` is that of the leader being the best fit. `reasons`
    says why there is no reliable result ("few-answers", flags) and is empty for every other kind.
    """

    kind: Kind
    role: str | None
    runner_up: str | None
    probability: float
    reasons: tuple[str, ...] = ()
    leader: str | None = None


def decide(pack: Pack, scores: Scores, flags: Collection[str]) -> Outcome:
    """The outcome of `scores`, given the response-quality `flags`; the first rule that applies decides."""
    contrast = scores.contrast
    leader, runner_up = contrast.first, contrast.second
    # Exactly even roles keep the pack's order, so that a reload never reshuffles them.
    if contrast.probability < 0.5 and len(pack.roles) == 2:
        leader, runner_up = runner_up, leader
    # Being the best of all, and better than each other role, must all be likely enough: only the latter
    # counts the doubt about the weights, and the next best role need not be the one hardest to tell apart.
    each = (scores.over(leader, other) for other in pack.role_ids if other != leader)
    probability = min(scores.best[leader], *each)
    if reasons := _reasons(pack, len(scores.answered), flags):
        return Outcome(Kind.NONE, None, None, probability, reasons)
    chances = {role: fit.chance_above_average for role, fit in scores.fits.items()}
    kind = classify(probability, (chances[leader], chances[runner_up]), chances.values())
    if kind in NAMED:
        return Outcome(kind, leader, runner_up, probability, leader=leader)
    return Outcome(kind, None, runner_up, probability, leader=leader)


def classify(probability: float, leading: Collection[float], everyone: Collection[float]) -> Kind:
    """The rules for reliable results, in their order, on bare probabilities.

    `probability` is that of the leading role being the better fit; `leading` and `everyone` are those of
    lying above the average, of the two leading roles and of all roles.
    """
    if probability >= CLEAR:
        return Kind.CLEAR
    if probability >= LEANING:
        return Kind.LEANING
    if min(leading) >= FITS:
        return Kind.BOTH
    if max(everyone) <= STANDS_BACK:
        return Kind.NEITHER
    return Kind.TOO_CLOSE


def _reasons(pack: Pack, answered: int, flags: Collection[str]) -> tuple[str, ...]:
    """Why no reliable result can be given; empty if one can."""
    few = (FEW_ANSWERS,) if answered < pack.minimum else ()
    return (*few, *map(str, flags)) if withholds(flags) else few


def withholds(flags: Collection[str]) -> bool:
    """Whether these response-quality flags withhold the result."""
    return len(flags) >= FLAGS_THAT_WITHHOLD or not WITHHOLD_ALONE.isdisjoint(flags)
