"""What more questions would buy: how the quiz does after so many of them, as its stored simulation found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from quiz.present.numbers import percent

STRIDE = 6
"""Questions from one row of the table to the next."""


@dataclass(frozen=True, slots=True)
class Step:
    """A row of the table: so many questions, and what they give in people of 100, to the nearest.

    `right`: the leading role is truly the best. `named`: a role is named. `right_when_named` is empty where nobody's
    was. `now` is the row of a person's own number; its figures are those of the last simulated length up to it.
    """

    questions: int
    simulated: int
    right: str
    named: str
    right_when_named: str
    now: bool


def steps(simulated: Mapping[str, Any], minimum: int, total: int, answered: int) -> tuple[Step, ...]:
    """The rows from now on, ending with all questions; none for a pack without a simulation.

    Between now and the end there is one for each full `STRIDE` beyond the minimum, as far as it was simulated.
    """
    lengths: Sequence[Mapping[str, Any]] = simulated.get("lengths", ())
    known = {length["questions"]: length for length in lengths if minimum <= length["questions"] <= total}
    behind = [questions for questions in known if questions <= answered]
    if not behind or total not in known:
        return ()
    rows = [(answered, max(behind))] if answered < total else []
    # A row next to the first or the last would say as much as that one.
    between = range(minimum, total, STRIDE)
    rows += [(wished, wished) for wished in between if wished in known and _apart(answered, wished, total)]
    rows.append((total, total))
    return tuple(_step(known[length], questions, now=questions == answered) for questions, length in rows)


def _apart(first: int, between: int, last: int) -> bool:
    return between - first >= STRIDE / 2 and last - between >= STRIDE / 2


def _step(length: Mapping[str, Any], questions: int, *, now: bool) -> Step:
    named = length["accuracy_when_called"]
    return Step(
        questions,
        length["questions"],
        percent(length["accuracy"]),
        percent(length["called"]),
        percent(named) if named is not None and named == named else "",
        now,
    )
