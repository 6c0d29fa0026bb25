"""The quizzes as the console names them: their words in the member's language, or in the quiz's own."""

from __future__ import annotations

from typing import Any

from quiz.core.pack import Pack
from quiz.services.library import Edition
from quiz.web.i18n import language


def words_of(edition: Edition, wanted: str = "") -> Any:  # noqa: ANN401 - the form of a pack's language file
    """The quiz's words in a language, by default the member's; in its own first one where it has not got that."""
    return edition.content.texts[spoken_by(edition, wanted)]


def spoken_by(edition: Edition, wanted: str = "") -> str:
    """The language in which the console speaks of a quiz."""
    wanted = wanted or language()
    return wanted if wanted in edition.content.texts else edition.content.languages[0]


def role_names(edition: Edition, wanted: str = "") -> dict[str, str]:
    """What each role is called, in the pack's order."""
    said = words_of(edition, wanted).roles
    return {role: said[role].name for role in edition.pack.role_ids}


def has_many_roles(pack: Pack) -> bool:
    """Whether there are more roles than two: "both" and "neither" mean nothing then."""
    return len(pack.role_ids) > 2
