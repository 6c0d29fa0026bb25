"""Pages of the console: rendered anew for every request, with what each of them knows."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from flask import render_template, request
from flask_security import current_user

from quiz.services import admission
from quiz.web.address import given
from quiz.web.house import house
from quiz.web.hr import dates, passkeys
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
        "own_path": _own_path(),
        "in_language": _in_language,
        "passkeys_work": passkeys.possible(),
        "nobody_yet": lambda: admission.nobody_yet(house().database),
        "day": dates.day,
        "moment": dates.moment,
        "machine_moment": dates.machine_moment,
    }


def _own_path() -> str:
    """The address of this page, to come back to it; of a page that was sent, the front page is as good."""
    query = request.query_string.decode("ascii", "replace") if request.method == "GET" else ""
    return request.script_root + request.path + (f"?{query}" if query else "")


def _in_language(code: str) -> str:
    """The address of this page in another language, for those who have not signed in."""
    kept = {name: value for name, value in given().items() if name != "lang"}
    return "?" + urlencode({**kept, "lang": code})
