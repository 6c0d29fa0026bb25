"""The baselines: the least that Flask can do, below it the least that a server can be asked, above it one commit."""

import os
import sqlite3

from flask import Flask

app = Flask(__name__)


@app.get("/")
def hello():
    return "Hello, world"


keeping = Flask(__name__)
"""The least that keeps something: one row of one small table, committed by SQLite before the answer."""
_kept = sqlite3.connect(os.environ.get("KEPT", ":memory:"), isolation_level=None, check_same_thread=False)
_kept.execute("PRAGMA journal_mode = WAL")
_kept.execute("PRAGMA synchronous = FULL")
_kept.execute("CREATE TABLE IF NOT EXISTS answers (id INTEGER PRIMARY KEY, choice INTEGER)")


@keeping.get("/")
def keep():
    _kept.execute("INSERT INTO answers (choice) VALUES (3)")
    return "Hello, world"


def bare(_environ, start_response):
    """The same without Flask."""
    body = b"Hello, world"
    start_response("200 OK", [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(body)))])
    return [body]
