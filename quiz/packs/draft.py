"""A pack folder as it was found, sound or not, for the checks to look at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Any, TypeVar, get_args

from pydantic import TypeAdapter, ValidationError

from quiz.packs import toml
from quiz.packs.language import LanguageTexts
from quiz.packs.problem import Problem
from quiz.packs.schema import (
    DimensionTable,
    GoldenFile,
    ItemTable,
    Language,
    PackFile,
    ParametersFile,
    PersonaTable,
    RoleTable,
)
from quiz.packs.toml import TomlFile

T = TypeVar("T")
LANGUAGES: tuple[str, ...] = get_args(Language)
FORMS: dict[str, TypeAdapter[Any]] = {
    "pack.toml": TypeAdapter(PackFile),
    "parameters.toml": TypeAdapter(ParametersFile),
    "golden.toml": TypeAdapter(GoldenFile),
    **{f"{language}.toml": TypeAdapter(LanguageTexts) for language in LANGUAGES},
}


def _keys(schema: object) -> Iterator[str]:
    """Yield every key that a JSON schema names, at any depth."""
    if isinstance(schema, Mapping):
        yield from schema.get("properties", {})
        for part in schema.values():
            yield from _keys(part)


KNOWN_KEYS = {name: frozenset(_keys(form.json_schema())) for name, form in FORMS.items()}


@dataclass(frozen=True)
class Draft:
    """The files that parse, and the problems of form in them.

    `dimensions`, `roles`, `items` and `personas` are those entries that are in order, by their place in the
    file, so that one broken entry does not keep the others from being checked.
    """

    folder: Path
    files: Mapping[str, TomlFile]
    problems: tuple[Problem, ...]

    @property
    def pack(self) -> TomlFile | None:
        """pack.toml, unless it does not parse."""
        return self.files.get("pack.toml")

    @property
    def parameters(self) -> TomlFile | None:
        """parameters.toml, unless it is missing or does not parse."""
        return self.files.get("parameters.toml")

    @property
    def golden(self) -> TomlFile | None:
        """golden.toml, unless there is none or it does not parse."""
        return self.files.get("golden.toml")

    @property
    def languages(self) -> Mapping[str, TomlFile]:
        """The language files that parse."""
        names = {language: f"{language}.toml" for language in LANGUAGES}
        return {language: self.files[name] for language, name in names.items() if name in self.files}

    @cached_property
    def form(self) -> PackFile | None:
        """The whole of pack.toml, unless something in it is out of order."""
        try:
            return PackFile.model_validate(self.pack.data) if self.pack else None
        except ValidationError:
            return None

    @cached_property
    def assumed(self) -> ParametersFile | None:
        """The whole of parameters.toml, unless something in it is out of order."""
        try:
            return ParametersFile.model_validate(self.parameters.data) if self.parameters else None
        except ValidationError:
            return None

    @cached_property
    def dimensions(self) -> Mapping[int, DimensionTable]:
        """The dimensions that are in order."""
        return self._sound("pack.toml", "dimensions", TypeAdapter(DimensionTable))

    @cached_property
    def roles(self) -> Mapping[int, RoleTable]:
        """The roles that are in order."""
        return self._sound("pack.toml", "roles", TypeAdapter(RoleTable))

    @cached_property
    def items(self) -> Mapping[int, ItemTable]:
        """The items that are in order."""
        return self._sound("pack.toml", "items", TypeAdapter(ItemTable))

    @cached_property
    def personas(self) -> Mapping[int, PersonaTable]:
        """The golden examples that are in order."""
        return self._sound("golden.toml", "personas", TypeAdapter(PersonaTable))

    @property
    def esco(self) -> tuple[str, ...]:
        """The ESCO addresses of the dimensions and roles that are in order, each once."""
        addressed = [entry.esco for entry in self.dimensions.values()]
        addressed += [entry.esco for entry in self.roles.values()]
        return tuple(dict.fromkeys(chain.from_iterable(addressed)))

    def ids(self, key: str) -> tuple[str, ...]:
        """Return all ids under a key of pack.toml, also those of entries that are not in order."""
        tables = self.pack.tables(key) if self.pack else ()
        return tuple(table["id"] for table in tables if isinstance(table.get("id"), str))

    def _sound(self, file: str, key: str, form: TypeAdapter[T]) -> Mapping[int, T]:
        entries = self.files[file].tables(key) if file in self.files else ()
        return dict(_those_in_order(entries, form))


def read(folder: Path) -> Draft:
    """Read the files of a pack and hold each against its form."""
    found = {name: toml.read(folder / name) for name in _names(folder)}
    files = {name: file for name, file in found.items() if isinstance(file, TomlFile)}
    problems = [file for file in found.values() if isinstance(file, Problem)]
    for name, file in files.items():
        problems += toml.form_problems(file, FORMS[name], KNOWN_KEYS[name])
    return Draft(folder, files, tuple(problems))


def _names(folder: Path) -> list[str]:
    """Return the files to read: the languages are those of pack.toml, or those found if it says nothing."""
    pack = toml.read(folder / "pack.toml")
    declared = pack.data.get("languages") if isinstance(pack, TomlFile) else None
    wanted = declared if isinstance(declared, tuple) else ()
    present = [language for language in LANGUAGES if (folder / f"{language}.toml").exists()]
    languages = [language for language in LANGUAGES if language in wanted] or present
    golden = ["golden.toml"] if (folder / "golden.toml").exists() else []
    return ["pack.toml", "parameters.toml", *(f"{language}.toml" for language in languages), *golden]


def _those_in_order(entries: tuple[Any, ...], form: TypeAdapter[T]) -> Iterator[tuple[int, T]]:
    for place, entry in enumerate(entries):
        try:
            yield place, form.validate_python(entry)
        except ValidationError:
            continue
