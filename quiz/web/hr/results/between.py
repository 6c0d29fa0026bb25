"""The difference between the same two roles for several people; with more roles than two, of a pair that is chosen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import combinations

from flask_babel import gettext

from quiz.core.compare import Difference
from quiz.core.pack import Pack
from quiz.present import chart
from quiz.services.document import Result
from quiz.services.library import Edition
from quiz.web.hr.results.axes import Axis, Estimate, Side, verdicts

Pair = tuple[str, str]
APART = "~"
"""Between two roles in an address; no id holds it."""


def pairs(pack: Pack) -> list[Pair]:
    """Every two roles, in the pack's order."""
    return list(combinations(pack.role_ids, 2))


def pair(pack: Pack, sides: Sequence[Side], asked: str) -> Pair | None:
    """The two roles to look at: those that are asked for, or else those that lead for most of these people."""
    known = pairs(pack)
    wanted = tuple(asked.split(APART))
    if wanted in known:
        return wanted[0], wanted[1]
    kept = [each.result["contrast"] for each in sides]
    leading = Counter(frozenset((contrast["first"], contrast["second"])) for contrast in kept)
    # Equally common ones keep the pack's order, so that a reload never reshuffles them.
    most = max(known, key=lambda roles: leading[frozenset(roles)])
    return most if leading[frozenset(most)] else None


def version(result: Result) -> str:
    """By which edition of the pack a result was made; results compare only within one."""
    made = result["pack"]
    return f"{made['version']}+{made.get('parameters', '1.0.0')}"


def contrast(edition: Edition, sides: Sequence[Side], pair: Pair, roles: Mapping[str, str]) -> Axis | None:
    """Everybody's difference between two roles; None where it is kept of another pair and cannot be made anew.

    With two roles it is what the result says. With more, a result keeps that of its own two leading roles, so it is
    made anew of the answers, which only the same edition of the pack can do.
    """
    first, second = pair
    known = [(side, _figures(edition, side.result, first, second)) for side in sides]
    found = [(side, figures) for side, figures in known if figures]
    if not found or len(found) < len(known):
        return None
    rows = [(side, chart.balance(*(round(100 * each) for each in figures[:3]))) for side, figures in found]

    def further(higher: str, lower: str, _: Difference) -> str:
        return gettext(
            "%(higher)s stands further towards %(role)s than %(lower)s.", higher=higher, lower=lower, role=roles[first]
        )

    estimates = [
        Estimate(side.name, figures[0], figures[3], drawn)
        for (side, figures), (_, drawn) in zip(found, rows, strict=True)
    ]
    return Axis(second, first, tuple(rows), verdicts(estimates, further))


def _figures(edition: Edition, result: Result, first: str, second: str) -> tuple[float, float, float, float] | None:
    """Mean, lower end, upper end and standard deviation of the first role over the second."""
    kept = result["contrast"]
    if (kept["first"], kept["second"]) == (first, second):
        return kept["mean"], kept["low"], kept["high"], kept["sd"]
    if (kept["first"], kept["second"]) == (second, first):
        return -kept["mean"], -kept["high"], -kept["low"], kept["sd"]
    if version(result) != edition.pack.full_version:
        return None
    made = edition.measure.contrast(result["choices"], first, second)
    return made.mean, *made.interval(), made.sd
