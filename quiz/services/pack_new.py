"""Begins a new pack in a folder, or says all that keeps it from being one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from quiz.packs import starter
from quiz.packs.draft import LANGUAGES
from quiz.packs.loader import NAME
from quiz.packs.problem import suggestion
from quiz.packs.starter.structure import ROUNDS

__all__ = ["LANGUAGES", "begin", "reasons_against"]

_ROLE = re.compile(r"[a-z][a-z0-9_-]*")


def begin(folder: Path, id: str, languages: Sequence[str], roles: Sequence[str], today: date) -> None:
    """Write a small, complete pack into a new or empty folder; nothing speaks against it (`reasons_against`)."""
    starter.write(folder, id, languages, roles, today)


def reasons_against(folder: Path, id: str, languages: Sequence[str], roles: Sequence[str]) -> Iterator[str]:
    """Yield why no pack can be written with this; nothing if it can."""
    if folder.exists() and not folder.is_dir():
        yield f"{folder} is a file"
    elif folder.exists() and any(folder.iterdir()):
        yield f"{folder} is not empty; nothing in it was touched"
    if not NAME.fullmatch(id):
        yield f"a pack's id has small letters, digits and dashes, unlike {id!r}; give one with --id"
    if not languages:
        yield "a pack speaks at least one language; name it with --languages"
    for language in sorted(set(languages) - set(LANGUAGES)):
        yield f"there is no language {language!r}{suggestion(language, LANGUAGES)}; there are {', '.join(LANGUAGES)}"
    if len(roles) not in ROUNDS:
        yield f"a new pack has {min(ROUNDS)} to {max(ROUNDS)} roles, not {len(roles)}; add others by hand"
    for role in roles:
        if not _ROLE.fullmatch(role):
            yield f"a role's id begins with a small letter and has small letters, digits, _ and -, unlike {role!r}"
    for thing, given in (("language", languages), ("role", roles)):
        if len(set(given)) < len(given):
            yield f"a {thing} is named twice"
