"""Writes a new pack: a small, complete draft whose own words are still to be written."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TypeVar

from quiz.core.measure import Measure
from quiz.packs import build, toml
from quiz.packs.schema import Form, PackFile, ParametersFile
from quiz.packs.starter import people, structure, words

F = TypeVar("F", bound=Form)


def write(folder: Path, id: str, languages: Sequence[str], roles: Sequence[str], today: date) -> None:
    """Write a pack that loads at once into an empty folder: two dimensions a role, every text a placeholder.

    The ids are of the form that `quiz.packs.schema` asks for; there are two to six roles.
    """
    folder.mkdir(parents=True, exist_ok=True)
    _put(folder / "pack.toml", structure.pack(id, languages, roles, today))
    _put(folder / "parameters.toml", structure.parameters(id, today))
    form, assumed = _form(folder / "pack.toml", PackFile), _form(folder / "parameters.toml", ParametersFile)
    for language in languages:
        _put(folder / f"{language}.toml", words.texts(form, language))
    _put(folder / "golden.toml", people.golden(Measure(build.pack(form, assumed)), languages))


def _form(file: Path, form: type[F]) -> F:
    found = toml.read(file)
    assert isinstance(found, toml.TomlFile), found
    return form.model_validate(found.data)


def _put(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8")
