"""Accent colours: can they be read, which one near by can, and what stands on and around them.

Contrast is WCAG 2.2's ratio (1 to 21). Colours are #rrggbb in small letters. Lightness is changed in Oklab
(B. Ottosson, 2020), so that a colour keeps its hue when it becomes darker or lighter.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import atan2, cos, hypot, sin

READABLE = 4.5
"""The contrast that text needs (WCAG 2.2, 1.4.3)."""
_SHORT = re.compile(r"#?([0-9a-fA-F]{3}|[0-9a-fA-F]{6})")
_WASHES = (0.1, 0.07, 0.04, 0.0)
"""How much accent a wash has, the first that leaves the accent readable on it."""


@dataclass(frozen=True, slots=True)
class Theme:
    """Surfaces that the accent stands on, and the text that stands on the accent; as static/app.css has them."""

    surfaces: tuple[str, ...]
    on_accent: str
    darkens: bool
    """Whether a colour that cannot be read has to become darker, and not lighter."""


LIGHT = Theme(("#fbfbf8", "#ffffff"), "#ffffff", darkens=True)
DARK = Theme(("#101413", "#181e1c"), "#101413", darkens=False)


@dataclass(frozen=True, slots=True)
class Shade:
    """An accent for one theme: itself, text on it, and the pale surface of its hue."""

    accent: str
    on_accent: str
    wash: str


@dataclass(frozen=True, slots=True)
class Accents:
    """What a chosen colour becomes in each theme."""

    light: Shade
    dark: Shade


def read(text: str) -> str | None:
    """A typed colour as #rrggbb: `#1A5FB4`, `1a5fb4` and `#15b` are understood; None for anything else."""
    found = _SHORT.fullmatch(text.strip())
    if found is None:
        return None
    digits = found[1].lower()
    return "#" + (digits if len(digits) == 6 else "".join(digit * 2 for digit in digits))


def contrast(one: str, other: str) -> float:
    """WCAG's contrast ratio of two colours."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def least_contrast(colour: str, theme: Theme) -> float:
    """A colour's lowest contrast in a theme: as text on each surface, and with the text that stands on it."""
    return min(contrast(colour, other) for other in (*theme.surfaces, theme.on_accent))


def is_readable(colour: str, theme: Theme) -> bool:
    """Whether a colour can be an accent in a theme as it is."""
    return least_contrast(colour, theme) >= READABLE


def nearest(colour: str, theme: Theme) -> str:
    """The colour itself if it can be read, or else the one of its hue whose lightness has to change least."""
    if is_readable(colour, theme):
        return colour
    lightness, chroma, hue = _to_oklch(colour)
    # Black and white can be read, so there is always an end to go to.
    good, bad = (0.0 if theme.darkens else 1.0), lightness
    for _ in range(20):
        middle = (good + bad) / 2
        if is_readable(_of_oklch(middle, chroma, hue), theme):
            good = middle
        else:
            bad = middle
    return _of_oklch(good, chroma, hue)


def accents(colour: str) -> Accents:
    """What a colour becomes in both themes; readable in each, whatever the colour."""
    return Accents(_shade(colour, LIGHT), _shade(colour, DARK))


def _shade(colour: str, theme: Theme) -> Shade:
    accent = nearest(colour, theme)
    washes = (_mix(theme.surfaces[0], accent, part) for part in _WASHES)
    return Shade(accent, theme.on_accent, next(wash for wash in washes if contrast(accent, wash) >= READABLE))


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _linear(channel: int) -> float:
    part = channel / 255
    return float(part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(channel) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _mix(one: str, other: str, part: float) -> str:
    pairs = zip(_channels(one), _channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * part):02x}" for a, b in pairs)


def _to_oklch(colour: str) -> tuple[float, float, float]:
    """Lightness (0 to 1), chroma and hue in radians."""
    red, green, blue = (_linear(channel) for channel in _channels(colour))
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    middle = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    a = 1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short
    return 0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short, hypot(a, b), atan2(b, a)


def _of_oklch(lightness: float, chroma: float, hue: float) -> str:
    """The colour, or, where screens have none so colourful, the most colourful that they have."""
    low, high = 0.0, chroma
    if _fits(_rgb(lightness, chroma, hue)):
        low = chroma
    else:
        for _ in range(20):
            middle = (low + high) / 2
            low, high = (middle, high) if _fits(_rgb(lightness, middle, hue)) else (low, middle)
    return "#" + "".join(f"{_byte(part):02x}" for part in _rgb(lightness, low, hue))


def _rgb(lightness: float, chroma: float, hue: float) -> tuple[float, float, float]:
    """Linear red, green and blue; outside 0 to 1 where no screen has the colour."""
    a, b = chroma * cos(hue), chroma * sin(hue)
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )


def _fits(parts: tuple[float, float, float]) -> bool:
    return all(-1e-6 <= part <= 1 + 1e-6 for part in parts)


def _byte(part: float) -> int:
    held = min(1.0, max(0.0, part))
    return round(255 * (12.92 * held if held <= 0.0031308 else 1.055 * held ** (1 / 2.4) - 0.055))
