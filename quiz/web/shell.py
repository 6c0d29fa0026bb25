"""Shells: pages rendered once, with slots that each request fills.

A template writes `{{ slot("token") }}` where a request's own value belongs. Rendering costs a millisecond, filling
some microseconds, so nothing is rendered on a request but what no other request could share.
"""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup, escape

# Two characters from Unicode's private use area: no text of ours has them, and escaping leaves them alone.
_OPEN, _CLOSE = "\ue000", "\ue001"


def slot(name: str) -> str:
    """What a template writes for a slot."""
    return f"{_OPEN}{name}{_CLOSE}"


class Piece(bytes):
    """HTML that was rendered once, as it is sent."""

    __slots__ = ()

    def __new__(cls, html: Markup) -> Piece:
        """Take what a template has made, not just any text."""
        return super().__new__(cls, html.encode())


class Shell:
    """A rendered page between whose parts the slots lie."""

    __slots__ = ("_first", "_names", "_rest")

    def __init__(self, html: str) -> None:
        first, *rest = html.split(_OPEN)
        self._first = first.encode()
        pairs = [after.split(_CLOSE, 1) for after in rest]
        self._rest = [(name, part.encode()) for name, part in pairs]
        self._names = {name for name, _ in pairs}

    def fill(self, values: Mapping[str, object]) -> bytes:
        """The page with its slots filled: a list is of rendered pieces, anything else is escaped.

        Raises KeyError for a slot without a value.
        """
        # A slot that comes several times is escaped once.
        said = {
            name: value if isinstance(value := values[name], list) else (escape(value).encode(),)
            for name in self._names
        }
        pieces = [self._first]
        for name, part in self._rest:
            pieces += said[name]
            pieces.append(part)
        return b"".join(pieces)
