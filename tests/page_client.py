"""The page client: a test client that reads every HTML answer and refuses what no page may have."""

from __future__ import annotations

from flask.testing import FlaskClient
from page_checks import CHECKS
from page_tree import Element, read

SECURE = {
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
}


class Page:
    """A page that was read: its tree, and every fault found in it."""

    def __init__(self, html: str) -> None:
        self.html = html
        self.root, self.faults = read(html)
        self.all = self.root.all
        self.one = self.root.one
        self.faults += [fault for check in CHECKS for fault in check(self.root)]

    @property
    def lang(self) -> str:
        return self.one("html")["lang"]

    @property
    def title(self) -> str:
        return self.one("title").text

    @property
    def heading(self) -> str:
        return self.one("h1").text

    @property
    def main(self) -> Element:
        return self.one("main")

    @property
    def text(self) -> str:
        return self.one("body").text

    @property
    def links(self) -> list[str]:
        return [element["href"] for element in self.all("a")]


class PageClient(FlaskClient):
    """Every HTML answer is read and checked; it is then at hand as `response.page`."""

    cookie_path: str | None = None
    """The only path that cookies may be of; none for those who take the quiz."""

    @property
    def framed(self) -> dict[str, str]:
        """The sites that may frame what lies below a path; every other answer must say 'none'."""
        return self.application.extensions.setdefault("tests-framed", {})

    def framers(self, response) -> str:
        """Who may frame an answer."""
        path = response.request.path
        found = [sites for below, sites in self.framed.items() if path == below or path.startswith(f"{below}/")]
        return (found[0] if found else "") or "'none'"

    def open(self, *args, **kwargs):
        response = super().open(*args, **kwargs)
        for cookie in response.headers.getlist("Set-Cookie"):
            assert self.cookie_path, "a cookie was set"
            parts = cookie.split("; ")
            assert {f"Path={self.cookie_path}", "HttpOnly", "SameSite=Lax"} <= set(parts), cookie
        here = response.request.path
        own = here == "/hr" or here.startswith("/hr/")
        for name, value in (SECURE | ({"Referrer-Policy": "same-origin"} if own else {})).items():
            assert response.headers.get(name) == value, f"{name} is {response.headers.get(name)!r}"
        (policy,) = response.headers.getlist("Content-Security-Policy")
        assert policy.split("frame-ancestors ")[1:] == [self.framers(response)], f"{args}: {policy}"
        shown = response.mimetype == "text/html" and not 300 <= response.status_code < 400  # nobody reads a redirect
        if shown and response.data and "Content-Encoding" not in response.headers:
            response.page = Page(response.get_data(as_text=True))
            assert not response.page.faults, f"{args}: {response.page.faults}"
            said = response.page.main.get("data-sites") or "'none'"
            assert said == self.framers(response), f"{args}: the page says {said!r}"
        return response
