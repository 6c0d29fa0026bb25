"""The cast: people who take the quiz with a browser and no scripts, and what they have at hand."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import Any

from page_client import Page, PageClient

from quiz.packs.content import Content, Persona
from quiz.packs.loader import load
from quiz.services.campaigns import Campaign, Wanted

START = 1_800_000_000_000
"""When the clock of the tests begins, in milliseconds since 1970."""


@cache
def content() -> Content:
    """The default quiz."""
    return load("ae-am")


def persona(name: str) -> Persona:
    """A golden example of the default quiz."""
    return next(found for found in content().golden if found.id == name)


ITEMS = content().pack.item_ids
MINIMUM = content().pack.minimum


ALICES = Wanted(
    name="Spring fair",
    asked_by="Alice of Tidewell",
    purpose="A talk about two jobs at the spring fair",
    readers="Alice and the team that hires",
    contact="alice@tidewell.example",
    sites=("https://jobs.tidewell.example", "https://*.tidewell.example"),
    identification="plain",
    redirect_url="https://tidewell.example/thanks?from=quiz&to=you",
    retain_days=90,
)
"""What Alice asks people for, on two sites of her company."""
BOBS = Wanted(
    name="Inside",
    asked_by="Bob of Northgate",
    purpose="Finding out who would like to change the job",
    readers="Only Bob",
    contact="bob@northgate.example",
    sites=("http://127.0.0.1:8001",),
    shows_result=False,
)
"""What Bob asks people for, on one site, without showing them a result."""
CAROLS = Wanted("By link", "Carol", "A lesson", "Carol, and the class", "carol@school.example")
"""What Carol asks people for, by a link and on no site."""


class Clock:
    """A clock that only moves when it is told to."""

    def __init__(self) -> None:
        self.ms = START

    def __call__(self) -> int:
        return self.ms

    def wait(self, seconds: float) -> None:
        self.ms += round(seconds * 1000)


@dataclass
class Taker:
    """A person with a browser, who does what a page offers and nothing else. `seconds` is the time for a question."""

    client: PageClient
    clock: Clock
    language: str
    seconds: float = 6.0
    place: str = ""
    seen: Any = field(default=None, repr=False)

    @property
    def page(self) -> Page:
        """The page before their eyes."""
        return self.seen.page

    @property
    def token(self) -> str:
        return self.place.removeprefix("/a/")

    def get(self, path: str, **more: Any) -> Any:
        """Open an address as their browser does, redirects followed."""
        headers = {"Accept-Language": self.language, "Accept": "text/html,*/*;q=0.8"} | more.pop("headers", {})
        self.seen = self.client.get(path, headers=headers, follow_redirects=True, **more)
        return self.seen

    def at(self, step: str) -> Any:
        """Open a step of their attempt."""
        return self.get(f"{self.place}/{step}".rstrip("/"))

    def press(self, button: str, **chosen: str) -> Any:
        """Press a button of the page by its words, and follow where its form leads; `chosen` tells equals apart."""
        for form in self.page.all("form"):
            for pressed in form.all("button", type="submit"):
                same = all(pressed.get(name) == value for name, value in chosen.items())
                if same and (pressed.text == button or not button):
                    fields = {each["name"]: each["value"] for each in form.all("input") if each.get("name")}
                    if pressed.get("name"):
                        fields[pressed["name"]] = pressed["value"]
                    self.seen = self.client.post(
                        form["action"],
                        data=fields,
                        headers={"Accept-Language": self.language, "Accept": "text/html,*/*;q=0.8"},
                        follow_redirects=True,
                    )
                    return self.seen
        raise AssertionError(f"no button {button!r} {chosen} on {self.page.title!r}")

    def start(self) -> Taker:
        """Open the landing page and press its button."""
        self.get("/")
        self.press({"en": "Start", "es": "Empezar"}[self.language])
        self.place = self.seen.request.path.rsplit("/", 1)[0]
        return self

    def accept(self, campaign: Campaign, **query: str) -> Taker:
        """Open a campaign's page and press its button, ticking nothing; from then on only its sites may frame all."""
        self.get(f"/c/{campaign.public_id}", query_string=query)
        form = self.page.one("form")
        fields = {each["name"]: each["value"] for each in form.all("input") if each.get("type") != "checkbox"}
        started = self.client.post(form["action"], data=fields)
        self.place = started.location.rsplit("/", 1)[0]
        self.client.framed[self.place] = campaign.sites
        self.get(started.location)
        return self

    @property
    def asked(self) -> str:
        """The id of the question before their eyes."""
        return self.page.main["data-item"]

    def choose(self, choice: int) -> Any:
        """Take their time, then press one of the five answers of the question before their eyes."""
        self.clock.wait(self.seconds)
        return self.press("", name="choice", value=str(choice))

    def play(self, person: Persona) -> Any:
        """Answer as a golden example does, question after question, and finish early where the answers end."""
        for count in range(len(person.answers)):
            assert self.page.main["data-step"] == "question", f"after {count} answers: {self.page.title}"
            self.seconds = person.seconds.get(self.asked, self.seconds)
            self.choose(person.answers[self.asked])
        return self.seen

    def answer_all(self, choice: int = 3, but: int = 0) -> Any:
        """Answer everything alike, except the last `but` questions."""
        for item in ITEMS[: len(ITEMS) - but]:
            self.at(item)
            self.choose(choice)
        return self.seen

    def data(self) -> dict[str, Any]:
        """Their own data."""
        return self.client.get(f"{self.place}/result.json").get_json()
