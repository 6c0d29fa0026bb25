"""Headers that every answer carries unless a view set its own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

CSP = "Content-Security-Policy"


def policy(ancestors: str) -> str:
    """The Content-Security-Policy of an answer that the sites `ancestors` may frame."""
    return (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
        f"form-action 'self'; base-uri 'none'; frame-ancestors {ancestors}"
    )


SECURE = (
    (CSP, policy("'none'")),
    ("Referrer-Policy", "no-referrer"),
    ("X-Content-Type-Options", "nosniff"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
)


class Secure:
    """WSGI middleware, so that errors raised outside Flask's views are covered as well."""

    def __init__(self, app: WSGIApplication) -> None:
        self.app = app

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Hand the request on and complete the headers of its answer."""

        def start(status: str, given: list[tuple[str, str]], exc_info: object = None) -> object:
            names = {name for name, _ in given}
            given += [header for header in SECURE if header[0] not in names]
            return start_response(status, given, exc_info)  # type: ignore[arg-type]

        return self.app(environ, start)  # type: ignore[arg-type]
