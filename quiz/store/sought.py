"""How people are found: name, e-mail and reference in one text, without capitals and accents, to search and sort by."""

from __future__ import annotations

import unicodedata


def fold(text: str) -> str:
    """A text as it is compared: "Ángela MUÑOZ" and "angela munoz" are the same."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in apart if not unicodedata.combining(character))


def sought(*known: str | None) -> str:
    """What somebody is known by, folded, a line each; empty for somebody without a name.

    The first one leads, so that sorting by it sorts by what people see.
    """
    return "\n".join(fold(text) for text in known if text)
