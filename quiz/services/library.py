"""The packs that are being run, each read and compiled once at start."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from quiz.core.measure import Measure
from quiz.core.pack import Pack
from quiz.packs.content import Content
from quiz.packs.loader import load


@dataclass(frozen=True, eq=False)
class Edition:
    """A pack ready to be taken: its words and its compiled measurement."""

    content: Content
    measure: Measure

    @classmethod
    def of(cls, content: Content) -> Edition:
        """Compile the measurement of a pack that was read."""
        return cls(content, Measure(content.pack))

    @cached_property
    def simulated(self) -> Mapping[str, Any]:
        """What `flask pack simulate --json` found when this version of the pack was made; empty without it."""
        file = self.content.folder / "simulated.json"
        return json.loads(file.read_text()) if file.is_file() else {}

    @property
    def pack(self) -> Pack:
        """What the measurement knows of the pack."""
        return self.content.pack


@dataclass(frozen=True, eq=False)
class Library:
    """The editions by pack id. `main` is the one that the landing page offers."""

    editions: Mapping[str, Edition]
    main: Edition


def open_library(main: str) -> Library:
    """Read and compile the packs.

    Raises:
        BrokenPack: a pack has problems; all of them are named.
    """
    content = load(main)
    edition = Edition.of(content)
    return Library({content.pack.id: edition}, edition)
