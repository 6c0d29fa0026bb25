"""Checks a whole pack and reports every problem at once, each with its file and line."""

from __future__ import annotations

from pathlib import Path

from quiz.core.measure import Measure
from quiz.packs import build, trials
from quiz.packs import draft as drafts
from quiz.packs.check.balance import balance
from quiz.packs.check.figures import figures
from quiz.packs.check.golden import golden, outcomes
from quiz.packs.check.manual import manual
from quiz.packs.check.structure import structure
from quiz.packs.check.texts import texts
from quiz.packs.check.unwritten import unwritten
from quiz.packs.problem import Problem


def check(folder: Path, typed: str = "") -> tuple[Problem, ...]:
    """Return every problem of the pack in `folder`, in the order of files and lines; none if it is in order.

    What can be seen without scoring is always checked. The figures and the outcomes of the golden examples
    are worked out only for a pack.toml that is in order: with a part missing they would mean nothing.
    `typed` is what a person called the pack, for commands that are advised.
    """
    draft = drafts.read(folder)
    unfit = tuple(structure(draft))
    problems = [*draft.problems, *unfit, *texts(draft), *balance(draft), *golden(draft), *manual(draft)]
    problems += unwritten(draft)
    if draft.pack and draft.form and draft.assumed and not unfit:
        measure = Measure(build.pack(draft.form, draft.assumed))
        problems += [*figures(measure, draft.pack), *trials.problems(folder, measure.pack, typed)]
        problems += outcomes(draft, draft.golden, measure) if draft.golden else ()
    return tuple(sorted(set(problems)))
