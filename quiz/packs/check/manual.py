"""Checks of what only the manual shows: where the quiz comes from, and what is new in its versions."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import ValidationError

from quiz.packs.draft import Draft
from quiz.packs.language import LanguageTexts
from quiz.packs.problem import Problem
from quiz.packs.toml import TomlFile


def manual(draft: Draft) -> Iterator[Problem]:
    """Yield what is wrong with `[manual]` and `[[changes]]`. A pack may have neither; then all languages have none.

    The version at hand is among the changes. Those of parameters need not be told: they say their origin themselves.
    """
    version = draft.pack.data.get("version") if draft.pack else None
    files = [(file, texts) for file in draft.languages.values() if (texts := _texts(file))]
    for file, texts in files:
        first, expected = files[0]
        if (texts.manual is None) != (expected.manual is None):
            has, lacks = (first.name, file.name) if expected.manual else (file.name, first.name)
            yield file.problem(f"manual: stands in {has} and not in {lacks}", "manual")
        told, elsewhere = _told(texts), _told(expected)
        if told and isinstance(version, str) and ("words", version) not in told:
            yield file.problem(f"changes: do not tell what is new in version {version}", "changes")
        for part, number in sorted(elsewhere.keys() | told.keys()):
            if elsewhere.get((part, number)) != told.get((part, number)):
                yield file.problem(f"changes: version {number} of the {part} is not told as in {first.name}", "changes")


def _texts(file: TomlFile) -> LanguageTexts | None:
    """The texts of a file; None if it is not in order, which is told elsewhere."""
    try:
        return LanguageTexts.model_validate(file.data)
    except ValidationError:
        return None


def _told(texts: LanguageTexts) -> dict[tuple[str, str], str]:
    """The day of each change, by its part ("words", "parameters") and version."""
    return {(change.of, change.version): change.on.isoformat() for change in texts.changes}
