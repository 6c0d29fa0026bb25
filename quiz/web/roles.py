"""The roles: compared, and one by one."""

from __future__ import annotations

from flask import Blueprint, Response, abort

from quiz.web.edition import edition
from quiz.web.i18n import language
from quiz.web.page import public

door = Blueprint("roles", __name__)


@door.get("/roles")
@door.get("/packs/<pack_id>/roles")
def compare() -> Response:
    """All roles side by side."""
    return public("roles/compare.html")


@door.get("/roles/<role_id>")
@door.get("/packs/<pack_id>/roles/<role_id>")
def role(role_id: str) -> Response:
    """Everything about one role."""
    content = edition().content
    found = next((role for role in content.pack.roles if role.id == role_id), None)
    if found is None:
        abort(404)
    others = [role for role in content.pack.roles if role is not found]
    words = content.texts[language()].roles[role_id]
    return public("roles/role.html", role=found, words=words, others=others)
