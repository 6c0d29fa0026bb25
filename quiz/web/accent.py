"""A campaign's accent colour as a style sheet of its own, for pages may hold no style."""

from __future__ import annotations

import hashlib
from functools import lru_cache

from quiz.present.colour import Shade, accents

# Not where the person's system has colours of its own: those win.
_SHEET = """@media not (forced-colors: active) {{
  :root {{ {light} }}
  @supports (color: light-dark(#000, #fff)) {{
    :root {{ {both} }}
  }}
}}
"""


@lru_cache(maxsize=1024)
def sheet(colour: str) -> tuple[str, str]:
    """The style sheet of a colour, light and dark, and the mark by which a change of it is seen."""
    found = accents(colour)
    light, dark = _tokens(found.light), _tokens(found.dark)
    css = _SHEET.format(
        light=" ".join(f"{name}: {value};" for name, value in light.items()),
        both=" ".join(f"{name}: light-dark({light[name]}, {dark[name]});" for name in light),
    )
    return css, hashlib.sha256(css.encode()).hexdigest()[:12]


def address(public_id: str, colour: str) -> str:
    """Where a campaign's style sheet is; another address when it changes."""
    return f"/c/{public_id}/accent.css?{sheet(colour)[1]}"


def _tokens(shade: Shade) -> dict[str, str]:
    return {"--accent": shade.accent, "--on-accent": shade.on_accent, "--wash": shade.wash}
