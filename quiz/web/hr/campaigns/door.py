"""The door that the console's pages of campaigns share."""

from __future__ import annotations

from flask import Blueprint

door = Blueprint("campaigns", __name__)
