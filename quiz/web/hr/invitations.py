"""Invitations: made from a list, renewed, revoked."""

from __future__ import annotations

from flask import Blueprint

door = Blueprint("invitations", __name__)
