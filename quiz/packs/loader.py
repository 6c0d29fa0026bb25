"""Loads packs: by the name of one that is shipped, or from a folder."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from quiz.packs import build, draft
from quiz.packs.check.structure import structure
from quiz.packs.check.texts import texts
from quiz.packs.content import Content
from quiz.packs.problem import BrokenPack, Problem, suggestion

__all__ = ["SHIPPED", "BrokenPack", "Problem", "find", "load", "names"]

SHIPPED = Path(__file__).parent
"""The folder that holds the shipped packs."""

State = tuple[tuple[str, int, int], ...]
"""Name, time of change and size of each of a pack's files."""

NAME = re.compile(r"[a-z0-9-]+")


def names() -> tuple[str, ...]:
    """Return the names of the shipped packs, in alphabetical order."""
    return tuple(sorted(file.parent.name for file in SHIPPED.glob("*/pack.toml")))


def find(pack: str | Path) -> Path:
    """Return the folder of a pack. A string is a name and can never lead out of the shipped packs.

    Raises BrokenPack for a name that is not shipped or a folder without pack.toml.
    """
    if isinstance(pack, str):
        if not NAME.fullmatch(pack) or pack not in names():
            raise BrokenPack([Problem(pack, 0, "there is no pack of this name" + suggestion(pack, names()))])
        return SHIPPED / pack
    if message := _no_pack(pack):
        raise BrokenPack([Problem(str(pack), 0, message)])
    return pack.resolve()


def _no_pack(folder: Path) -> str:
    """Say why there is no pack in a folder; nothing if there is one."""
    try:
        next(folder.iterdir(), None)
        return "" if (folder / "pack.toml").is_file() else "this folder holds no pack.toml"
    except FileNotFoundError:
        return "there is no such folder"
    except OSError as error:
        return f"this folder cannot be read: {error.strerror}"


def load(pack: str | Path) -> Content:
    """Return a pack by its name (a string) or its folder (a path): the same object while its files stay the same.

    Raises BrokenPack with every problem of form, structure and texts. What `check` asks beyond (balance,
    reliability, golden examples) does not keep a pack from being loaded, so that a draft can be tried out.
    """
    folder = find(pack)
    return _load(folder, state(folder))


def state(folder: Path) -> State:
    """Return what tells one state of a pack's files from another: it differs once one of them has been saved."""
    files = sorted(file for kind in ("*.toml", "*.json") for file in folder.glob(kind) if file.is_file())
    return tuple((file.name, file.stat().st_mtime_ns, file.stat().st_size) for file in files)


@lru_cache(maxsize=32)
def _load(folder: Path, _state: State) -> Content:
    found = draft.read(folder)
    problems = (*found.problems, *structure(found), *texts(found))
    if problems:
        raise BrokenPack(sorted(problems))
    return build.content(found)
