"""Pages of the console: rendered anew for every request, with what each of them knows."""

from __future__ import annotations

from typing import Any

from flask import render_template
from flask_security import current_user

from quiz.web.house import house
from quiz.web.i18n import LANGUAGES, language


def page(template: str, **values: Any) -> str:  # noqa: ANN401 - whatever the template shows
    """A template of templates/hr/."""
    return render_template(f"hr/{template}", **values)


def common() -> dict[str, Any]:
    """What every template of the console knows."""
    return {
        "language": language(),
        "languages": LANGUAGES,
        "member": current_user if current_user.is_authenticated else None,
        "settings": house().settings,
    }
