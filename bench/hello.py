"""The baselines: the least that Flask can do, and below it the least that a server can be asked."""

from flask import Flask

app = Flask(__name__)


@app.get("/")
def hello():
    return "Hello, world"


def bare(_environ, start_response):
    """The same without Flask."""
    body = b"Hello, world"
    start_response("200 OK", [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(body)))])
    return [body]
