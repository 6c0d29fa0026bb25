"""From files that are in order to the frozen content that the application uses."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from quiz.core.pack import Dimension, Estimation, Item, Pack, Parameters, Role, Statement, TradeOff
from quiz.packs.content import Content, Persona
from quiz.packs.draft import Draft
from quiz.packs.language import LanguageTexts
from quiz.packs.schema import (
    GoldenFile,
    ItemFigures,
    ItemTable,
    PackFile,
    ParametersFile,
    PersonaTable,
    StatementTable,
)


def content(draft: Draft) -> Content:
    """Make the content of a draft in which no check of form, structure or texts found a problem."""
    form = PackFile.model_validate(draft.files["pack.toml"].data)
    texts: dict[str, LanguageTexts] = {
        language: LanguageTexts.model_validate(draft.languages[language].data) for language in form.languages
    }
    golden = GoldenFile.model_validate(draft.golden.data).personas if draft.golden else ()
    parameters = ParametersFile.model_validate(draft.files["parameters.toml"].data)
    made = pack(form, parameters)
    return Content(
        pack=made,
        texts=MappingProxyType(texts),
        golden=tuple(persona(entry, made) for entry in golden),
        minutes=form.minutes,
        released=form.released,
        parameters_released=parameters.released,
        folder=draft.folder,
    )


def pack(form: PackFile, parameters: ParametersFile) -> Pack:
    """Make what the measurement needs to know of pack.toml and parameters.toml."""
    estimation = parameters.estimation
    return Pack(
        id=form.id,
        version=form.version,
        dimensions=tuple(Dimension(each.id, each.role, each.kind, each.esco) for each in form.dimensions),
        roles=tuple(Role(each.id, each.weights, each.esco) for each in form.roles),
        items=tuple(_item(each, parameters) for each in form.items),
        parameters=Parameters(
            version=parameters.version,
            correlations=correlations(form, parameters),
            acquiescence_sd=parameters.acquiescence_sd,
            doubt=_doubt(form, parameters),
            estimation=Estimation(estimation.people, estimation.on) if estimation else None,
        ),
        minimum=form.minimum,
    )


def persona(entry: PersonaTable, pack: Pack) -> Persona:
    """Make a golden example, `every` and `seconds` spelt out item by item."""
    answers = entry.answers or {item: entry.every for item in pack.item_ids if entry.every is not None}
    return Persona(
        id=entry.id,
        descriptions={language: text for language, text in (("es", entry.es), ("en", entry.en)) if text},
        answers=MappingProxyType(dict(answers)),
        seconds=MappingProxyType({item: entry.seconds for item in answers if entry.seconds is not None}),
        outcome=entry.expect.outcome,
        role=entry.expect.role,
        flags=entry.flags,
    )


def correlations(form: PackFile, parameters: ParametersFile) -> tuple[tuple[float, ...], ...]:
    """Return Φ: as the pack gives it in full, or from the two figures for within and across roles."""
    if parameters.correlations is not None:
        return parameters.correlations
    within, across = parameters.within or 0.0, parameters.across or 0.0
    return tuple(
        tuple(1.0 if row is column else within if row.role == column.role else across for column in form.dimensions)
        for row in form.dimensions
    )


def _doubt(form: PackFile, parameters: ParametersFile) -> tuple[float, ...]:
    doubt = parameters.doubt
    if isinstance(doubt, Mapping):
        return tuple(doubt[dimension.id] for dimension in form.dimensions)
    return (doubt,) * len(form.dimensions)


def _item(entry: ItemTable, parameters: ParametersFile) -> Item:
    own = parameters.items.get(entry.id, ItemFigures())
    loading = parameters.loading if own.loading is None else own.loading
    mean = parameters.mean if own.mean is None else own.mean
    sd = parameters.sd if own.sd is None else own.sd
    if isinstance(entry, StatementTable):
        return Statement(entry.id, entry.dimension, entry.key, loading, mean, sd, entry.mirror)
    return TradeOff(entry.id, entry.a, entry.b, loading, mean, sd, entry.mirror)
