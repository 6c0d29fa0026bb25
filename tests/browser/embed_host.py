"""Somebody else's site, on an origin of its own: its pages, their strict policy, and an ear for what the quiz tells."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

from playwright.sync_api import BrowserContext, Frame, Page, Route
from served import House
from werkzeug.serving import make_server
from werkzeug.wrappers import Request, Response

from quiz.services import campaigns
from quiz.settings import PROJECT

EAR = """
if (parent === window) {
  window.heard = [];
  window.ears = new Set();
  for (const type of ["ready", "started", "progress", "completed", "resized", "error"]) {
    document.addEventListener(`rolefit:${type}`, ({ type, target, detail }) => heard.push([target.id, type, detail]));
  }
  window.raw = [];
  const elements = () => [...document.querySelectorAll("role-fit-quiz")];
  const owner = (source) => elements().find((it) => it.shadowRoot?.querySelector("iframe")?.contentWindow === source);
  addEventListener("message", ({ data, source }) => raw.push([owner(source)?.id, data]));
  const { addEventListener: add, removeEventListener: remove } = window;
  window.addEventListener = (type, ear, ...rest) => {
    if (type === "message") ears.add(ear);
    add.call(window, type, ear, ...rest);
  };
  window.removeEventListener = (type, ear, ...rest) => {
    ears.delete(ear);
    remove.call(window, type, ear, ...rest);
  };
}
"""
"""Keeps events and raw messages, each with the id of the element it comes from, and counts listeners to messages."""


class Host:
    """The other site. Its pages forbid every script, style and frame but the quiz's."""

    def __init__(self) -> None:
        self.address = ""
        self._pages: dict[str, tuple[str, str]] = {}
        self._numbers = count(1)

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        """Answer as a WSGI application."""
        body, policy = self._pages.get(Request(environ).path, ("", "default-src 'none'"))
        status = 200 if body else 404
        headers = {"Content-Security-Policy": policy}
        return Response(body, status, headers, content_type="text/html; charset=utf-8")(environ, start_response)

    def page(self, body: str, home: str, *, script: bool = True, also: str = "") -> str:
        """Publish a page that lets the quiz in, and frames of one more origin; its address."""
        path = f"/{next(self._numbers)}"
        policy = f"default-src 'none'; script-src {home}; frame-src {home} {also}; style-src 'self'; "
        policy += "require-trusted-types-for 'script'"
        element = f'<script src="{home}/embed.js" async></script>' if script else ""
        html = f'<!doctype html><html lang="en"><title>Jobs</title>{element}<h1>Jobs</h1>{body}</html>'
        self._pages[path] = html, policy
        return self.address + path


@contextmanager
def hosted(app: Any) -> Iterator[str]:
    """Serve a WSGI application on a port of its own, as long as the block lasts; its address."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def campaign(house: House, *sites: str, **wanted: Any) -> str:
    """Make a campaign in the house; the name it has in addresses."""
    told = {"name": "Test", "asked_by": "Ann", "purpose": "A talk", "readers": "Ann", "contact": "ann@example.org"}
    asked = campaigns.Wanted(**told | wanted, sites=sites)
    return campaigns.create(house._database, house.edition.pack, asked, 0).public_id


def pretend(
    context: BrowserContext, house: House, name: str, main: str, body: str = "", *, script: bool = True
) -> None:
    """Let a made-up page stand at a campaign's address: `main` holds the attributes of its main element."""
    load = '<script type="module" src="/frame.js"></script>' if script else ""
    html = f"<!doctype html><html lang=en><title>Quiz</title>{load}<main {main}><p>{name}</p>{body}</main></html>"
    frame = (PROJECT / "static" / "frame.js").read_text(encoding="utf-8")

    def page(route: Route) -> None:
        route.fulfill(body=html, content_type="text/html; charset=utf-8")

    context.route(f"{house.address}/frame.js", lambda route: route.fulfill(body=frame, content_type="text/javascript"))
    context.route(f"{house.address}/c/{name}", page)
    context.route(f"{house.address}/c/{name}?*", page)


def heard(page: Page, element: str = "quiz") -> list[tuple[str, dict[str, Any]]]:
    """The events of an element, in order, as pairs of type and detail; those of its size left out."""
    every = page.evaluate("heard")
    return [
        (kind.removeprefix("rolefit:"), told) for who, kind, told in every if who == element and "resized" not in kind
    ]


def wait_for(page: Page, kind: str, times: int = 1, element: str = "quiz") -> None:
    """Wait until an element has told something so many times."""
    page.wait_for_function(
        "([who, type, times]) => heard.filter((it) => it[0] === who && it[1] === `rolefit:${type}`).length >= times",
        arg=[element, kind, times],
    )


def inner(page: Page, element: str = "quiz") -> Frame:
    """The quiz's own page inside an element."""
    found = page.locator(f"#{element} iframe").element_handle().content_frame()
    assert found
    return found
