"""A mail server that keeps what it gets, for tests, and the jobs done on the spot."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest
from flask import Flask

from quiz.services import mail
from quiz.services.jobs.kinds import KINDS
from quiz.services.jobs.working import work_off
from quiz.services.mail import MailFailed


@dataclass
class Post:
    """A mail server that keeps what it gets, and fails as it is told to: for everybody, or for some addresses."""

    got: list[tuple[str, str, str]] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    fails: dict[str, MailFailed] = field(default_factory=dict)
    connections: int = 0

    @classmethod
    def at(cls, monkeypatch: pytest.MonkeyPatch) -> Post:
        """One in place of the mail server."""
        post = cls()
        monkeypatch.setattr(mail, "post", post.opened)
        return post

    @contextmanager
    def opened(self, _settings):
        self.connections += 1
        if failed := self.fails.get("server"):
            raise failed
        yield self

    def send(self, to: str, subject: str, text: str, message_id: str = "") -> None:
        if failed := self.fails.get(to) or self.fails.get("*"):
            raise failed
        self.got.append((to, subject, text))
        self.ids.append(message_id)


def deliver(app: Flask, now_ms: int) -> None:
    """Do what is due at a time, as a worker would."""
    house = app.extensions["rolefit"]
    work_off(house.database, house.settings, {"mail": KINDS["mail"]}, lambda: now_ms)
