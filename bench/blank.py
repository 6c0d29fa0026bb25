"""Two pages with one word each: a bare one, and one with the house's style sheet. Sooner nothing can be painted."""

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="description" content="A blank page">
{}<title>Blank</title></head><body><h1>Blank</h1></body></html>"""
SHEET = '<link rel="stylesheet" href="/app.css">'


def app(environ: dict[str, Any], start_response: Callable[..., object]) -> Iterable[bytes]:
    """The bare page, the page with the sheet at `/styled`, and the sheet as the quiz has published it."""
    path = environ["PATH_INFO"]
    if path == "/app.css":
        body = next(Path(os.environ["STATIC_FOLDER"]).glob("app.*.css.br")).read_bytes()
        headers = [("Content-Type", "text/css"), ("Content-Encoding", "br")]
    else:
        body = PAGE.format(SHEET if path == "/styled" else "").encode()
        headers = [("Content-Type", "text/html; charset=utf-8")]
    start_response("200 OK", [*headers, ("Content-Length", str(len(body)))])
    return [body]
