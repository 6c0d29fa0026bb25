"""Answers: pages from shells, with the headers that their kind of page needs."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Hashable, Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from flask import Response, current_app, g, render_template, request
from flask_babel import force_locale
from isal import igzip
from markupsafe import Markup

from quiz.settings import Settings
from quiz.web.edition import edition, pack_of_address, short
from quiz.web.guise import guise
from quiz.web.house import house
from quiz.web.i18n import asked, language, offered
from quiz.web.shell import Shell, slot

HTML = "text/html; charset=utf-8"
PRIVATE = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex, nofollow"}
PUBLIC = {"Cache-Control": "no-cache", "Vary": "Accept-Language, Accept-Encoding"}
SMALL = 4096
"""Bytes below which a page is sent as it is: it fits in the packets that a connection starts with anyway."""
QUICK, SMALLEST = 1, 3
"""Levels of ISA-L's gzip, which takes a fifth of the time that the standard library takes for the same size."""
_INDENTATION = re.compile(r"\n[ \n]+")  # for those who read templates; a seventh of a page's bytes
_GZIP = re.compile(r"\bgzip\b(?! *; *q=0(\.0*)? *(,|$))")


def private(shell: Shell, slots: Mapping[str, object], status: int = 200) -> Response:
    """A page of an attempt or a campaign: for nobody's cache and nobody's index."""
    return _answer(shell.fill({**_worn(), **slots}), status, PRIVATE)


def fresh(template: str, slots: Mapping[str, object], values: Mapping[str, Any], status: int = 200) -> Response:
    """The same, rendered for this answer alone, because of what somebody wrote: it may be another next time."""
    filled = {**_worn(), **slots}
    return _answer(render(template, language(), {**values, "slot": filled.__getitem__}).encode(), status, PRIVATE)


def public(template: str, key: Hashable = None, status: int = 200, **values: Any) -> Response:  # noqa: ANN401
    """A page that is the same for everybody who reads the language; `key` tells apart what `values` change."""
    shown = shell(template, (asked(), request.path, key), lambda: {"switch": switch(request.path)} | values)
    return _answer(shown.fill({}), status, PUBLIC)


def wants_json() -> bool:
    """Whether a script asks, which reads JSON, and not a browser, which shows pages."""
    return request.accept_mimetypes.best == "application/json"


def shell(template: str, key: Hashable, values: Callable[[], Mapping[str, Any]]) -> Shell:
    """The shell of a template in this answer's pack and language, rendered when it is first needed.

    Two versions of a pack have shells of their own.

    `key` tells apart whatever `values` change; a set of keys that visitors could grow at will does not belong here,
    and nothing in `values` may be one visitor's own: that goes into slots.
    """
    shells, place = house().shells, (template, edition(), language(), guise().kind, key)
    if place not in shells:
        shells[place] = Shell(render(template, language(), values()))
    return shells[place]


def render(template: str, spoken: str, values: Mapping[str, Any]) -> Markup:
    """A template in a language, with what every template knows."""
    with force_locale(spoken):
        html = render_template(template, **_common() | dict(values))
    return Markup(_INDENTATION.sub("\n", html))


def link(endpoint: str, **values: Any) -> str:  # noqa: ANN401
    """An address that keeps the pack, and the language: the attempt's, or the one that this address asked for."""
    spoken = asked() if g.get("attempt") is None else language()
    values = dict(short(endpoint, pack_of_address(endpoint, values)))
    if spoken:
        values["lang"] = spoken
    # Not Flask's url_for, which fails where the request names a host that cannot be: that error has a page as well.
    return current_app.url_map.bind("").build(endpoint, values)


def own_path() -> str:
    """The path that was asked for, safe to link to on this site whatever it holds."""
    return "/" + quote(request.path.lstrip("/"))


def switch(path: str) -> list[tuple[str, str, str]]:
    """A path in the other languages: code, name, address."""
    return [(code, name, f"{path}?lang={code}") for code, name in offered().items() if code != language()]


def data(document: Mapping[str, object], name: str) -> Response:
    """A JSON document that a browser offers to keep."""
    response = Response(
        json.dumps(document, ensure_ascii=False, indent=2) + "\n",
        headers=PRIVATE,
        content_type="application/json",
    )
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def address(path: str, settings: Settings, environ: Mapping[str, Any]) -> str:
    """The full address of a path, as a person would keep it."""
    root = settings.public_url or f"{environ['wsgi.url_scheme']}://{environ.get('HTTP_HOST') or settings.host}"
    return root + path


def body(html: bytes, environ: Mapping[str, Any], *, shared: bool = False) -> tuple[bytes, dict[str, str]]:
    """What to send of a page, and the headers that say how; a `shared` page is compressed once for everybody."""
    if len(html) > SMALL and _GZIP.search(environ.get("HTTP_ACCEPT_ENCODING", "")):
        compressed = _for_everybody(html) if shared else igzip.compress(html, QUICK, mtime=0)
        return compressed, {"Content-Type": HTML, "Content-Encoding": "gzip"}
    return html, {"Content-Type": HTML}


def _answer(html: bytes, status: int, headers: Mapping[str, str]) -> Response:
    sent, how = body(html, request.environ, shared=headers is PUBLIC)
    return Response(sent, status, {**headers, **how})


@lru_cache(maxsize=128)
def _for_everybody(html: bytes) -> bytes:
    return igzip.compress(html, SMALLEST, mtime=0)


def _worn() -> Mapping[str, object]:
    """The slots that each page of a campaign has."""
    return {"sites": guise().sites, "accent": guise().accent}


def _common() -> dict[str, Any]:
    """What every template knows."""
    content = edition().content
    return {
        "language": language(),
        "languages": offered(),
        "edition": edition(),
        "t": content.texts.get(language()) or content.texts[content.languages[0]],
        "pack": content.pack,
        "minutes": content.minutes,
        "settings": house().settings,
        "link": link,
        "slot": slot,
        "attempt": g.get("attempt") is not None,
        "framed": bool(guise().sites),
        "accented": bool(guise().accent),
        "in_campaign": bool(guise().campaign),
    }
