"""Results of a campaign: the table, one person, some people side by side."""

from __future__ import annotations

# Importing a module of views adds them to the door.
from quiz.web.hr.results import compare as compare
from quiz.web.hr.results import keeping as keeping
from quiz.web.hr.results import person as person
from quiz.web.hr.results import table as table
from quiz.web.hr.results.door import door as door
