"""The taker's door: landing, questions, result. No cookie: the token in the address is all there is."""

from __future__ import annotations

# Importing a module of views adds them to the door.
from quiz.web.taker import landing as landing
from quiz.web.taker import own as own
from quiz.web.taker import questions as questions
from quiz.web.taker import result as result
from quiz.web.taker import unserved as unserved
from quiz.web.taker.door import door as door
