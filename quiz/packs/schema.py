"""The form of pack.toml, parameters.toml and golden.toml: which keys, of what type, which may be left out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Annotated, Literal, Self, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from quiz.core.outcome import Kind
from quiz.core.quality import Flag

T = TypeVar("T")

FILLED, ID, PACK_ID = r"\S", r"^[a-z][a-z0-9_-]*$", r"^[a-z0-9-]+$"
VERSION, ADDRESS = r"^\d+\.\d+\.\d+$", r"^https?://\S+$"
WORDS = {
    FILLED: "is empty",
    ID: "takes small letters from a to z, digits, - and _, and begins with a letter, as in 'sales-2'",
    PACK_ID: "takes small letters from a to z, digits and -, as in 'my-pack'",
    VERSION: "takes three numbers with points between them, as in '1.0.0'",
    ADDRESS: "takes a web address, as in 'https://example.org/page'",
}
"""What each pattern asks for, in plain words with an example."""

Text = Annotated[str, StringConstraints(pattern=FILLED)]
"""A text that says something: not empty, not only spaces."""

Texts = Annotated[tuple[Text, ...], Field(min_length=1)]
Table = Annotated[Mapping[str, T], AfterValidator(MappingProxyType)]
"""A table whose keys are ids, closed to changes once read."""

Id = Annotated[str, StringConstraints(pattern=ID)]
PackId = Annotated[str, StringConstraints(pattern=PACK_ID)]
Version = Annotated[str, StringConstraints(pattern=VERSION)]
Address = Annotated[str, StringConstraints(pattern=ADDRESS)]
Language = Literal["es", "en"]
Answer = Annotated[int, Field(ge=1, le=5)]
Loading = Annotated[float, Field(gt=0, lt=1)]
Mean = Annotated[float, Field(ge=1, le=5)]
Spread = Annotated[float, Field(gt=0, le=2)]
Correlation = Annotated[float, Field(gt=-1, lt=1)]
OutcomeKind = Annotated[Kind, Field(strict=False)]
Doubt = Annotated[float, Field(ge=0, le=1)]


class Form(BaseModel):
    """What all tables have in common: no other keys, no silent conversion, no change afterwards."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)


class ItemFigures(Form):
    """The figures of one item, where they differ from those of all."""

    loading: Loading | None = None
    mean: Mean | None = None
    sd: Spread | None = None


class EstimationTable(Form):
    """From how many people's answers the figures of the items and the correlations were estimated, and when."""

    people: Annotated[int, Field(ge=1)]
    on: date


class ParametersFile(Form):
    """parameters.toml: what is assumed of people in general; `correlations` in full, or `within` and `across`."""

    version: Version
    released: date
    status: Literal["expert", "estimated"]
    loading: Loading
    mean: Mean
    sd: Spread
    acquiescence_sd: Annotated[float, Field(ge=0, lt=1)]
    doubt: Doubt | Table[Doubt]
    within: Correlation | None = None
    across: Correlation | None = None
    correlations: tuple[tuple[float, ...], ...] | None = None
    estimation: EstimationTable | None = None
    items: Table[ItemFigures] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _one_way_of_giving_correlations(self) -> Self:
        in_short = (self.within is not None, self.across is not None)
        if in_short not in ((True, True), (False, False)) or all(in_short) == (self.correlations is not None):
            raise ValueError("give either `within` and `across`, or `correlations`")
        return self

    @model_validator(mode="after")
    def _estimated_from_somebody(self) -> Self:
        if (self.status == "estimated") != (self.estimation is not None):
            raise ValueError("the status 'estimated' needs an [estimation] with `people` and `on`, 'expert' has none")
        return self


class DimensionTable(Form):
    """A skill or a preference, and the role that it mainly belongs to."""

    id: Id
    role: Id
    kind: Literal["skill", "preference"]
    esco: tuple[Address, ...] = ()


class RoleTable(Form):
    """A role and how much each dimension weighs in it."""

    id: Id
    weights: Table[float]
    esco: tuple[Address, ...] = ()


class StatementTable(Form):
    """An item on one dimension."""

    id: Id
    kind: Literal["statement"]
    dimension: Id
    key: Literal[1, -1]
    mirror: Id | None = None

    @property
    def dimensions(self) -> tuple[str, ...]:
        """What the item measures."""
        return (self.dimension,)


class TradeOffTable(Form):
    """An item between two dimensions."""

    id: Id
    kind: Literal["trade-off"]
    a: Id
    b: Id
    mirror: Id | None = None

    @property
    def dimensions(self) -> tuple[str, ...]:
        """What the item measures."""
        return (self.a, self.b)


ItemTable = Annotated[StatementTable | TradeOffTable, Field(discriminator="kind")]


class PackFile(Form):
    """pack.toml: the structure; words and parameters have files of their own."""

    id: PackId
    version: Version
    released: date
    languages: Annotated[tuple[Language, ...], Field(min_length=1)]
    minimum: Annotated[int, Field(ge=1)]
    minutes: Annotated[int, Field(ge=1, le=60)]
    dimensions: Annotated[tuple[DimensionTable, ...], Field(min_length=2)]
    roles: Annotated[tuple[RoleTable, ...], Field(min_length=2)]
    items: Annotated[tuple[ItemTable, ...], Field(min_length=1)]


class ExpectTable(Form):
    """What a persona's answers must lead to; a role only where the outcome names one."""

    outcome: OutcomeKind
    role: Id | None = None


class PersonaTable(Form):
    """A golden example: a person in one line, what they answer, and the outcome that is expected.

    The answers are `answers`, item by item, or `every`: the same on all. `seconds` is the time for each.
    """

    id: Id
    es: Text | None = None
    en: Text | None = None
    expect: ExpectTable
    flags: tuple[Annotated[Flag, Field(strict=False)], ...] | None = None
    seconds: Annotated[float, Field(gt=0)] | None = None
    answers: Table[Answer] | None = None
    every: Answer | None = None

    @model_validator(mode="after")
    def _one_way_of_giving_answers(self) -> Self:
        if (self.answers is None) == (self.every is None):
            raise ValueError("give either `answers` or `every`")
        return self


class GoldenFile(Form):
    """golden.toml: the golden examples."""

    personas: tuple[PersonaTable, ...]
