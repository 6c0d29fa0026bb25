"""The packs that are being run, each read and compiled once at start."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from quiz.core.measure import Measure
from quiz.core.pack import Pack
from quiz.packs import loader, trials
from quiz.packs.check.unwritten import unwritten
from quiz.packs.content import Content
from quiz.packs.draft import read
from quiz.packs.loader import BrokenPack, Problem
from quiz.packs.problem import suggestion

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
        """What `flask pack simulate --save` found for this very pack; empty without it, and for any other's."""
        return trials.simulated(self.content.folder, self.pack).figures

    @cached_property
    def calibrated(self) -> Mapping[str, Any]:
        """How this version's figures were estimated, and how sure they are (docs/estimating.md); empty for experts'."""
        return trials.calibrated(self.content.folder, self.pack).figures

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

    A folder is a pack or holds packs. `main` is a shipped pack's name or the id of a pack outside; if a folder has a
    newer version of it, that one is offered. A pack with problems is left out, with all of them in the log, unless it
    is `main`. One that still has texts to be written is run, and so is one whose kept figures are broken or another
    pack's, without them; the log says so.

    Raises:
        BrokenPack: the main pack has problems, or none of this name is run; all of them are named.
    """
    editions: dict[tuple[str, str], Edition] = {}
    if main in loader.names():
        try:
            _add(editions, main)
        except BrokenPack as error:
            raise BrokenPack(_placed(main, error.problems)) from None
    places: list[str | Path] = [name for name in shipped if name != main]
    for folder in folders:
        places += _within(folder)
    for place in places:
        try:
            _add(editions, place)
            for problem in _placed(place, unwritten(read(loader.find(place)))):
                _log.warning("a pack is run that is not finished: %s", problem)
        except BrokenPack as error:
            for problem in _placed(place, error.problems):
                _log.error("a pack is not run: %s", problem)
    ids = {id for id, _ in editions}
    if main not in ids:
        known = sorted({*ids, *loader.names()})
        raise BrokenPack([Problem("PACK", 0, f"no pack {main!r} is run{suggestion(main, known)}")])
    # Any edition will do to begin with: only the newest of its id is asked for.
    first = next(edition for (id, _), edition in editions.items() if id == main)
    return Library(editions, Library(editions, first).newest[main])


def _add(editions: dict[tuple[str, str], Edition], place: str | Path) -> None:
    """Read a pack and put it with the others; the same folder may come twice.

    Raises BrokenPack for one with problems, and for another pack of the same id and version.
    """
    edition = Edition.of(loader.load(place))
    pack = edition.pack
    other = editions.setdefault((pack.id, pack.full_version), edition)
    if other.content.folder != edition.content.folder:
        message = f"version {pack.full_version} of '{pack.id}' is run already, from {other.content.folder}"
        raise BrokenPack([Problem("pack.toml", 0, f"{message}; raise the version, or take one of them away")])
    if other is edition:
        for problem in _placed(place, trials.problems(edition.content.folder, pack)):
            _log.warning("figures of a pack are not shown: %s", problem)


def _within(folder: Path) -> list[Path]:
    """The packs of a folder: itself, or those that it holds, by name. Without any, the folder, to be refused."""
    if _is_pack(folder):
        return [folder]
    try:
        return [pack for pack in sorted(folder.iterdir()) if _is_pack(pack)] or [folder]
    except OSError:
        return [folder]


def _is_pack(folder: Path) -> bool:
    """Whether a folder is a pack; one that cannot be read is taken for one, so that it is named, not passed over."""
    try:
        return (folder / "pack.toml").exists()
    except OSError:
        return True


def _placed(place: str | Path, problems: Iterable[Problem]) -> Iterator[Problem]:
    """The problems of a pack with the whole path of their files, so that the log says where to look."""
    folder = place if isinstance(place, Path) else loader.SHIPPED / place
    for problem in problems:
        within = problem.file not in (str(place), str(folder))
        yield replace(problem, file=str(folder.absolute() / problem.file)) if within else problem


def _age(pack: Pack) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """By which versions are ordered: 1.10.0 is newer than 1.9.0."""
    words, figures = (tuple(map(int, version.split("."))) for version in (pack.version, pack.parameters.version))
    return words, figures
