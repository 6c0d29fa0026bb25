"""Who comes in: set-up, joining a team, the own account."""

from __future__ import annotations

from flask import Blueprint

door = Blueprint("people", __name__)
