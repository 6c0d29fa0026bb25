"""The landing page of a pack and the start of an attempt."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from werkzeug.wrappers import Response

from quiz.present import chart
from quiz.services import take
from quiz.services.library import Edition, Library
from quiz.web import limits
from quiz.web.edition import edition
from quiz.web.house import house, now_ms
from quiz.web.i18n import language, offered
from quiz.web.page import link, public
from quiz.web.taker.door import door, go
from quiz.web.taker.forms import language_form

_EXAMPLE = ((64, 58, 70), (55, 48, 62), (51, 44, 58), (46, 39, 53), (41, 34, 48), (38, 31, 45), (35, 28, 42))
"""Fits of an imagined person with the first roles of a quiz, as points and their ranges."""


@door.get("/")
@door.get("/packs/<pack_id>")
def landing() -> Response:
    """What this is, how long it takes, what is kept; one press starts. Below, the other quizzes that there are."""
    return public("taker/landing.html", **_words(house().library, edition(), language()))


@door.post("/start")
@door.post("/packs/<pack_id>/start")
def start() -> Response:
    """Begin an attempt in the language of the page that was pressed on."""
    limits.count("start", house().settings.start_limit)
    form = language_form()
    spoken = form.language.data if form.validate() and form.language.data in offered() else language()
    pack = edition().pack
    token = take.start(house().database, pack, spoken, now_ms())
    return go(f"/a/{token}/{pack.item_ids[0]}")


@door.get("/start")
@door.get("/packs/<pack_id>/start")
def start_again() -> Response:
    """A reload of what was a press: back to the landing page."""
    return go(link("taker.landing"))


@lru_cache
def _words(library: Library, shown: Edition, spoken: str) -> dict[str, Any]:
    """An example of a result, and what is said of the other quizzes."""
    others = [_of_another(other, spoken) for other in library.offered if other.pack.id != shown.pack.id]
    examples = [(chart.strip(*fit), role) for fit, role in zip(_EXAMPLE, shown.pack.role_ids, strict=False)]
    return {"others": others, "examples": examples}


def _of_another(other: Edition, spoken: str) -> dict[str, object]:
    """Another quiz, in the reader's language, or in its own if it does not speak that."""
    content = other.content
    language = spoken if spoken in content.texts else content.languages[0]
    return {
        "id": other.pack.id,
        "language": language,
        "words": content.texts[language].pack,
        "questions": len(other.pack.items),
        "minutes": content.minutes,
        "roles": len(other.pack.roles),
    }
