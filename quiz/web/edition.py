"""The current pack: which one an answer speaks of, and the addresses of its pages.

The main pack has the short addresses (`/roles`). Every other one has the same pages under `/packs/<pack>`. A view
serves both by two rules and takes no pack: it asks for `edition()`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Flask, abort, current_app, g, redirect, request

from quiz.services.library import Edition
from quiz.web.house import house

PACK = "pack_id"
"""What rules call the pack of an address."""
_RULES = "rolefit-packs"


class UnknownPack(LookupError):
    """The address names a pack that is not run here."""


def edition() -> Edition:
    """The pack of this answer: the attempt's or the campaign's, that of the address, or else the main one."""
    found: Edition | None = g.get("edition")
    return found or house().library.main


def install(app: Flask) -> None:
    """Let the addresses of packs' pages say the current pack. Called after the doors have been registered."""
    app.extensions[_RULES] = frozenset(rule.endpoint for rule in app.url_map.iter_rules() if PACK in rule.arguments)
    app.url_value_preprocessor(_settle)


def pack_of_address(endpoint: str, values: Mapping[str, Any]) -> Mapping[str, Any]:
    """The values that lead to an endpoint within the current pack, where it has pages for each pack."""
    if PACK in values or endpoint not in current_app.extensions.get(_RULES, ()):
        return values
    return {**values, PACK: edition().pack.id}


def short(endpoint: str, values: Mapping[str, Any]) -> Mapping[str, Any]:
    """The same values without the main pack, if the endpoint has an address that needs none."""
    if values.get(PACK) != house().library.main.pack.id:
        return values
    if all(PACK in rule.arguments for rule in current_app.url_map.iter_rules(endpoint)):
        return values
    return {name: value for name, value in values.items() if name != PACK}


def _settle(endpoint: str | None, values: dict[str, Any] | None) -> None:
    if endpoint is None or values is None or endpoint not in current_app.extensions[_RULES]:
        return
    library, asked = house().library, values.pop(PACK, None)
    if asked is None:
        g.edition = library.main
    elif asked in library.newest:
        g.edition = library.newest[asked]
        if g.edition is library.main:
            _shorten(endpoint, values)
    else:
        raise UnknownPack(asked)


def _shorten(endpoint: str, values: Mapping[str, Any]) -> None:
    """Lead from a long address of the main pack to the short one, if there is one, so that each page has one address.

    With 307, which no browser keeps: another pack can be made the main one, and a press stays a press.
    """
    shorter = short(endpoint, {**values, PACK: house().library.main.pack.id})
    if PACK not in shorter:
        path = current_app.url_map.bind("", script_name=request.script_root).build(endpoint, shorter)
        query = request.query_string.decode("ascii", "ignore")
        abort(redirect(path + (f"?{query}" if query else ""), 307))
