"""The taker's door: landing, questions, result. No cookie: the token in the address is all there is."""

from __future__ import annotations

from quiz.web.taker import landing, own, questions, result
from quiz.web.taker.door import door

__all__ = ["door", "landing", "own", "questions", "result"]
