"""Static files: copied under hashed names with compressed twins, and served to be cached for ever."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from whitenoise import WhiteNoise
from whitenoise.compress import Compressor

from quiz.settings import PROJECT
from quiz.web.headers import SECURE

if TYPE_CHECKING:
    from wsgiref.headers import Headers

    from _typeshed.wsgi import WSGIApplication

SOURCE = PROJECT / "static"
PREFIX = "/static/"
_HASHED = re.compile(r"\.[0-9a-f]{12}\.\w+$")


def serve(app: WSGIApplication, folder: Path) -> WhiteNoise:
    """Wrap an application so that it serves the published files."""
    return WhiteNoise(
        app,
        root=str(folder),
        prefix=PREFIX,
        immutable_file_test=lambda _path, url: bool(_HASHED.search(url)),
        add_headers_function=_secure,
    )


def publish(source: Path, folder: Path) -> Mapping[str, str]:
    """Copy every file of `source` to `folder` under a name with its hash; return the addresses by the old names."""
    folder.mkdir(parents=True, exist_ok=True)
    compressor = Compressor(quiet=True)
    names = {}
    for file in sorted(source.iterdir()):
        if file.name.startswith(".") or not file.is_file():
            continue
        content = file.read_bytes()
        name = f"{file.stem}.{hashlib.sha256(content).hexdigest()[:12]}{file.suffix}"
        names[file.name] = PREFIX + name
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
