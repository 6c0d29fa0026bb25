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


class Shell:
    """A rendered page between whose parts the slots lie."""

    __slots__ = ("_names", "_parts")

    def __init__(self, html: str) -> None:
        first, *rest = html.split(_OPEN)
        pairs = [piece.split(_CLOSE, 1) for piece in rest]
        self._parts = [first] + [part for pair in pairs for part in ("", pair[1])]
        self._names = [(2 * place + 1, name) for place, (name, _) in enumerate(pairs)]

    def fill(self, values: Mapping[str, object]) -> Markup:
        """The page with its slots filled, each value escaped unless it is a filled shell itself.

        Raises KeyError for a slot without a value.
        """
        parts = self._parts.copy()
        for place, name in self._names:
            parts[place] = escape(values[name])
        return Markup("".join(parts))
