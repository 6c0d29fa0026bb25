"""How many people are behind a cohort's profile and its reliability, told so that no small group follows from it.

The report says how many finished, and these are fewer: what they lack may be one person whose result was withheld.
Where a count lies one to four under another that is shown and holds its people, only the least that it can be is told.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from quiz.core import suppression
from quiz.core.suppression import SMALLEST_SHOWN


@dataclass(frozen=True, slots=True)
class Sizes:
    """People with a reliable result, and those of them who answered everything; the names of what is `at_least`."""

    reliable: int
    consistent: int
    at_least: frozenset[str]


def holding(read: int, finished: int, otherwise_made: int, withheld: int | None) -> tuple[int, ...]:
    """What anybody can work out of the report that holds all people with a reliable result.

    `read` of those who `finished` are looked at; of these, `otherwise_made` people have a result of another version,
    and `withheld` no reliable one (None: it is not shown). A sample is compared with nothing but itself.
    """
    known = [read]
    if read == finished and otherwise_made >= SMALLEST_SHOWN:
        known.append(finished - otherwise_made)
    if read == finished and withheld is not None:
        known.append(finished - withheld)
        if 0 < otherwise_made < SMALLEST_SHOWN:
            # To lack nobody would tell as well: that the result of each of those few was withheld.
            known.append(finished - withheld + 1)
    return tuple(known)


def told(reliable: int, consistent: int, known: Collection[int], answered: Collection[int]) -> Sizes:
    """Both counts as they may be told, beside the counts of `known` and of those who `answered` each question."""
    first = suppression.least(reliable, known)
    others = [*known, *(people for people in answered if people >= consistent), *([reliable] if first is None else [])]
    second = suppression.least(consistent, others)
    return Sizes(
        reliable if first is None else max(0, first),
        consistent if second is None else max(0, second),
        frozenset(name for name, least in (("reliable", first), ("consistent", second)) if least is not None),
    )
