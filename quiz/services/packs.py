"""Packs for the command line: named or in a folder, checked, loaded, compiled."""

from __future__ import annotations

from pathlib import Path

from quiz.packs import loader
from quiz.packs.check import check
from quiz.packs.loader import BrokenPack, Problem
from quiz.packs.problem import counted
from quiz.services.library import Edition

__all__ = ["BrokenPack", "Problem", "counted", "edition", "folder", "problems", "shipped"]


def shipped() -> tuple[str, ...]:
    """Return the names of the shipped packs."""
    return loader.names()


def problems(pack: str) -> tuple[Problem, ...]:
    """Return every problem of a pack; raises BrokenPack where there is no such pack."""
    return check(folder(pack), pack)


def edition(pack: str) -> Edition:
    """Return a pack ready to score; raises BrokenPack."""
    return Edition.of(loader.load(_named(pack)))


def folder(pack: str) -> Path:
    """Return the folder of a pack; raises BrokenPack where there is none."""
    return loader.find(_named(pack))


def _named(pack: str) -> str | Path:
    """Take what a person typed for a shipped pack's name, then for a folder, and else for a name that was misspelt."""
    is_name = pack in shipped() or (loader.NAME.fullmatch(pack) and not Path(pack).is_dir())
    return pack if is_name else Path(pack)
