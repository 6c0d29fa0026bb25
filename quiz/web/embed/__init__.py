"""The embed door: a campaign's first page and start, its colour, the script for other people's sites, and oEmbed."""

from __future__ import annotations

# Importing a module of views adds them to the door.
from quiz.web.embed import arrival as arrival
from quiz.web.embed import others as others
from quiz.web.embed.door import door as door
