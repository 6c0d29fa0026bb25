"""Other people's questionnaire as a pack on disk: its statements, their dimensions and keys, and two invented roles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import tiny_pack

from quiz.packs import toml
from quiz.packs.schema import PackFile
from quiz.packs.starter import words

ROLES: Mapping[str, Mapping[str, float]] = {
    "host": {"extraversion": 0.5, "agreeableness": 0.3, "openness": 0.2},
    "archivist": {"conscientiousness": 0.6, "openness": 0.2, "neuroticism": 0.2},
}
"""Two invented roles over the five traits that most questionnaires of personality measure."""
TRAITS = {
    "A": "agreeableness",
    "C": "conscientiousness",
    "E": "extraversion",
    "N": "neuroticism",
    "O": "openness",
}
PARAMETERS = tiny_pack.PARAMETERS.replace('"2.0.0"', '"1.0.0"').replace("loading = 0.85", "loading = 0.57")
HOME = {"A": "host", "C": "archivist", "E": "host", "N": "archivist", "O": "archivist"}


def write(folder: Path, id: str, statements: Sequence[tuple[str, str, int]]) -> Path:
    """Write a pack of statements, each an id, the letter of its trait and its key, with experts' figures."""
    place = folder / id
    place.mkdir(parents=True)
    (place / "pack.toml").write_text("\n".join(_structure(id, statements)) + "\n", encoding="utf-8")
    (place / "parameters.toml").write_text(PARAMETERS, encoding="utf-8")
    (place / "golden.toml").write_text("personas = []\n", encoding="utf-8")
    read = toml.read(place / "pack.toml")
    assert isinstance(read, toml.TomlFile), read
    form = PackFile.model_validate(read.data)
    for language in form.languages:
        (place / f"{language}.toml").write_text(words.texts(form, language), encoding="utf-8")
    return place


def _structure(id: str, statements: Sequence[tuple[str, str, int]]) -> list[str]:
    lines = [
        f'id = "{id}"',
        'version = "1.0.0"',
        f"released = {date(2026, 11, 23)}",
        'languages = ["es", "en"]',
        "minimum = 10",
        "minutes = 8",
    ]
    for letter, trait in TRAITS.items():
        lines += ["[[dimensions]]", f'id = "{trait}"', f'role = "{HOME[letter]}"', 'kind = "skill"']
    for role, weights in ROLES.items():
        lines += ["[[roles]]", f'id = "{role}"', "[roles.weights]"]
        lines += [f"{trait} = {weight}" for trait, weight in weights.items()]
    for item, letter, key in statements:
        lines += [
            "[[items]]",
            f'id = "{item}"',
            'kind = "statement"',
            f'dimension = "{TRAITS[letter]}"',
            f"key = {key}",
        ]
    return lines
