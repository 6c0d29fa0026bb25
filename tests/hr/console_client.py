"""The console's client: the page client of somebody who has signed in, and so has a cookie, of /hr and no other."""

from __future__ import annotations

from flask import Flask
from page_client import PageClient

PASSWORD = "a tide that turns twice"
"""The cast's."""


class ConsoleClient(PageClient):
    """A browser that presses what it sees: `press` fills the form that a button belongs to, its token included."""

    cookie_path = "/hr"

    @classmethod
    def of(cls, app: Flask) -> ConsoleClient:
        return cls(app, app.response_class, use_cookies=True)

    def sign_in(self, email: str, password: str) -> ConsoleClient:
        page = self.get("/hr/sign-in").page
        token = page.all("input", name="csrf_token")[0]["value"]
        answer = self.post("/hr/sign-in", data={"email": email, "password": password, "csrf_token": token})
        assert answer.status_code == 302, answer.text
        return self

    def press(self, path: str, action: str | None = None, **fields):
        """Open a page and send the form with an action (by default the last one), with fields on top of its own."""
        page = self.get(path).page
        forms = [form for form in page.main.all("form") if action is None or form.get("action") == action]
        assert forms, f"no form {action!r} on {path}"
        given = {each["name"]: each.get("value") or "" for each in forms[-1].all("input") if each.get("name")}
        return self.post(forms[-1].get("action") or path, data=given | fields)

    def send(self, path: str, **fields):
        """Post without a page, as somebody would who knows the address; the token is the session's own."""
        token = self.get("/hr/").page.all("input", name="csrf_token")[0]["value"]
        return self.post(path, data={"csrf_token": token, **fields})
