"""Scoring, measured: one attempt in microseconds, and a million attempts beside the bare matrix product."""

from __future__ import annotations

import time
from collections.abc import Callable
from itertools import cycle
from statistics import median

from bench import cast
from quiz.core.explain import prospect, turning_points
from quiz.core.outcome import decide
from quiz.core.quality import flags
from quiz.core.simulate import respondents
from quiz.services import results
from quiz.services.library import Edition, open_library
from quiz.store.attempts import Answer

PEOPLE = 1_000_000
ROUNDS = 5


def main() -> None:
    edition = open_library("ae-am").main
    _one(edition)
    _million(edition)


def _one(edition: Edition) -> None:
    """One attempt after the other: what a request does when somebody finishes."""
    measure, pack = edition.measure, edition.pack
    everybody = list(cast.people(pack, 500, seed=1))
    seconds = dict.fromkeys(pack.item_ids, 5.0)
    scored = [(answers, measure.score(answers), flags(measure, answers, seconds)) for answers in everybody]
    decided = [(answers, decide(pack, scores, found), found) for answers, scores, found in scored]
    kept = [{item: Answer(choice, 5000, 0) for item, choice in answers.items()} for answers in everybody]
    print(f"One attempt of {len(pack.items)} answers, median of {ROUNDS} rounds over {len(everybody)} people:")
    for name, step in {
        "scores (traits, fits, contrast)": _over(everybody, measure.score),
        "flags": _over(everybody, lambda answers: flags(measure, answers, seconds)),
        "outcome": _over(scored, lambda one: decide(pack, one[1], one[2])),
        "what would turn it": _over(decided, lambda one: turning_points(measure, *one)),
        "what more questions would buy": _over(everybody, lambda answers: prospect(measure, answers)),
        "the whole result, as kept": _over(kept, lambda given: results.dump(results.make(edition, given))),
    }.items():
        print(f"  {name:32} {1e6 * _seconds(step) / 500:8.1f} µs")


def _million(edition: Edition) -> None:
    """A million attempts at once, in rounds that alternate with the bare products."""
    measure = edition.measure
    table = respondents(measure.pack, PEOPLE, seed=1).answers
    numbers, pattern = table.astype(float), measure.pattern(measure.pack.item_ids)
    estimates, (contrast, _) = pattern.figures.T.copy(), pattern.pairs[0, 1]
    steps: dict[str, Callable[[], object]] = {
        "score_many, every figure": lambda: measure.score_many(table),
        "bare product, traits and fits": lambda: numbers @ estimates,
        "bare product, the contrast alone": lambda: numbers @ contrast,
    }
    times: dict[str, list[float]] = {name: [] for name in steps}
    for _ in range(ROUNDS):
        for name, step in steps.items():
            times[name].append(_timed(step))
    items = len(pattern.ids)
    print(f"\n{PEOPLE:,} attempts of {items} answers, median of {ROUNDS} interleaved rounds:")
    for name, found in times.items():
        rate = PEOPLE / median(found) / 1e6
        print(f"  {name:34} {median(found):6.3f} s  {rate:6.1f} M attempts/s  {items * rate:7.1f} M answers/s")
    print("In the database an answer is a row; the target is 20 M rows a second.")


def _over(people: list, step: Callable) -> Callable[[], object]:
    turn = cycle(people)
    return lambda: [step(next(turn)) for _ in range(500)]


def _seconds(step: Callable[[], object]) -> float:
    step()
    return median(_timed(step) for _ in range(ROUNDS))


def _timed(step: Callable[[], object]) -> float:
    start = time.perf_counter()
    step()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
