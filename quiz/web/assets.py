"""Static files: copied under hashed names with compressed twins, and served to be cached for ever."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Flask
from whitenoise import WhiteNoise
from whitenoise.compress import Compressor

from quiz.settings import PROJECT, Settings
from quiz.web.headers import SECURE

if TYPE_CHECKING:
    from wsgiref.headers import Headers

SOURCE = PROJECT / "static"
PREFIX = "/static/"
_HASHED = re.compile(r"\.[0-9a-f]{12}\.\w+$")


def install(app: Flask, settings: Settings) -> WhiteNoise:
    """Publish the files, give templates `asset("app.css")`, and return the server that wraps the application."""
    folder = Path(settings.static_folder)
    published = publish(SOURCE, folder)
    app.jinja_env.globals["asset"] = lambda name: PREFIX + published[name]
    return WhiteNoise(
        app.wsgi_app,
        root=str(folder),
        prefix=PREFIX,
        immutable_file_test=lambda _path, url: bool(_HASHED.search(url)),
        add_headers_function=_secure,
    )


def publish(source: Path, folder: Path) -> Mapping[str, str]:
    """Copy every file of `source` to `folder` under a name with its hash; return the new names by the old."""
    folder.mkdir(parents=True, exist_ok=True)
    compressor = Compressor(quiet=True)
    names = {}
    for file in sorted(source.iterdir()):
        if file.name.startswith(".") or not file.is_file():
            continue
        content = file.read_bytes()
        name = f"{file.stem}.{hashlib.sha256(content).hexdigest()[:12]}{file.suffix}"
        names[file.name] = name
        if not (folder / name).exists():
            # Written aside and moved: another worker may be starting at the same moment.
            aside = folder / f"{name}.{os.getpid()}"
            aside.write_bytes(content)
            aside.replace(folder / name)
            compressor.compress(str(folder / name))
    return names


def _secure(headers: Headers, _path: str, _url: str) -> None:
    for name, value in SECURE:
        headers[name] = value
