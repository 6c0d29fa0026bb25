"""What a table of real answers says of a pack: how reliable it is, and what its figures should be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from quiz.core.calibrate import Calibration, Refused, calibrate
from quiz.core.calibrate.groups import Comparison, compare
from quiz.core.item_analysis import ItemAnalysis, analyse
from quiz.core.measure import Measure
from quiz.core.outcome import Answers, Array, withholds
from quiz.core.pack import Estimation, Item, Pack
from quiz.core.quality import Flag, Seen, flags_many
from quiz.services import answer_table
from quiz.services.answer_table import AnswerRow, BadColumns, BadRow
from quiz.services.answer_table.delimited import SECONDS
from quiz.services.estimation.beware import SMALLEST_LOADING, warnings
from quiz.services.library import Edition

__all__ = [
    "BadColumns",
    "BadRow",
    "Collected",
    "Estimated",
    "Incomparable",
    "Refused",
    "Reliability",
    "collect",
    "estimate",
    "parted",
    "report",
]


class Incomparable(Refused):
    """Raised where only the groups stand in the way: all people together can be estimated from."""


@dataclass(frozen=True, slots=True, eq=False)
class Collected:
    """A table that was read: `answers` (people, items) in the pack's order with 0 for unanswered.

    `seconds` is of the same shape, nan where a time is not known, and None where no time is; `groups` has a word for
    each person, "" for none. People without any answer are counted in `empty` and left out.
    """

    answers: Answers
    seconds: Array | None
    groups: tuple[str, ...]
    bad: tuple[BadRow, ...]
    empty: int


@dataclass(frozen=True, slots=True)
class Reliability:
    """The analysis of a table, the share of its people who raise each flag, and of those whose result is withheld."""

    analysis: ItemAnalysis
    flagged: Mapping[Flag, float]
    withheld: float


@dataclass(frozen=True, slots=True, eq=False)
class Estimated:
    """New figures for a pack: the pack with them, where they come from, and what to beware of.

    `careless` is how many people were left out because they answered without reading. Of those who were not, `random`
    is the share whose answers look random by the new figures, and `random_before` by the figures so far.
    """

    pack: Pack
    calibration: Calibration
    comparison: Comparison | None
    collected: Collected
    careless: int
    random: float
    random_before: float
    warnings: tuple[str, ...]


def collect(
    edition: Edition, lines: Iterable[bytes], group: str | None = None, ignored: Sequence[str] = ()
) -> Collected:
    """Read a whole table of answers, with the column `group` if one is named; BadColumns if it makes no sense.

    The columns `ignored` are there and are not looked at. None of them can be an item's, for its answers count.
    """
    pack, people, bad = edition.pack, list[AnswerRow](), list[BadRow]()
    empty = 0
    if own := [name for name in ignored if name.removesuffix(SECONDS) in pack.position]:
        raise BadColumns(f"the column '{name}' is the pack's own and cannot be ignored" for name in own)
    for row in answer_table.read(pack, lines, [*([group] if group else []), *ignored]):
        if isinstance(row, BadRow):
            bad.append(row)
        elif row.answers:
            people.append(row)
        else:
            empty += 1
    answers = np.zeros((len(people), len(pack.items)), dtype=np.int8)
    seconds = np.full(answers.shape, np.nan)
    for place, row in enumerate(people):
        for item, answer in row.answers.items():
            answers[place, pack.position[item]] = answer
        for item, time in row.seconds.items():
            seconds[place, pack.position[item]] = time
    groups = tuple(row.groups.get(group or "", "") for row in people)
    return Collected(answers, None if np.isnan(seconds).all() else seconds, groups, tuple(bad), empty)


def parted(collected: Collected) -> Mapping[str, Collected]:
    """The table taken apart by group, in alphabetical order; who belongs to none is in no part."""
    groups = np.array(collected.groups)
    return {
        name: replace(
            collected,
            answers=collected.answers[groups == name],
            seconds=None if collected.seconds is None else collected.seconds[groups == name],
            groups=(name,) * int((groups == name).sum()),
        )
        for name in sorted(set(collected.groups) - {""})
    }


def report(edition: Edition, collected: Collected) -> Reliability:
    """Analyse a table; Refused if there is nobody in it."""
    if not len(collected.answers):
        raise Refused("nobody in the table answered anything")
    raised = flags_many(edition.measure, collected.answers, collected.seconds)
    return Reliability(
        analysis=analyse(edition.measure, collected.answers),
        flagged={flag: float(np.mean(seen)) for flag, seen in raised.items()},
        withheld=float(_withheld(raised).mean()),
    )


def _withheld(raised: Mapping[Flag, Seen]) -> Seen:
    """Whose flags withhold a result (people,)."""
    rows = zip(*raised.values(), strict=True)
    return np.array(
        [withholds([flag for flag, seen in zip(raised, row, strict=True) if seen]) for row in rows], dtype=np.bool_
    )


def _careless(raised: Mapping[Flag, Seen]) -> Seen:
    """Who answered without reading (people,), by the signs that do not rest on the figures to be estimated.

    "Random" does: where the pack expects too much of its items, it would leave out the people who show it, and what
    is left would fit the figures as they were. `estimate` tells their share instead.
    """
    return _withheld({flag: seen for flag, seen in raised.items() if flag is not Flag.RANDOM})


def estimate(
    edition: Edition,
    collected: Collected,
    on: date,
    *,
    bootstrap: int = 0,
    by_group: bool = False,
    everybody: bool = False,
) -> Estimated:
    """Estimate a pack's figures from a table, as of a day.

    People who answered without reading are left out, unless `everybody` counts. `by_group` compares the table's
    groups as well. Refused says what keeps the figures from being estimated.
    """
    if not len(collected.answers):
        raise Refused("nobody in the table answered anything")
    raised = flags_many(edition.measure, collected.answers, collected.seconds)
    careless = _careless(raised)
    kept = np.ones(len(careless), dtype=np.bool_) if everybody else ~careless
    answers = np.where(collected.answers == 0, np.nan, collected.answers)[kept]
    if not kept.any():
        raise Refused(f"nobody is left: all {len(kept)} people answered carelessly, and are left out")
    try:
        calibration = calibrate(edition.pack, answers, bootstrap)
    except Refused as error:
        if out := int((~kept).sum()):
            raise Refused(
                *error.problems, f"of {len(kept)} people {out} are left out, who answered carelessly"
            ) from error
        raise
    comparison = None
    if by_group:
        groups = [group for group, keep in zip(collected.groups, kept, strict=True) if keep]
        try:
            comparison = compare(edition.pack, answers, groups)
        except ValueError as error:
            raise Incomparable(f"the groups cannot be compared: {error}") from error
    pack = _with(edition.pack, calibration, on)
    measure = Measure(pack)  # what cannot be scored must not be written
    random = float(flags_many(measure, collected.answers[kept])[Flag.RANDOM].mean())
    return Estimated(
        pack=pack,
        calibration=calibration,
        comparison=comparison,
        collected=collected,
        careless=int((~kept).sum()),
        random=random,
        random_before=float(raised[Flag.RANDOM][kept].mean()),
        warnings=tuple(warnings(calibration, comparison, random)),
    )


def _with(pack: Pack, calibration: Calibration, on: date) -> Pack:
    """The pack with the new figures, rounded as they are written, and its parameters' next minor version."""
    figures, old = calibration.figures, pack.parameters
    major, minor, _ = old.version.split(".")
    items: list[Item] = [
        replace(item, loading=max(SMALLEST_LOADING, round(loading, 4)), mean=round(mean, 4), sd=round(sd, 4))
        for item, loading, mean, sd in zip(
            pack.items, figures.loading.tolist(), figures.mean.tolist(), figures.sd.tolist(), strict=True
        )
    ]
    parameters = replace(
        old,
        version=f"{major}.{int(minor) + 1}.0",
        correlations=tuple(tuple(round(cell, 4) for cell in row) for row in figures.phi.tolist()),
        acquiescence_sd=round(figures.acquiescence, 4),
        estimation=Estimation(calibration.people, on),
    )
    return replace(pack, items=tuple(items), parameters=parameters)
