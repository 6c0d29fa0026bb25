"""Shells: pages rendered once, with slots that each request fills.

A template writes `{{ slot("token") }}` where a request's own value belongs. Rendering costs a millisecond, filling
some microseconds, so nothing is rendered on a request but what no other request could share.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from markupsafe import Markup, escape

# Two characters from Unicode's private use area: no text of ours has them, and escaping leaves them alone.
_OPEN, _CLOSE = "\ue000", "\ue001"


def slot(name: str) -> str:
    """What a template writes for a slot."""
    return f"{_OPEN}{name}{_CLOSE}"


class Piece:
    """HTML that was rendered once, as bytes."""

    __slots__ = ("html",)

    def __init__(self, html: Markup) -> None:
        self.html = html.encode()


class Shell:
    """A rendered page between whose parts the slots lie."""

    __slots__ = ("_first", "_rest")

    def __init__(self, html: str) -> None:
        first, *rest = html.split(_OPEN)
        self._first = Piece(Markup(first))
        pairs = [after.split(_CLOSE, 1) for after in rest]
        self._rest = [(name, Piece(Markup(part))) for name, part in pairs]

    def fill(self, values: Mapping[str, object]) -> Page:
        """The page with its slots filled: a list is of rendered pieces, anything else is escaped.

        Raises KeyError for a slot without a value.
        """
        pieces: list[Piece | bytes] = [self._first]
        for name, part in self._rest:
            value = values[name]
            if isinstance(value, list):
                pieces += value
            else:
                pieces.append(escape(value).encode())
            pieces.append(part)
        return Page(pieces)


class Page:
    """A filled shell: pieces that others share, and between them bytes that are this page's own."""

    def __init__(self, pieces: list[Piece | bytes]) -> None:
        self._pieces = pieces

    @cached_property
    def html(self) -> bytes:
        """As it is."""
        return b"".join([piece.html if isinstance(piece, Piece) else piece for piece in self._pieces])
