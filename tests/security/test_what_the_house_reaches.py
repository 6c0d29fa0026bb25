"""What the house reaches: no address that a visitor names is fetched, no path opened, nothing of theirs unpacked."""

from __future__ import annotations

import ast
import gzip
import io
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import brotli
import pytest
from cast import ITEMS

from quiz.services import group_file
from quiz.services.invitations import lines
from quiz.settings import PROJECT

REACHES = {
    *(
        "urllib.request",
        "http.client",
        "socket",
        "smtplib",
        "ftplib",
        "imaplib",
        "poplib",
        "xmlrpc",
        "requests",
        "httpx",
    ),
    *("urllib3", "aiohttp", "redis", "psycopg"),
}
"""What can speak to another machine."""
MAY_REACH = {
    "services/mail.py": "the mail server of the settings",
    "services/jobs/bell.py": "the Redis of the settings",
    "services/doctor/surroundings.py": "the Redis of the settings",
    "web/limits.py": "the Redis of the settings",
    "store/database.py": "the database of the settings",
    "cli/embed.py": "a command: this very installation, to see whether it runs",
}
OPENS = {"pickle", "marshal", "shelve", "dill", "subprocess", "xml", "lxml", "yaml", "tarfile", "zipfile", "ctypes"}
"""What runs, or can be made to run or to unpack, whatever it is given."""
BOMB = 64 * 1024 * 1024
"""Bytes that a few kilobytes would unpack to."""


def sources() -> list[Path]:
    return sorted((PROJECT / "quiz").rglob("*.py"))


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def within(modules: set[str], names: Iterator[str]) -> set[str]:
    return {module for name in names for module in modules if name == module or name.startswith(f"{module}.")}


def test_only_mail_redis_and_the_database_of_the_settings_are_reached():
    found = {
        path.relative_to(PROJECT / "quiz").as_posix(): reached
        for path in sources()
        if (reached := within(REACHES, imported(path)))
    }
    assert set(found) <= set(MAY_REACH), found


def test_nothing_is_unpacked_run_or_revived_that_could_be_anything():
    found = {path.name: used for path in sources() if (used := within(OPENS, imported(path)))}
    assert not found


def test_nothing_is_evaluated_and_no_template_is_made_of_a_text():
    forbidden = {"eval", "exec", "compile", "__import__", "render_template_string", "from_string"}
    for path in sources():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                called = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
                owner = getattr(getattr(node.func, "value", None), "id", "")
                harmless = called == "compile" and isinstance(node.func, ast.Attribute)  # of an expression, a statement
                assert harmless or called not in forbidden, f"{path}:{node.lineno} {owner}.{called}"


@pytest.mark.parametrize(
    "url",
    [
        *("http://127.0.0.1:22/", "http://169.254.169.254/latest/meta-data/", "file:///etc/passwd", "gopher://x:70/_"),
        *("http://localhost/c/../healthz", "http://localhost@evil.example/c/x", "http://[::1]:6379/", "//evil.example"),
    ],
)
def test_the_address_that_oembed_is_asked_about_is_looked_up_here_and_fetched_from_nowhere(client, url, monkeypatch):
    def nobody(*_):
        raise AssertionError("somebody else's address was asked")

    monkeypatch.setattr("socket.socket.connect", nobody)
    monkeypatch.setattr("socket.getaddrinfo", nobody)
    assert client.get("/oembed", query_string={"url": url}).status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        *("/packs/../../etc/passwd", "/packs/..%2f..%2fetc%2fpasswd/manual", "/packs/%2e%2e/start", "/packs/ae-am%00"),
        *("/roles/../../../app.py", "/roles/..%5c..%5capp.py", "/static/..%2f..%2fapp.py", "/static//etc/passwd"),
        *("/static/%252e%252e/app.py", "/c/..%2f..%2fetc/accent.css", "/.git/config", "/.env", "/var/rolefit.db"),
    ],
)
def test_no_address_opens_a_file(client, path):
    answer = client.get(path)
    assert answer.status_code in (404, 308)
    assert b"root:" not in answer.data
    assert b"create_app" not in answer.data


SQUEEZED = {
    "gzip": lambda raw: gzip.compress(raw, 9),
    "deflate": lambda raw: zlib.compress(raw, 9),
    "br": lambda raw: brotli.compress(raw, quality=1),
}


@pytest.mark.parametrize("encoding", SQUEEZED)
def test_a_squeezed_body_is_never_unpacked(ben, encoding):
    ben.start()
    squeezed = SQUEEZED[encoding](b"choice=3&x=" + bytes(4 * 1024 * 1024))
    assert len(squeezed) < 16 * 1024
    asked = {"headers": {"Content-Encoding": encoding}, "content_type": "application/x-www-form-urlencoded"}
    answer = ben.client.post(f"{ben.place}/{ITEMS[0]}", data=squeezed, **asked)
    assert answer.status_code in (400, 415, 422)
    small = SQUEEZED[encoding](b"choice=3")
    answer = ben.client.post(f"{ben.place}/{ITEMS[0]}", data=small, **asked)
    assert answer.status_code in (400, 415, 422), "a squeezed form was read"


def bombs() -> dict[str, bytes]:
    """Small files that unpack to large ones."""
    workbook = io.BytesIO()
    with zipfile.ZipFile(workbook, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", bytes(BOMB))
    return {"xlsx": workbook.getvalue(), "gz": gzip.compress(bytes(BOMB), 9)}


@pytest.mark.parametrize(("kind", "raw"), bombs().items(), ids=["xlsx", "gz"])
def test_a_file_that_would_unpack_to_much_is_refused_as_it_is(kind, raw):
    assert len(raw) < 200_000
    with pytest.raises(group_file.Unreadable):
        group_file.read(raw)
    with pytest.raises(lines.NotText):
        lines.decode(raw)
