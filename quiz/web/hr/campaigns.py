"""Campaigns: made, changed, previewed, paused, closed, deleted."""

from __future__ import annotations

from flask import Blueprint

door = Blueprint("campaigns", __name__)
