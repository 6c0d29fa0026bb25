"""A whole pack as one JSON document, and the JSON Schema that such documents follow."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field
from pydantic.json_schema import GenerateJsonSchema

from quiz.packs import loader, trials
from quiz.packs.draft import read
from quiz.packs.language import LanguageTexts
from quiz.packs.problem import BrokenPack
from quiz.packs.schema import (
    DimensionTable,
    Form,
    ItemTable,
    Language,
    PackId,
    ParametersFile,
    PersonaTable,
    RoleTable,
    Version,
)

SCHEMA_ID = "urn:rolefit:pack:1"
"""The name of the schema. A document that could be read before and cannot any more gets another number."""

IN_ORDER = frozenset({"variants", "ladders"})
"""Tables whose order is shown; of all others it has no meaning."""

HEAD = ("$schema", "id", "version")
BODY = ("released", "languages", "minimum", "minutes", "dimensions", "roles", "items")

Figures = Mapping[str, Any]


class PackDocument(Form):
    """A pack: structure, parameters, all texts by language, golden examples, and what trials found."""

    schema_id: Annotated[str, Field(alias="$schema", pattern=f"^{SCHEMA_ID}$")] = SCHEMA_ID
    id: PackId
    version: Annotated[Version, Field(description="Of words and structure; the parameters have their own.")]
    full_version: Annotated[
        str, Field(pattern=r"^\d+\.\d+\.\d+\+\d+\.\d+\.\d+$", description="Both versions, as results name them.")
    ]
    released: date
    languages: Annotated[tuple[Language, ...], Field(min_length=1, description="The first is the pack's own.")]
    minimum: Annotated[int, Field(ge=1, description="Answers before a person may finish early.")]
    minutes: Annotated[int, Field(ge=1, le=60, description="Typical duration.")]
    dimensions: Annotated[tuple[DimensionTable, ...], Field(min_length=2)]
    roles: Annotated[tuple[RoleTable, ...], Field(min_length=2)]
    items: Annotated[tuple[ItemTable, ...], Field(min_length=1, description="In the order in which they are asked.")]
    parameters: ParametersFile
    texts: Annotated[Mapping[Language, LanguageTexts], Field(description="Every text, by language.")]
    golden: Annotated[tuple[PersonaTable, ...], Field(description="People, answers and the outcome that must come.")]
    simulated: Annotated[Figures | None, Field(description="What simulated people made of it.")] = None
    calibration: Annotated[Figures | None, Field(description="Where its parameters were estimated: the fit.")] = None


def document(pack: str | Path) -> dict[str, Any]:
    """Return a pack by its name or folder as JSON data, always in the same order.

    Tables are sorted by their keys unless their order is shown; lists stay as they are. What is left out in the pack is
    left out here.

    Raises BrokenPack for a pack that cannot be loaded, and for figures of trials that cannot be used or are of another.
    """
    content = loader.load(pack)
    draft = read(content.folder)
    structure = {"$schema": SCHEMA_ID, **draft.files["pack.toml"].data}
    parts = {
        **{name: structure[name] for name in HEAD},
        "full_version": content.pack.full_version,
        **{name: structure[name] for name in BODY},
        "parameters": draft.files["parameters.toml"].data,
        "texts": {language: draft.languages[language].data for language in content.languages},
        "golden": draft.golden.data["personas"] if draft.golden else (),
    }
    if problems := tuple(trials.problems(content.folder, content.pack)):
        raise BrokenPack(problems)
    for name, trial in (("simulated", trials.simulated), ("calibration", trials.calibrated)):
        if found := trial(content.folder, content.pack).figures:
            parts[name] = found
    # The document's own keys stay in the order in which they are explained.
    return {key: _plain(value, key) for key, value in parts.items()}


def schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of these documents."""
    made = PackDocument.model_json_schema(by_alias=True, mode="validation")
    made["required"] = ["$schema", *made["required"]]
    return {"$schema": GenerateJsonSchema.schema_dialect, "$id": SCHEMA_ID, **made, "title": "A pack of Rolefit"}


def _plain(value: Any, name: str) -> Any:  # noqa: ANN401 - any TOML value in, any JSON value out
    if isinstance(value, Mapping):
        keys = value if name in IN_ORDER else sorted(value)
        return {key: _plain(value[key], key) for key in keys}
    if isinstance(value, date):
        return value.isoformat()
    return [_plain(part, name) for part in value] if isinstance(value, tuple | list) else value
