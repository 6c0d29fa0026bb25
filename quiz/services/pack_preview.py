"""A pack while it is being written: what its files say at the moment, and its golden people taking it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from quiz.packs import loader
from quiz.packs.check import check
from quiz.packs.content import Persona
from quiz.packs.loader import BrokenPack, State
from quiz.services import take
from quiz.services.library import Edition, Library
from quiz.store.database import Database

PACE_MS = 8000
"""How long a golden person takes for an answer, where the example says nothing."""


@dataclass(frozen=True, eq=False)
class Reading:
    """A pack's files as they were read. `edition` is None where they cannot be used, and `problems` say why."""

    folder: Path
    state: State
    edition: Edition | None
    problems: tuple[str, ...] = ()

    @classmethod
    def of(cls, folder: Path) -> Reading:
        """Read the files of a folder now."""
        state = loader.state(folder)
        try:
            return cls(folder, state, Edition.of(loader.load(folder)))
        except BrokenPack as error:
            return cls(folder, state, None, tuple(str(problem) for problem in error.problems))

    @property
    def current(self) -> bool:
        """Whether the files are still as they were read."""
        return loader.state(self.folder) == self.state

    @cached_property
    def left(self) -> tuple[str, ...]:
        """What `check` finds in files that can be used: it keeps nobody from taking the quiz."""
        return tuple(str(problem) for problem in check(self.folder)) if self.edition else ()


def library(edition: Edition) -> Library:
    """A library of this one pack."""
    return Library({(edition.pack.id, edition.pack.full_version): edition}, edition)


def play(database: Database, edition: Edition, persona: Persona, language: str, now_ms: int) -> str:
    """Let a golden person take the quiz, ending now, and return the attempt's token; too few answers are no end."""
    took = {item: round(persona.seconds.get(item, PACE_MS / 1000) * 1000) for item in persona.answers}
    now = now_ms - sum(took.values())
    token = take.start(database, edition.pack, language, now)
    attempt = take.find(database, token)
    for item, choice in persona.answers.items():
        now += took[item]
        take.answer(database, edition, attempt, item, choice, now)
    if edition.pack.minimum <= len(persona.answers) < len(edition.pack.items):
        take.finish(database, edition, attempt, now)
    return token
