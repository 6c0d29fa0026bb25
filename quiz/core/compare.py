"""Two people side by side: what the difference of their estimates is worth, given how uncertain both are."""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist

LEVEL = 0.9
"""Of the interval that has to leave out zero before two people are told apart; as for every range that is shown."""


@dataclass(frozen=True, slots=True)
class Difference:
    """The first person's estimate less the second's, with its standard error, in the estimates' own unit."""

    mean: float
    sd: float

    def interval(self, level: float = LEVEL) -> tuple[float, float]:
        """The central interval that holds the true difference with probability `level`."""
        reach = NormalDist().inv_cdf((1 + level) / 2) * self.sd
        return self.mean - reach, self.mean + reach

    @property
    def distinguishable(self) -> bool:
        """Whether zero, no difference at all, lies outside the interval."""
        low, high = self.interval()
        return low > 0 or high < 0


def difference(first: float, first_sd: float, second: float, second_sd: float) -> Difference:
    """The difference of two people's estimates, whose errors are independent: √(sd₁² + sd₂²).

    The standard error of the difference between two people's scores (Payne and Jones 1957, "Statistics of the
    investigation of individual cases"; Harvill 1991, "Standard error of measurement"). Ranges that overlap may still
    differ: this is wider than one person's error, but less than the sum of both. ValueError without any error.
    """
    sd = math.hypot(first_sd, second_sd)
    if not sd > 0:
        raise ValueError("estimates without error cannot be compared by it")
    return Difference(first - second, sd)
