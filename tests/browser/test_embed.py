"""The quiz on somebody else’s site: taken to the end, refused, or replaced by a link."""

from __future__ import annotations

import gzip
import json

import pytest
from embed_cast import element, fits, framed
from embed_host import campaign, heard, inner, wait_for
from playwright.sync_api import Route, expect

from quiz.settings import PROJECT


def test_the_script_is_at_most_two_kilobytes_compressed():
    assert len(gzip.compress((PROJECT / "static" / "embed.js").read_bytes(), 6, mtime=0)) <= 2048


def test_a_person_takes_the_quiz_to_the_end_inside_another_site_without_any_cookie(guarded, host, house):
    page = guarded.pages[0]
    problems: list[str] = []
    page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: problems.append(str(error)))
    name = campaign(house, host.address)
    page.goto(host.page(element(name, 'lang="en"') + "<p>About us</p>" * 40, house.address))
    quiz = page.frame_locator("#quiz iframe")
    quiz.locator("form.start button").click()
    answers = dict(house.persona(house.edition.content.golden[0].id).answers)
    for place, item in enumerate(house.items):
        expect(quiz.locator("main")).to_have_attribute("data-item", item)
        expect(quiz.locator("main")).to_have_attribute("data-answered", str(place))
        quiz.locator(f"button[name=choice][value='{answers.get(item, 3)}']").click()
    wait_for(page, "completed")
    wait_for(page, "resized", 3)
    total = len(house.items)
    told = heard(page)
    between = ["ready", "progress"] * (total - 1)
    assert [kind for kind, _ in told] == ["ready", "ready", "started", "progress", *between, "ready", "completed"]
    assert [detail for kind, detail in told if kind == "progress"] == [
        {"answered": answered, "total": total} for answered in range(total)
    ]
    assert told[-1] == ("completed", {"answered": total, "total": total})
    # Ids and progress only: no item, no choice, no token, no outcome ever crosses the border.
    crossed = page.evaluate("raw.map(([, message]) => message)")
    assert {key for message in crossed for key in message} == {"source", "v", "id", "type", "data"}
    assert {key for message in crossed for key in message["data"]} <= {"step", "answered", "total", "height"}
    assert inner(page).url.split("/")[4] not in json.dumps(crossed)
    fits(page)
    assert problems == []


def test_a_plain_frame_works_without_any_script(show, host, house):
    name = campaign(house, host.address)
    page = show(f'<iframe src="{house.address}/c/{name}" title="Rolefit"></iframe>', script=False)
    quiz = page.frame_locator("iframe")
    quiz.locator("form.start button").click()
    expect(quiz.locator("main")).to_have_attribute("data-item", house.items[0])
    assert page.evaluate("raw") == []


# Who may frame, and what there is instead ---------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "label"), [("en", "Open the quiz"), ("es", "Abrir el test")])
def test_a_site_that_the_campaign_does_not_allow_gets_a_link_in_its_place(show, person, house, language, label):
    person.watch.expect("frame-ancestors", "target origin provided", "Refused to")
    name = campaign(house, "https://other.example")
    page = show(element(name, f'lang="{language}"'))
    link = page.get_by_role("link", name=label)
    expect(link).to_be_visible()
    assert link.get_attribute("href") == f"{house.address}/c/{name}?lang={language}"
    assert link.get_attribute("target") == "_blank"
    expect(page.locator("iframe")).to_be_hidden()
    assert heard(page) == []


def test_the_authors_own_words_stand_in_when_there_is_no_quiz(show, fake):
    fake("mute", "", script=False)
    page = show(element("mute", content='<p>Write to <a href="/jobs">us</a></p>'))
    expect(page.get_by_role("link")).to_have_text("us")  # and no second link beside it
    expect(page.locator("iframe")).to_be_hidden()


def test_the_authors_own_words_stand_while_the_script_is_blocked(show):
    page = show(element("any", content='<a href="/jobs">Write to us</a>'), script=False)
    expect(page.get_by_role("link", name="Write to us")).to_be_visible()


def test_a_quiz_that_answers_late_takes_the_place_of_the_link(show, person, fake, host, house):
    fake("late", framed(host, "campaign"))
    held: list[Route] = []
    person.context.route(f"{house.address}/c/late", lambda route: held.append(route), times=1)
    person.page.clock.install()
    page = show(element("late"), wait_until="commit")
    page.wait_for_function("() => document.querySelector('#quiz')?.shadowRoot?.querySelector('iframe')")
    page.clock.fast_forward(10_100)
    expect(page.get_by_role("link")).to_be_visible()
    held[0].fallback()
    wait_for(page, "ready")
    expect(page.locator("iframe")).to_be_visible()
    expect(page.get_by_role("link")).to_have_count(0)


# Who is believed ----------------------------------------------------------------------------------------------------
