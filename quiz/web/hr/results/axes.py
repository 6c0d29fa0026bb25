"""One quantity of several people on one axis, and in words who can be told apart by it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations

from flask_babel import gettext

from quiz.core.compare import Difference, apart, difference
from quiz.present import chart
from quiz.present.chart import Range
from quiz.present.numbers import decimal
from quiz.services.document import Figures, Result
from quiz.web.i18n import language

POINTS = 10
"""Points a standard deviation."""


@dataclass(frozen=True, slots=True)
class Side:
    """Somebody with a result."""

    name: str
    result: Result


@dataclass(frozen=True, slots=True)
class Axis:
    """What is measured and the role that it belongs to, each one's range, and what can be said of them."""

    id: str
    role: str
    rows: tuple[tuple[Side, Range], ...]
    verdicts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Estimate:
    """Somebody's estimate with its standard error, and the range that is drawn of it."""

    name: str
    value: float
    sd: float
    drawn: Range


def axis(name: str, role: str, sides: Sequence[Side], figures_of: Callable[[Result], Figures | None]) -> Axis:
    """Ranges of estimates on the axis of points. Who lacks the figure, their version having had none, is left out."""
    known = [(side, figures) for side in sides if (figures := figures_of(side.result))]
    rows = [(side, chart.strip(round(each["points"]), round(each["low"]), round(each["high"]))) for side, each in known]
    estimates = [
        Estimate(side.name, each["points"], POINTS * each["se"], drawn)
        for (side, each), (_, drawn) in zip(known, rows, strict=True)
    ]

    def lies_above(higher: str, lower: str, found: Difference) -> str:
        low, high = found.interval()
        return gettext(
            "%(higher)s lies above %(lower)s, by %(low)s to %(high)s points.",
            higher=higher,
            lower=lower,
            low=decimal(low, language(), 0),
            high=decimal(high, language(), 0),
        )

    return Axis(name, role, tuple(rows), verdicts(estimates, lies_above))


def verdicts(estimates: Sequence[Estimate], told_apart: Callable[[str, str, Difference], str]) -> tuple[str, ...]:
    """What can be said of every two people, in the order in which they stand: apart only where no ranges overlap.

    The ranges are those that are drawn, to the digit that is shown, so that words and picture never disagree.
    """
    said, pairs = [], list(combinations(estimates, 2))
    for one, other in pairs:
        higher, lower = (one, other) if one.value >= other.value else (other, one)
        if apart((one.drawn.low, one.drawn.high), (other.drawn.low, other.drawn.high)):
            found = difference(higher.value, higher.sd, lower.value, lower.sd)
            said.append(told_apart(higher.name, lower.name, found))
    if len(pairs) == 1 and not said:
        said.append(gettext("The ranges overlap: not distinguishable."))
    elif pairs and not said:
        said.append(gettext("All ranges overlap: not distinguishable."))
    elif len(said) < len(pairs):
        said.append(gettext("All other ranges overlap: not distinguishable."))
    return tuple(said)
