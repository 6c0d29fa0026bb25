"""A pack as the application uses it: structure for the measurement, words, golden examples."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from quiz.core.outcome import Kind
from quiz.core.pack import Pack
from quiz.core.quality import Flag
from quiz.packs.language import LanguageTexts


@dataclass(frozen=True, slots=True)
class Persona:
    """A golden example; `answers` in full, `seconds` for each answer where a time is given.

    `flags` is None where the example says nothing of response quality.
    """

    id: str
    descriptions: Mapping[str, str]
    answers: Mapping[str, int]
    seconds: Mapping[str, float]
    outcome: Kind
    role: str | None
    flags: tuple[Flag, ...] | None


@dataclass(frozen=True, eq=False)
class Content:
    """A pack that was read and found in order. Two are equal only when they are the same object."""

    pack: Pack
    texts: Mapping[str, LanguageTexts]
    golden: tuple[Persona, ...]
    minutes: int
    released: date
    parameters_released: date
    folder: Path

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages in which the pack can be taken, the first being its own."""
        return tuple(self.texts)
