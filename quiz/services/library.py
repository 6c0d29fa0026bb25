"""The packs that are being run, each read and compiled once at start."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from quiz.core.measure import Measure
from quiz.core.pack import Pack
from quiz.packs import loader
from quiz.packs.content import Content
from quiz.packs.loader import BrokenPack, Problem

_log = logging.getLogger(__name__)


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
        """What `flask pack simulate --save` found when this version of the pack was made; empty without it."""
        file = self.content.folder / "simulated.json"
        return json.loads(file.read_text()) if file.is_file() else {}

    @property
    def pack(self) -> Pack:
        """What the measurement knows of the pack."""
        return self.content.pack


@dataclass(frozen=True, eq=False)
class Library:
    """The editions by pack id and full version. `main` is the one that is offered first.

    Two versions of a pack can be run side by side: who began with one goes on with it, new people get the newest.
    """

    editions: Mapping[tuple[str, str], Edition]
    main: Edition

    @cached_property
    def newest(self) -> Mapping[str, Edition]:
        """The newest edition of each pack, by its id, the main pack first and the others by name."""
        ranked = sorted(self.editions.values(), key=lambda edition: _age(edition.pack))
        newest = {edition.pack.id: edition for edition in ranked}
        first = self.main.pack.id
        return {id: newest[id] for id in sorted(newest, key=lambda id: (id != first, id))}

    @property
    def offered(self) -> tuple[Edition, ...]:
        """The editions that new people can take, the main one first."""
        return tuple(self.newest.values())

    def find(self, pack_id: str, full_version: str) -> Edition | None:
        """The edition of exactly this version, or else the newest of this pack; None where the pack is not run."""
        return self.editions.get((pack_id, full_version)) or self.newest.get(pack_id)


def open_library(main: str, shipped: Iterable[str] = (), folders: Iterable[Path] = ()) -> Library:
    """Read and compile the packs: `main` and `shipped` by their names, those outside by their `folders`.

    A folder is a pack or holds packs. A pack with problems is left out, with all of them in the log, unless it is
    `main`. If a folder outside has a newer version of the main pack, that one is offered.

    Raises:
        BrokenPack: the main pack has problems, or there is none of this name; all of them are named.
    """
    first = Edition.of(loader.load(main))
    editions = {_key(first): first}
    places: list[str | Path] = [name for name in shipped if name != main]
    places += [pack for folder in folders for pack in _within(folder)]
    for place in places:
        try:
            edition = Edition.of(loader.load(place))
            if (other := editions.get(_key(edition))) and other.content.folder != edition.content.folder:
                message = f"version {edition.pack.full_version} of '{edition.pack.id}' is run already"
                raise BrokenPack([Problem(str(place), 0, f"{message}, from another folder")])
            editions.setdefault(_key(edition), edition)
        except BrokenPack as error:
            for problem in error.problems:
                _log.error("the pack %s is not run: %s", place, problem)
    return Library(editions, Library(editions, first).newest[first.pack.id])


def _key(edition: Edition) -> tuple[str, str]:
    return edition.pack.id, edition.pack.full_version


def _within(folder: Path) -> list[Path]:
    """The packs of a folder: itself, or those that it holds, by name."""
    held = [] if (folder / "pack.toml").exists() else sorted(file.parent for file in folder.glob("*/pack.toml"))
    return held or [folder]


def _age(pack: Pack) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """By which versions are ordered: 1.10.0 is newer than 1.9.0."""
    words, figures = (tuple(map(int, version.split("."))) for version in (pack.version, pack.parameters.version))
    return words, figures
