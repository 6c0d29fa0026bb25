"""The house: who may import whom, how files begin and how long they are, which addresses there are."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from quiz.settings import PROJECT

MADE = {".venv", "var", "build", "node_modules"}
"""Folders with what is made, not written."""
LONGEST = {".py": 260, ".js": 260, ".html": 260, ".svg": 260, ".css": 440}
"""Lines that a file may have: about 250, style sheets about 400. A room that outgrows this becomes a folder."""
LONGER: dict[str, int] = {}
"""Files that may be longer, with the reason beside each."""


def written(*kinds: str) -> list[Path]:
    """The files of the project of these kinds, without what is made."""
    found = (path for kind in kinds for path in PROJECT.rglob(f"*{kind}"))
    return sorted(
        path
        for path in found
        if not any(
            part in MADE or part.startswith(".") or part == "__pycache__"
            for part in path.relative_to(PROJECT).parts[:-1]
        )
    )


def name(path: Path) -> str:
    return path.relative_to(PROJECT).as_posix()


ROOMS = {
    "core": set(),
    "packs": {"core"},
    "store": {"core"},
    "present": {"core"},
    "services": {"core", "packs", "store"},
    "web": {"services", "present", "core", "settings"},
    "cli": {"services", "present", "core", "settings"},
    "settings": set(),
    "__init__": {"core", "packs", "store", "services", "present", "web", "cli", "settings"},
}
"""What each room of `quiz` may import, beside itself."""
LIBRARIES = {
    "flask": {"web", "cli", "__init__"},
    "flask_babel": {"web"},
    "wtforms": {"web"},
    "werkzeug": {"web", "cli"},  # a command serves the sample page of another site
    "jinja2": {"web"},
    "markupsafe": {"web"},
    "whitenoise": {"web"},
    "sqlalchemy": {"store", "services"},
    "alembic": {"store"},
    "click": {"cli"},
    "itsdangerous": {"services"},
    "huey": {"services"},
    "smtplib": {"services"},
}
"""Which rooms may import a library; others are free."""


class TestDoors:
    """Doors open downward only (architecture.md, "The house")."""

    @staticmethod
    def room(path: Path) -> str:
        return path.relative_to(PROJECT / "quiz").parts[0].removesuffix(".py")

    @staticmethod
    def imports(path: Path) -> Iterator[tuple[int, str]]:
        """Every module that a file imports anywhere, with its line; `from quiz import x` counts as quiz.x."""
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                yield from ((node.lineno, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                assert node.level == 0, f"{name(path)}:{node.lineno} imports relatively"
                module = node.module or ""
                yield node.lineno, module
                if module == "quiz":
                    yield from ((node.lineno, f"quiz.{alias.name}") for alias in node.names)

    @pytest.mark.parametrize("path", sorted((PROJECT / "quiz").rglob("*.py")), ids=name)
    def test_every_import_goes_downward(self, path):
        room = self.room(path)
        assert room in ROOMS, f"{name(path)} stands in no room that the architecture knows"
        wrong = []
        for line, module in self.imports(path):
            top, _, rest = module.partition(".")
            if top == "quiz" and rest:
                reached = rest.partition(".")[0]
                if reached != room and reached not in ROOMS[room]:
                    wrong.append(f"{line}: {module}")
            elif room not in LIBRARIES.get(top, {room}):
                wrong.append(f"{line}: {module}")
        assert not wrong

    def test_the_measurement_needs_the_standard_library_and_numpy_only(self):
        used = {
            module.partition(".")[0]
            for path in (PROJECT / "quiz" / "core").rglob("*.py")
            for _, module in self.imports(path)
        }
        assert used - sys.stdlib_module_names <= {"quiz", "numpy"}

    def test_a_serving_worker_does_not_load_what_only_commands_need(self):
        others = ("alembic", "huey", "redis", "smtplib", "quiz.services.jobs", "quiz.services.mail")
        code = f"import sys; from app import app; print([name for name in {others} if name in sys.modules])"
        ran = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=True)
        assert ran.stdout.strip() == "[]"


class TestFiles:
    """Files: each says what it is for, is short, and has nothing left to do."""

    @pytest.mark.parametrize("path", [path for path in written(".py") if path.stat().st_size], ids=name)
    def test_the_first_line_of_a_module_says_what_it_is_for(self, path):
        lines = path.read_text(encoding="utf-8").splitlines()
        first = lines[1] if lines[0].startswith("#!") else lines[0]
        assert re.match(r'"""\S.{12,}', first), first

    @pytest.mark.parametrize("path", written(".html", ".svg", ".css", ".js", ".toml", ".cfg"), ids=name)
    def test_the_first_line_of_every_other_file_says_it_in_a_comment(self, path):
        lines = path.read_text(encoding="utf-8").splitlines()
        opening = {".html": "{#- ", ".svg": "{#- ", ".css": "/* ", ".js": "// ", ".toml": "# ", ".cfg": "# "}
        if path.suffix in (".html", ".svg") and not path.is_relative_to(PROJECT / "templates"):
            assert re.search("<!-- .{12,} -->", "".join(lines[:2]))  # a file as it is sent; the doctype stands first
        else:
            assert lines[0].startswith(opening[path.suffix])
            assert len(lines[0]) > 16

    @pytest.mark.parametrize("path", written(*LONGEST), ids=name)
    def test_no_file_outgrows_its_room(self, path):
        lines = len(path.read_text(encoding="utf-8").splitlines())
        assert lines <= LONGER.get(name(path), LONGEST[path.suffix])

    @pytest.mark.parametrize("path", written(".py", ".html", ".css", ".js", ".toml", ".md"), ids=name)
    def test_nothing_is_left_to_do(self, path):
        if path == Path(__file__):
            return
        assert not re.search(r"\b(TODO|FIXME|XXX|HACK)\b", path.read_text(encoding="utf-8"))

    def test_no_two_test_modules_share_a_name(self):
        names = [path.name for path in (PROJECT / "tests").rglob("*.py") if path.name != "conftest.py"]
        assert sorted(names) == sorted(set(names))

    @pytest.mark.parametrize("path", written(".html", ".svg"), ids=name)
    def test_no_template_switches_the_escape_off(self, path):
        assert not re.search(r"\|\s*safe\b|autoescape|Markup", path.read_text(encoding="utf-8"))


