"""Two people side by side: whether their ranges leave each other free, and how large their difference is then."""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist

LEVEL = 0.9
"""Of the interval of a difference; as of every range that is shown."""


@dataclass(frozen=True, slots=True)
class Difference:
    """The first person's estimate less the second's, with its standard error, in the estimates' own unit."""

    mean: float
    sd: float

    def interval(self, level: float = LEVEL) -> tuple[float, float]:
        """The central interval that holds the true difference with probability `level`."""
        reach = NormalDist().inv_cdf((1 + level) / 2) * self.sd
        return self.mean - reach, self.mean + reach


def apart(one: tuple[float, float], other: tuple[float, float]) -> bool:
    """Whether two ranges, each from its lower to its upper end, have no point in common; else nobody is told apart.

    This asks for more than an interval of the difference that leaves out zero, because two errors seldom go against
    each other: with equal errors, 90 % ranges that do not meet mean a 98 % interval of the difference without zero
    (Schenker and Gentleman 2001, "On judging the significance of differences by examining the overlap between
    confidence intervals"). It is the rule that people read from a picture, and never says more than the picture does.
    """
    return one[0] > other[1] or other[0] > one[1]


def difference(first: float, first_sd: float, second: float, second_sd: float) -> Difference:
    """The difference of two people's estimates, whose errors are independent: √(sd₁² + sd₂²).

    The standard error of the difference between two people's scores (Payne and Jones 1957, "Statistics of the
    investigation of individual cases"; Harvill 1991, "Standard error of measurement"). ValueError without any error.
    """
    sd = math.hypot(first_sd, second_sd)
    if not sd > 0:
        raise ValueError("estimates without error cannot be compared by it")
    return Difference(first - second, sd)
