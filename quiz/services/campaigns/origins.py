"""Addresses that somebody types: the origins that may frame a quiz, and where people go on to."""

from __future__ import annotations

import re
from functools import cache
from urllib.parse import urlsplit

from publicsuffixlist import PublicSuffixList

from quiz.services.campaigns.wanted import LONGEST_ADDRESS

_HOST = re.compile(r"(\*\.)?([a-z0-9-]+\.)*[a-z0-9-]+")
_LONGEST_HOST = 253
_USUAL = {"https": "443", "http": "80"}


def origin_problem(site: str) -> tuple[str, str] | None:
    """Why a text is no origin that a browser would send, and the origin that it may have meant; None if it is one."""
    scheme, mark, rest = site.partition("://")
    if not mark or scheme not in _USUAL:
        return "scheme", _meant("https", site) if not mark else ""
    whole, slash, _ = _cut(rest)
    if slash:
        return "path", _meant(scheme, rest)
    if "@" in whole:
        return "user", _meant(scheme, rest)
    host, colon, port = whole.partition(":")
    if colon and (not _is_port(port) or port == _USUAL[scheme]):
        # A browser leaves a scheme's usual port out of an origin, so a site that names it would never match.
        return "port", _meant(scheme, rest)
    if not _HOST.fullmatch(host) or len(host) > _LONGEST_HOST:
        return ("wildcard" if "*" in host else "host"), _meant(scheme, rest)
    if host.startswith("*.") and _suffixes().is_public(host.removeprefix("*.")):
        return "everybody", ""
    return None


def normal_site(text: str) -> str:
    """A typed origin as browsers write it: in small letters, without the spaces around it and a last slash."""
    site = text.strip().lower()
    return site.removesuffix("/") if site.count("/") == 3 else site


def is_address(text: str) -> bool:
    """Whether a text is an address with TLS."""
    if not text.startswith("https://") or len(text) > LONGEST_ADDRESS or " " in text:
        return False
    try:
        return bool(urlsplit(text).hostname)
    except ValueError:
        return False


@cache
def _suffixes() -> PublicSuffixList:
    """Names under which everybody can have a site: com, co.uk, github.io. The library brings the list along.

    A last label that the list does not know counts as one of them, as browsers have it.
    """
    return PublicSuffixList()


def _meant(scheme: str, rest: str) -> str:
    """The origin that was meant, or nothing if none can be made of it."""
    whole = _cut(rest)[0].rpartition("@")[2].lower()
    host, _, port = whole.partition(":")
    kept = f":{port}" if _is_port(port) and port != _USUAL[scheme] else ""
    meant = f"{scheme}://{host}{kept}"
    good = _HOST.fullmatch(host) and "." in host and len(host) <= _LONGEST_HOST
    return meant if good else ""


def _cut(rest: str) -> tuple[str, str, str]:
    """What stands before the path, the sign that begins it, and the path."""
    found = re.search(r"[/?#\\]", rest)
    return (rest[: found.start()], found[0], rest[found.end() :]) if found else (rest, "", "")


def _is_port(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 6 and 0 < int(text) < 65536
