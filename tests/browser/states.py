"""Every page and state of the site, and how to get there: what the tests of accessibility and layout go through."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from served import House
from visitor import Visitor

NO_TOKEN = "A" * 43


@dataclass(frozen=True, slots=True)
class State:
    """A page in a state: its path, what is done there, and by what it is known."""

    name: str
    path: Callable[[House, str], str]
    sign: str = "main"
    status: int = 200
    act: Callable[[Visitor], None] | None = None

    def reach(self, visitor: Visitor) -> None:
        """Bring a visitor there."""
        if self.status >= 400:
            visitor.watch.expect(f"status of {self.status}")
        path = self.path(visitor.house, visitor.language)
        response = visitor.page.goto(path)
        if self.act:
            self.act(visitor)
        else:
            assert response
            assert response.status == self.status
        assert visitor.page.locator(self.sign).is_visible(), f"{self.name} is not what {path} shows"


def _public(path: str) -> Callable[[House, str], str]:
    return lambda _house, language: f"{path}?lang={language}"


def _question(kind: str, answered: int = 0) -> Callable[[House, str], str]:
    """The first question of a kind; where the first questions are answered, it is one of those."""

    def path(house: House, language: str) -> str:
        item = next(item.id for item in house.edition.pack.items if item.kind == kind)
        return f"/a/{house.begin(language, answered)}/{item}"

    return path


def _result(persona: str, rest: str = "/result") -> Callable[[House, str], str]:
    return lambda house, language: f"/a/{house.finished(persona, language)}{rest}"


def _finish(house: House, language: str) -> str:
    return f"/a/{house.begin(language, house.minimum)}/finish"


def _delete(house: House, language: str) -> str:
    return f"/a/{house.begin(language)}/delete"


def _deleted_before(house: House, language: str) -> str:
    token = house.begin(language)
    house.delete(token)
    return f"/a/{token}"


def _broken(house: House, language: str) -> str:
    token = house.begin(language)
    house.spoil(token)
    return f"/a/{token}/result"


def _no_longer_run(house: House, language: str) -> str:
    token = house.begin(language, len(house.items))
    house.lose(token)
    return f"/a/{token}/result"


def _of_five(path: Callable[[House, str], str]) -> Callable[[House, str], str]:
    """The same with the quiz of five roles."""
    return lambda house, language: path(house.of("client-facing"), language)


def send_nothing(visitor: Visitor) -> None:
    """Send the question's form without a choice, as no press of a button would."""
    visitor.watch.expect("status of 422")
    with visitor.page.expect_navigation():
        visitor.page.evaluate("document.querySelector('[name=choice]').form.submit()")


STATES = (
    State("landing", _public("/")),
    State("roles", _public("/roles")),
    State("account executive", _public("/roles/account-executive")),
    State("account manager", _public("/roles/account-manager")),
    State("method", _public("/method")),
    State("manual", _public("/packs/ae-am/manual")),
    State("privacy", _public("/privacy")),
    State("statement", _question("statement"), "[data-step=question]"),
    State("trade-off", _question("trade-off"), "[data-step=question]"),
    State("stored statement", _question("statement", 14), "[data-step=question] [aria-current=true]"),
    State("stored trade-off", _question("trade-off", 14), "[data-step=question] [aria-current=true]"),
    State("question after the end", _result("both-fit", "/sports-club"), "[data-step=question] [aria-current=true]"),
    State("nothing chosen", _question("trade-off"), "[role=alert]", act=send_nothing),
    State("finish", _finish, "[data-step=finish]"),
    State("clear executive", _result("clear-hunter"), "[data-outcome=clear][data-role=account-executive]"),
    State("clear manager, hurried", _result("quick-but-steady"), "[data-outcome=clear][data-role=account-manager]"),
    State("leaning", _result("leaning-farmer"), "[data-outcome=leaning][data-role=account-manager]"),
    State("leaning, early", _result("finished-early"), "[data-outcome=leaning][data-role=account-executive]"),
    State("both", _result("both-fit"), "[data-outcome=both]"),
    State("neither", _result("neither-stands-out"), "[data-outcome=neither]"),
    State("too close", _result("too-close-to-call"), "[data-outcome=too-close]"),
    State("none", _result("always-5"), "[data-outcome=none]"),
    State("answers", _result("clear-hunter", "/result/answers"), "[data-step=answers]"),
    State("delete", _delete, "[data-step=delete]"),
    State(
        "deleted",
        _delete,
        "[data-step=deleted]",
        act=lambda visitor: visitor.page.get_by_role("main").get_by_role("button").click(),
    ),
    State("not found", _public(f"/a/{NO_TOKEN}"), "[data-step=error]", 404),
    State("deleted before", _deleted_before, "[data-step=error]", 410),
    State("our mistake", _broken, "[data-step=error]", 500),
    State("quiz no longer run", _no_longer_run, "[data-step=error] [download]", 404),
    State("no such quiz", _public("/packs/nowhere"), "[data-step=error]", 404),
    State("five: landing", _public("/packs/client-facing")),
    State("five: roles", _public("/packs/client-facing/roles")),
    State("five: sales engineer", _public("/packs/client-facing/roles/sales-engineer")),
    State("five: manual", _public("/packs/client-facing/manual")),
    State("five: question", _of_five(_question("trade-off")), "[data-step=question]"),
    State("five: finish", _of_five(_finish), "[data-step=finish]"),
    State("five: clear", _of_five(_result("clear-closer")), "[data-outcome=clear][data-role=account-executive]"),
    State("five: leaning, early", _of_five(_result("finished-early")), "[data-outcome=leaning]"),
    State("five: both", _of_five(_result("both-fit")), "[data-outcome=both]"),
    State("five: too close", _of_five(_result("too-close-to-call")), "[data-outcome=too-close]"),
    State("five: neither", _of_five(_result("none-stands-out")), "[data-outcome=neither]"),
    State("five: none", _of_five(_result("always-5")), "[data-outcome=none]"),
    State("five: answers", _of_five(_result("clear-closer", "/result/answers")), "[data-step=answers]"),
)
