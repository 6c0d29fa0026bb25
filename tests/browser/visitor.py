"""A person at the browser: opens, presses, waits. What goes wrong unseen is written down and fails the test."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, Response, WebError, expect
from served import House

PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 800}


class Watch:
    """Notices what a person would not see: errors in the console, violated policy, failed or foreign requests."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.problems: list[str] = []
        self._address = address
        self._expected: list[str] = []
        context.on("console", self._console)
        context.on("weberror", self._error)
        context.on("response", self._response)

    def expect(self, *texts: str) -> None:
        """Let problems pass that contain one of the texts; a test says so where it provokes them."""
        self._expected += texts

    def unexpected(self) -> list[str]:
        """The problems that nobody provoked."""
        return [problem for problem in self.problems if not any(text in problem for text in self._expected)]

    def forget(self) -> None:
        """Begin anew."""
        self.problems.clear()
        self._expected.clear()

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.problems.append(f"console {message.type}: {message.text}")

    def _error(self, error: WebError) -> None:
        self.problems.append(f"script: {error.error}")

    def _response(self, response: Response) -> None:
        if not response.url.startswith(self._address):
            self.problems.append(f"foreign address: {response.url}")
        elif response.status >= 500:
            self.problems.append(f"status of {response.status}: {response.url}")


class Visitor:
    """One person in one browser context, on one page at a time."""

    def __init__(self, context: BrowserContext, house: House, language: str, *, touch: bool) -> None:
        self.context = context
        self.house = house
        self.language = language
        self.watch = Watch(context, house.address)
        self.page: Page = context.pages[0] if context.pages else context.new_page()
        self._touch = touch

    # What the person sees ---------------------------------------------------------------------------------------

    @property
    def main(self) -> Locator:
        return self.page.get_by_role("main")

    @property
    def step(self) -> str | None:
        """Which kind of page this is."""
        return self.main.get_attribute("data-step")

    @property
    def item(self) -> str | None:
        """Which question is asked."""
        return self.main.get_attribute("data-item")

    @property
    def token(self) -> str:
        return urlsplit(self.page.url).path.split("/")[2]

    @property
    def path(self) -> str:
        return urlsplit(self.page.url).path

    def option(self, choice: int) -> Locator:
        return self.page.locator(f"button[name=choice][value='{choice}']")

    def stored(self) -> int | None:
        """The answer that the page shows as given."""
        given = self.page.locator("button[name=choice][aria-current=true]")
        return int(given.get_attribute("value") or 0) if given.count() else None

    def button(self, english: str) -> Locator:
        return self.page.get_by_role("button", name=self.house.say(self.language, english), exact=True)

    def link(self, english: str) -> Locator:
        return self.page.get_by_role("link", name=self.house.say(self.language, english), exact=True)

    def focused(self) -> str:
        """What has the focus, told briefly."""
        return self.page.evaluate(
            """() => {
              const it = document.activeElement;
              return [it.localName, it.id, it.name, it.value, it.textContent.trim().slice(0, 40)]
                .filter((part) => part !== undefined && part !== "").join(" ");
            }"""
        )

    # What the person does ---------------------------------------------------------------------------------------

    def open(self, path: str) -> Visitor:
        self.page.goto(path)
        return self

    def start(self) -> Visitor:
        """Land and press Start."""
        self.open("/")
        self.press(self.button("Start"))
        return self

    def go_on(self, token: str) -> Visitor:
        """Open the link of an attempt."""
        return self.open(f"/a/{token}")

    def press(self, what: Locator) -> None:
        """Press something that leads to another page."""
        self.leave(lambda: what.tap() if self._touch else what.click())

    def leave(self, act: Callable[[], object]) -> None:
        """Do something and wait for the page that it leads to."""
        before = self.page.url
        act()
        self.page.wait_for_url(lambda url: url != before)

    def answer(self, choice: int) -> None:
        """Press an answer and wait for the next page."""
        self.press(self.option(choice))

    def answer_all(self, choices: dict[str, int]) -> None:
        """Answer every question that comes, to the end."""
        while self.step == "question":
            self.answer(choices[self.item or ""])

    def says(self, text: str) -> None:
        """Wait for a text that the page announces."""
        expect(self.page.get_by_role("status")).to_have_text(text)

    def lost(self) -> str:
        """What the page says while there is no connection."""
        english = "No connection. Your answer is kept here and will be sent again by itself."
        return self.house.say(self.language, english)
