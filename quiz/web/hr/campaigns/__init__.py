"""Campaigns: made, changed, previewed, paused, closed, held, deleted."""

from __future__ import annotations

# Importing a module of views adds them to the door.
from quiz.web.hr.campaigns import editing as editing
from quiz.web.hr.campaigns import overview as overview
from quiz.web.hr.campaigns import preview as preview
from quiz.web.hr.campaigns.door import door as door
