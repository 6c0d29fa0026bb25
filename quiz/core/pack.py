"""What the measurement needs to know of a pack: dimensions, roles, items and parameters, all frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import ClassVar, Literal

ANSWERS = range(1, 6)
"""The five answers: 1 is "strongly disagree" or "much more A", 5 is "strongly agree" or "much more B"."""


@dataclass(frozen=True, slots=True)
class Dimension:
    """A skill or a preference. `role` is the role that it mainly belongs to."""

    id: str
    role: str
    kind: Literal["skill", "preference"]
    esco: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Role:
    """A role and its profile: the weight of each dimension, summing to 1; a dimension left out weighs 0."""

    id: str
    weights: Mapping[str, float]
    esco: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """An item on one dimension; `key` is -1 where agreeing speaks against the dimension.

    `mean` and `sd` are in points of the answer scale, `loading` in standard deviations of the trait.
    """

    kind: ClassVar[Literal["statement"]] = "statement"
    id: str
    dimension: str
    key: Literal[1, -1]
    loading: float
    mean: float
    sd: float
    mirror: str | None = None


@dataclass(frozen=True, slots=True)
class TradeOff:
    """An item between two attractive options: answer 1 is much more `a`, answer 5 much more `b`."""

    kind: ClassVar[Literal["trade-off"]] = "trade-off"
    id: str
    a: str
    b: str
    loading: float
    mean: float
    sd: float
    mirror: str | None = None


Item = Statement | TradeOff


@dataclass(frozen=True, slots=True)
class Estimation:
    """From how many people's answers parameters were estimated, and when."""

    people: int
    on: date


@dataclass(frozen=True, slots=True)
class Parameters:
    """What is assumed of people in general, with a version of its own.

    `correlations` is Φ, one row a dimension in the pack's order; `acquiescence_sd` is σ_a; `doubt` is τ, one
    figure a dimension: how unsure the role weights themselves are. `estimation` is None where experts set
    the figures of the items and Φ.
    """

    version: str
    correlations: tuple[tuple[float, ...], ...]
    acquiescence_sd: float
    doubt: tuple[float, ...]
    estimation: Estimation | None = None

    @property
    def status(self) -> Literal["expert", "estimated"]:
        """Whether experts set the figures or they were estimated from answers."""
        return "estimated" if self.estimation else "expert"


@dataclass(frozen=True)
class Pack:
    """A quiz as the measurement sees it. The words are kept apart, in `quiz.packs`.

    `version` is that of words and structure; the parameters have their own.
    `items` stand in the order in which they are asked; `minimum` is how many answers allow finishing early.
    """

    id: str
    version: str
    dimensions: tuple[Dimension, ...]
    roles: tuple[Role, ...]
    items: tuple[Item, ...]
    parameters: Parameters
    minimum: int

    @cached_property
    def full_version(self) -> str:
        """Both versions in one, "1.0.0+1.0.0": that of words and structure, and that of the parameters."""
        return f"{self.version}+{self.parameters.version}"

    @cached_property
    def item_ids(self) -> tuple[str, ...]:
        """The ids of the items, in the order in which they are asked."""
        return tuple(item.id for item in self.items)

    @cached_property
    def position(self) -> Mapping[str, int]:
        """The place of each item, counted from 0."""
        return {item.id: place for place, item in enumerate(self.items)}

    @cached_property
    def dimension_ids(self) -> tuple[str, ...]:
        """The ids of the dimensions, in the pack's order."""
        return tuple(dimension.id for dimension in self.dimensions)

    @cached_property
    def role_ids(self) -> tuple[str, ...]:
        """The ids of the roles, in the pack's order."""
        return tuple(role.id for role in self.roles)
