"""The team: its members and their invitations."""

from __future__ import annotations

from flask import Blueprint

door = Blueprint("team", __name__)
