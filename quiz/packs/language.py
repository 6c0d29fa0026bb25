"""The form of a language file (es.toml, en.toml): every text of a pack, by where it is shown."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Discriminator, Field, Tag

from quiz.packs.schema import Form, OutcomeKind, Table, Text, Texts, Version

FivePoints = tuple[Text, Text, Text, Text, Text]


class PackTexts(Form):
    """The landing page."""

    name: Text
    question: Text
    lead: Text
    gets: Texts
    limits: Text


class OptionTexts(Form):
    """The five answers, from 1 to 5, for each kind of item."""

    statement: FivePoints
    trade_off: Annotated[FivePoints, Field(alias="trade-off")]


class DimensionTexts(Form):
    """A dimension: its name, what a score means in daily work, and advice."""

    name: Text
    description: Text
    high: Text
    middling: Text
    low: Text
    strength: Text
    advice: Text


class StatementTexts(Form):
    """The wording of a statement."""

    text: Text


class TradeOffTexts(Form):
    """The wording of a trade-off: the scene and its two options."""

    scene: Text
    a: Text
    b: Text


def _kind_of_item(texts: Any) -> str:  # noqa: ANN401 - called with whatever stands in the file
    return "statement" if isinstance(texts, Mapping) and "text" in texts else "trade-off"


ItemTexts = Annotated[
    Annotated[StatementTexts, Tag("statement")] | Annotated[TradeOffTexts, Tag("trade-off")],
    Discriminator(_kind_of_item),
]


class Moment(Form):
    """One entry of a plausible day."""

    time: Text
    text: Text


class Stage(Form):
    """One stage of a career ladder."""

    stage: Text
    years: Text
    change: Text
    skills: Texts


class AspectTexts(Form):
    """The aspects in which roles are compared; iterating gives pairs of aspect and text, in this order."""

    centre: Text
    functions: Text
    goal: Text
    skills: Text
    example: Text
    interaction: Text
    influence: Text
    pay: Text
    growth: Text
    preferences: Text


class RoleTexts(Form):
    """A role, told in full; `ladders` holds the stages for each variant."""

    name: Text
    short: Text
    summary: Text
    centre: Text
    functions: Texts
    goal: Text
    skills: Texts
    example: Text
    interaction: Text
    influence: Text
    pay: Text
    growth: Text
    preferences: Text
    enjoys: Texts
    wears: Texts
    day: Annotated[tuple[Moment, ...], Field(min_length=1)]
    next: Texts
    ladders: Table[Annotated[tuple[Stage, ...], Field(min_length=1)]]


class VariantTexts(Form):
    """A kind of company in which the roles look different."""

    name: Text
    text: Text


class OutcomeTexts(Form):
    """What is said of one kind of outcome; `next` is empty where the role's own steps are shown."""

    headline: Text
    meaning: Text
    career: Text
    next: tuple[Text, ...]


class Disputable(Form):
    """A claim of the source that can be disputed, and what can be said against it."""

    claim: Text
    view: Text


class ComparisonTexts(Form):
    """The page that sets the roles side by side."""

    title: Text
    lead: Text
    both: Texts
    aspects: AspectTexts
    disputable: tuple[Disputable, ...] = ()


class Titled(Form):
    """A text under its title."""

    title: Text
    text: Text


class Path(Form):
    """A way between the roles or beyond them, and whether the article tells it or we do."""

    title: Text
    text: Text
    source: Literal["article", "ours"]


class Neighbour(Form):
    """A nearby role, for whom none of the pack's roles fits."""

    name: Text
    text: Text


class PayTexts(Form):
    """How pay is made up and what moves it."""

    base: Text
    commission: Text
    moves: Texts


class CareerTexts(Form):
    """The career path, as far as it is common to all roles."""

    lead: Text
    training: Annotated[tuple[Titled, ...], Field(min_length=1)]
    handover: Texts
    pay: PayTexts
    paths: Annotated[tuple[Path, ...], Field(min_length=1)]
    neighbours: Annotated[tuple[Neighbour, ...], Field(min_length=1)]


class Notice(Form):
    """The attribution that ESCO asks for."""

    text: Text


class ManualTexts(Form):
    """What the manual cannot read off the pack: where roles, weights and items come from, who wrote it, its licence."""

    origin: Text
    authors: Text
    licence: Text


class ChangeTexts(Form):
    """What is new in a version: of words and structure, or of the parameters."""

    of: Literal["words", "parameters"] = "words"
    version: Version
    on: date
    text: Text


class LanguageTexts(Form):
    """A whole language file."""

    pack: PackTexts
    options: OptionTexts
    dimensions: Table[DimensionTexts]
    items: Table[ItemTexts]
    roles: Table[RoleTexts]
    variants: Table[VariantTexts]
    outcomes: Annotated[Mapping[OutcomeKind, OutcomeTexts], AfterValidator(MappingProxyType)]
    comparison: ComparisonTexts
    career: CareerTexts
    esco: Table[Text]
    esco_notice: Notice
    manual: ManualTexts | None = None
    changes: tuple[ChangeTexts, ...] = ()
