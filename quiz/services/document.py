"""The shape of a result as it is kept, for the type checker; `docs/result-json.md` says what each key means."""

from __future__ import annotations

from typing import NotRequired, TypedDict


class PackVersion(TypedDict):
    """Which version of which pack made the result."""

    id: str
    version: str
    parameters: NotRequired[str]


class Outcome(TypedDict):
    """What the person is told; `kind` is the value of a `quiz.core.outcome.Kind`."""

    kind: str
    role: str | None
    leader: str | None
    runner_up: str | None
    probability: float
    reasons: list[str]


class Figures(TypedDict):
    """An estimate with its 90 % interval in points."""

    score: float
    se: float
    points: float
    low: float
    high: float


class Contrast(TypedDict):
    """How much better one role fits than another."""

    first: str
    second: str
    mean: float
    sd: float
    low: float
    high: float
    probability: float
    reliability: float
    accuracy_ceiling: float


class Change(TypedDict):
    """An answer that is another."""

    item: str
    answer: int
    new: int


class Turning(TypedDict):
    """The smallest change of answers after which the outcome is another; None where there is none."""

    changes: list[Change]
    kind: str | None
    role: str | None


class Prospect(TypedDict):
    """What all answers would buy."""

    reliability: float
    accuracy_ceiling: float


class Result(TypedDict):
    """A result. By role are `fits`, `best` and, again by role, `pairs`; by dimension `traits`; by item `choices` and
    `contributions`.
    """

    format: int
    pack: PackVersion
    answered: int
    items: int
    outcome: Outcome
    flags: list[str]
    fits: dict[str, Figures]
    best: dict[str, float]
    pairs: dict[str, dict[str, float]]
    contrast: Contrast
    traits: dict[str, Figures]
    choices: dict[str, int]
    contributions: dict[str, float]
    earlier: NotRequired[float]
    strongest: list[str]
    strengths: list[str]
    development: list[str]
    turning: Turning
    prospect: Prospect
