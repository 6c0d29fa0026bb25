"""A pack as one JSON document for other programs, and the schema that it follows."""

from __future__ import annotations

import json
from typing import Any

from quiz.packs import document
from quiz.services import packs

__all__ = ["as_text", "export", "schema"]


def export(pack: str) -> str:
    """Return a pack, by its name or folder, as the text of a JSON document; raises BrokenPack."""
    return as_text(document.document(packs.folder(pack)))


def schema() -> str:
    """Return the text of the JSON Schema that documents of packs follow."""
    return as_text(document.schema())


def as_text(data: dict[str, Any]) -> str:
    """Return JSON for people and programs: indented, letters as they are, and a line's end at the end."""
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"
