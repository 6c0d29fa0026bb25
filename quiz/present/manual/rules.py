"""Thresholds of response quality, by name, as the manual prints them."""

from __future__ import annotations

from collections.abc import Mapping

from quiz.core import quality

RULES: Mapping[str, float] = {
    name.lower(): value
    for name, value in vars(quality).items()
    if name.isupper() and not name.startswith("_") and isinstance(value, (int, float))
}
"""Every public constant of `quiz.core.quality` under its name in small letters."""