ROUTES = {
    "/": {"GET"},
    "/start": {"GET", "POST"},
    "/packs/<pack_id>": {"GET"},
    "/packs/<pack_id>/start": {"GET", "POST"},
    "/packs/<pack_id>/roles": {"GET"},
    "/packs/<pack_id>/roles/<role_id>": {"GET"},
    "/packs/<pack_id>/method": {"GET"},
    "/packs/<pack_id>/manual": {"GET"},
    "/a/<token>": {"GET"},
    "/a/<token>/<item_id>": {"GET", "POST"},
    "/a/<token>/finish": {"GET", "POST"},
    "/a/<token>/language": {"GET", "POST"},
    "/a/<token>/result": {"GET"},
    "/a/<token>/result/answers": {"GET"},
    "/a/<token>/result.json": {"GET"},
    "/a/<token>/delete": {"GET", "POST"},
    "/a/<token>/terms": {"GET"},
    "/c/<public_id>": {"GET"},
    "/c/<public_id>/accent.css": {"GET"},
    "/c/<public_id>/start": {"GET", "POST"},
    "/embed.js": {"GET"},
    "/oembed": {"GET"},
    "/roles": {"GET"},
    "/roles/<role_id>": {"GET"},
    "/method": {"GET"},
    "/privacy": {"GET"},
    "/healthz": {"GET"},
    "/readyz": {"GET"},
    "/metrics": {"GET"},
    "/robots.txt": {"GET"},
    "/.well-known/security.txt": {"GET"},
    "/favicon.ico": {"GET"},
}


class TestAddresses:
    """Addresses: no URL appears or vanishes unnoticed, and none sets a cookie."""

    def test_these_are_all(self, app):
        found: dict[str, set[str]] = {}
        for rule in app.url_map.iter_rules():
            found.setdefault(rule.rule, set()).update(rule.methods - {"HEAD", "OPTIONS"})
        assert found == ROUTES

    @pytest.mark.parametrize("rule", ROUTES)
    def test_none_sets_a_cookie(self, ben, bobs, rule):
        """The page client refuses every cookie; here it meets every address, as it is and finished."""
        ben.start()
        path = (
            rule.replace("<token>", ben.token)
            .replace("<item_id>", "sports-club")
            .replace("<role_id>", "account-manager")
            .replace("<pack_id>", "client-facing")
            .replace("<public_id>", bobs.public_id)
        )
        for method in ("GET", "POST", "OPTIONS"):
            response = ben.client.open(path, method=method, data={"choice": 3} if method == "POST" else None)
            assert response.status_code < 500

    def test_no_item_of_the_quiz_is_called_like_a_step(self, app):
        steps = {rule.split("/")[3] for rule in ROUTES if rule.startswith("/a/<token>/") and "<item_id>" not in rule}
        for edition in app.extensions["rolefit"].library.editions.values():
            assert not steps & set(edition.pack.item_ids)
