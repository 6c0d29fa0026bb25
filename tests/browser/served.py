"""The application as `make run` serves it, on a database of its own, and a back door for making attempts quickly."""

from __future__ import annotations

import gettext
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import postgresql
from rows import run

from quiz.packs.content import Persona
from quiz.services import storage, take
from quiz.services.library import Edition, open_library
from quiz.services.tokens import token_hash
from quiz.settings import PROJECT
from quiz.store import attempts
from quiz.store.database import Database

LANGUAGES = ("es", "en")
PATIENCE = 30.0
"""Seconds that the server may take to start; it needs about one."""


class House:
    """The served application, and its database for what a test must know or prepare."""

    def __init__(self, address: str, database: Database, edition: Edition) -> None:
        self.address = address
        self.edition = edition
        self.items = edition.pack.item_ids
        self.minimum = edition.pack.minimum
        self._database = database
        self._known: dict[str, str] = {}
        self._others: dict[str, House] = {}
        self._translations = {
            language: gettext.translation("messages", PROJECT / "quiz" / "translations", [language], fallback=True)
            for language in LANGUAGES
        }

    def of(self, pack: str) -> House:
        """The same house, for attempts with another pack that it runs."""
        if pack not in self._others:
            self._others[pack] = House(self.address, self._database, open_library(pack).main)
        return self._others[pack]

    def say(self, language: str, english: str) -> str:
        """A text of the interface in a language."""
        return self._translations[language].gettext(english)

    def begin(self, language: str, answered: int = 0) -> str:
        """A new attempt whose first questions are answered, unremarkably; its token."""
        return self._play(language, {item: 2 + place % 3 for place, item in enumerate(self.items[:answered])})

    def persona(self, name: str) -> Persona:
        """A golden example of the pack."""
        return next(persona for persona in self.edition.content.golden if persona.id == name)

    def finished(self, name: str, language: str) -> str:
        """The token of the finished attempt of a golden example, speaking a language. Made once, not to be changed."""
        if name not in self._known:
            persona = self.persona(name)
            token = self._known[name] = self._play(language, persona.answers, persona.seconds)
            take.finish(self._database, self.edition, take.find(self._database, token), _now())
        self.speak(self._known[name], language)
        return self._known[name]

    def choices(self, token: str) -> dict[str, int]:
        """What is stored of an attempt's answers."""
        given = attempts.answers_of(self._database.reader(), take.find(self._database, token).id)
        return {item: answer.choice for item, answer in given.items()}

    def speak(self, token: str, language: str) -> None:
        """Let an attempt go on in a language."""
        take.speak(self._database, take.find(self._database, token), language)

    def spoil(self, token: str) -> None:
        """Make an attempt's stored result unreadable, which no visitor could."""
        with self._database.writing() as store:
            attempt = attempts.find(store, token_hash(token))
            assert attempt
            attempts.finish(store, attempt.id, attempt.pack_version, "{", attempt.started_ms)

    def take_away(self, table: str, id: int) -> None:
        """Let an attempt or a campaign be of a quiz that is no longer run here."""
        with self._database.writing() as store:
            run(store, f"UPDATE {table} SET pack = 'long-ago' WHERE id = :id", id=id)

    def lose(self, token: str) -> None:
        """Let an attempt be of a quiz that is no longer run here."""
        self.take_away("attempts", take.find(self._database, token).id)

    def delete(self, token: str) -> None:
        """Delete an attempt."""
        take.delete(self._database, token, _now())

    def _play(self, language: str, answers: Mapping[str, int], seconds: Mapping[str, float] | None = None) -> str:
        """An attempt that ends now, with so many seconds for each answer (8 where none are given); its token."""
        took = {item: round((seconds or {}).get(item, 8.0) * 1000) for item in answers}
        now = _now() - sum(took.values())
        token = take.start(self._database, self.edition.pack, language, now)
        for item, choice in answers.items():
            now += took[item]
            take.answer(self._database, self.edition, take.find(self._database, token), item, choice, now)
        return token


@contextmanager
def served(folder: Path) -> Iterator[House]:
    """Serve the application from an empty database in a folder, as long as the block lasts."""
    name = f"rolefit_{folder.name}_{os.getpid()}"
    if postgresql.SERVER:
        postgresql.make(name)
    url = f"{postgresql.SERVER}/{name}" if postgresql.SERVER else f"sqlite:///{folder / 'rolefit.db'}"
    database = Database(url)
    storage.migrate(database)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
    command += ["--workers", "1", "--blocking-threads", "3", "--no-ws", "--log-level", "warning", "app:app"]
    settings = {
        "DATABASE_URL": url,
        "STATIC_FOLDER": str(folder / "static"),
        "START_LIMIT": "100000 per 1 minute",
        "CONTACT": "hello@example.org",
    }
    inherited = {name: value for name, value in os.environ.items() if name not in {"PUBLIC_URL", "TRUSTED_PROXIES"}}
    log = folder / "server.log"
    with log.open("wb") as output:
        server = subprocess.Popen(command, cwd=PROJECT, env=inherited | settings, stdout=output, stderr=output)
        try:
            _wait(f"http://127.0.0.1:{port}/healthz", server, log)
            yield House(f"http://127.0.0.1:{port}", database, open_library("ae-am").main)
        finally:
            server.terminate()
            try:
                server.wait(10)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()
            database.close()
            if postgresql.SERVER:
                postgresql.drop(name)


def _wait(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.poll() is None:
        try:
            with urlopen(address, timeout=5):
                return
        except (URLError, ConnectionError):
            time.sleep(0.05)
    raise RuntimeError(f"the server did not start:\n{log.read_text()}")


def _now() -> int:
    return time.time_ns() // 1_000_000
