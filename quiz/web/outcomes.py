"""What kinds of outcome are called, the same on every page that lists them."""

from __future__ import annotations

from flask_babel import gettext

from quiz.core.outcome import Kind


def outcome_names(*, many: bool = False) -> dict[str, str]:
    """What each kind of outcome is called; with `many` roles, more than two, none is "both" or "neither"."""
    return {
        Kind.CLEAR: gettext("Clear"),
        Kind.LEANING: gettext("Leaning"),
        Kind.BOTH: gettext("Several fit") if many else gettext("Both fit"),
        Kind.TOO_CLOSE: gettext("Too close to call"),
        Kind.NEITHER: gettext("No role stands out") if many else gettext("Neither stands out"),
        Kind.NONE: gettext("No reliable result"),
    }
