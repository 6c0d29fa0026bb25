"""What the embedded quiz and the page around it tell each other, and what they tell nobody else."""

from __future__ import annotations

import re
from typing import Any

import pytest
from embed_cast import FAR, element, framed, question, still
from embed_host import heard, inner, wait_for
from playwright.sync_api import Page

SAY = "([where, message]) => (where === 'parent' ? parent : window).postMessage(message, '*')"


def envelope(id: str, **changes: Any) -> dict[str, Any]:
    return {"source": "rolefit", "v": 1, "id": id, "type": "error", "data": {"status": 404}} | changes


def id_of(page: Page, element: str = "quiz") -> str:
    """The id that an element shares with its frame."""
    return page.evaluate("who => raw.find(([from]) => from === who)[1].id", element)


def settle(page: Page, messages: int) -> None:
    """Wait until the page has met so many messages of a test, whatever became of them."""
    page.wait_for_function("n => raw.filter(([, it]) => it?.type !== 'resized').length >= n", arg=messages)


def test_the_element_believes_only_its_own_frame(show, fake, host):
    fake("one", framed(host, "campaign"))
    fake("two", framed(host, "campaign"))
    page = show(element("one") + element("two", id="other"))
    wait_for(page, "ready")
    wait_for(page, "ready", element="other")
    mine = id_of(page)
    page.evaluate(SAY, ["window", envelope(mine)])
    inner(page, "other").evaluate(SAY, ["parent", envelope(mine)])
    wrong = [envelope(id_of(page, "other")), envelope(mine, v=2), envelope(mine, source="other"), None, "rolefit"]
    for message in [*wrong, envelope(mine, type="unheard-of")]:
        inner(page).evaluate(SAY, ["parent", message])
    settle(page, 10)
    assert [kind for kind, _ in heard(page) + heard(page, "other")] == ["ready", "ready"]
    inner(page).evaluate(SAY, ["parent", envelope(mine)])
    wait_for(page, "error")
    assert heard(page)[-1] == ("error", {"status": 404})
    assert [kind for kind, _ in heard(page, "other")] == ["ready"]


def test_the_element_does_not_believe_another_origin_in_its_own_frame(show, person, fake, host, house):
    strange = host.page("<p>Strange</p>", house.address, script=False).replace("127.0.0.1", "localhost")
    person.watch.expect("foreign address", "target origin provided")
    fake("one", framed(host, "campaign"))
    page = show(element("one"), also=strange.rpartition("/")[0])
    wait_for(page, "ready")
    mine = id_of(page)
    page.locator("#quiz iframe").evaluate("(frame, address) => { frame.src = address; }", strange)
    page.frame_locator("#quiz iframe").get_by_text("Strange").wait_for()
    inner(page).evaluate(SAY, ["parent", envelope(mine)])
    settle(page, 2)
    assert [kind for kind, _ in heard(page)] == ["ready"]


HELLO = {"source": "rolefit", "v": 1, "id": "mine", "type": "hello"}


@pytest.mark.parametrize(
    ("sites", "answers"),
    [
        ("{host}", True),
        ("https://a.example {host}", True),
        ("http://*.example:{port} {upper}", True),
        ("", False),
        ("*", False),
        ("http://*", False),
        ("{host}0 {host}/ https://127.0.0.1:{port}", False),
        ("http://*.0.0.1:{port}", True),
        ("http://*.127.0.0.1:{port} http://127.*.0.1:{port} http://*0.0.1:{port}", False),
    ],
)
def test_the_frame_speaks_only_with_the_campaigns_sites(show, person, fake, host, house, sites, answers):
    port = host.address.rpartition(":")[2]
    allowed = sites.format(host=host.address, port=port, upper=host.address.upper())
    fake("picky", f'data-frame data-sites="{allowed}" data-step="campaign"')
    page = show(f'<iframe src="{house.address}/c/picky" title="Rolefit"></iframe>', script=False)
    page.evaluate("([hello, home]) => frames[0].postMessage(hello, home)", [HELLO, house.address])
    still(page)
    told = [message["type"] for _, message in page.evaluate("raw")]
    assert told == (["resized", "ready"] if answers else [])


def test_the_frame_hears_only_its_parent_and_only_a_whole_hello(show, fake, host, house):
    # The sibling's origin is allowed, so that nothing but its not being the parent is against it.
    fake("one", f'data-frame data-sites="{host.address} {house.address}" data-step="campaign"')
    fake("two", framed(host, "campaign"))
    frames = "".join(f'<iframe src="{house.address}/c/{name}" title="Rolefit"></iframe>' for name in ("one", "two"))
    page = show(frames, script=False)
    sibling = next(frame for frame in page.frames if frame.url.endswith("/c/two"))
    sibling.evaluate("hello => parent.frames[0].postMessage(hello, '*')", HELLO)
    sibling.evaluate("hello => postMessage(hello, '*')", HELLO)
    broken = [None, "hello", HELLO | {"v": 2}, HELLO | {"source": "other"}, HELLO | {"id": 7}, HELLO | {"id": "x" * 65}]
    for message in [*broken, HELLO | {"type": "ready"}]:
        page.evaluate("([hello, home]) => frames[0].postMessage(hello, home)", [message, house.address])
    still(page)
    assert page.evaluate("raw") == []


def test_the_quiz_says_nothing_where_nobody_frames_it(person, fake, host, house):
    fake("alone", question(host))
    person.page.goto(f"{house.address}/c/alone")
    person.page.evaluate("addEventListener('message', () => { window.told = true; })")
    person.page.evaluate("hello => postMessage(hello, '*')", HELLO)
    still(person.page)
    assert person.page.evaluate("window.told") is True  # the hello itself
    assert person.page.evaluate("document.body.style.minBlockSize") == ""


# What is told -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("page_of_the_quiz", "told"),
    [
        ('data-step="campaign"', []),
        ('data-step="question" data-answered="0" data-total="32"', [("started", {}), ("progress", FAR)]),
        ('data-step="question" data-answered="3" data-total="32"', [("progress", FAR | {"answered": 3})]),
        ('data-step="finish" data-answered="0" data-total="32"', []),
        ('data-step="result" data-answered="0" data-total="32"', [("completed", FAR)]),
        (
            'data-step="result" data-answered="0" data-total="32" data-outcome="role" data-role="ae"',
            [("completed", FAR)],
        ),
        (
            'data-step="result" data-answered="0" data-total="32" data-outcome="role" data-role="ae" data-share="yes"',
            [("completed", FAR | {"outcome": "role", "role": "ae"})],
        ),
        (
            'data-step="result" data-answered="0" data-total="32" data-outcome="none" data-share="yes"',
            [("completed", FAR | {"outcome": "none"})],
        ),
        (
            'data-step="result" data-answered="0" data-total="32" data-outcome="both" data-role="" data-share="yes"',
            [("completed", FAR | {"outcome": "both"})],
        ),
        (
            'data-step="result" data-answered="0" data-total="32" data-outcome="role" data-role="ae" data-share="no"',
            [("completed", FAR)],
        ),
        ('data-step="error" data-error="410"', [("error", {"status": 410})]),
    ],
)
def test_each_page_tells_its_step_and_no_more(show, fake, host, page_of_the_quiz, told):
    fake("page", f'data-frame data-sites="{host.address}" {page_of_the_quiz}')
    page = show(element("page"))
    wait_for(page, "ready")
    still(page)
    step = re.findall(r'data-step="(\w+)"', page_of_the_quiz)[0]
    assert heard(page) == [("ready", {"step": step}), *told]


def test_a_page_that_refuses_something_tells_how_far_down_it_says_so_and_nothing_else(show, person, fake, host):
    person.watch.expect("Blocked autofocusing")
    fake("page", framed(host, "campaign"), "<h1>Quiz</h1><p tabindex=-1 autofocus>Your name is missing</p>")
    page = show(element("page"))
    wait_for(page, "ready")
    (kind, told), *more = heard(page)
    assert (kind, more) == ("ready", [])
    assert set(told) == {"step", "alert"}
    down = inner(page).evaluate("document.querySelector('[autofocus]').offsetTop")
    assert abs(told["alert"] - (down - 16)) <= 1, "a little room above it"


def test_a_page_that_is_loaded_again_starts_and_completes_only_once(show, fake, host):
    fake("page", question(host))
    page = show(element("page"))
    wait_for(page, "progress")
    inner(page).evaluate("location.reload()")
    wait_for(page, "progress", 2)
    assert [kind for kind, _ in heard(page)] == ["ready", "started", "progress", "ready", "progress"]


def test_events_bubble_to_where_the_page_listens(show, fake, host):
    fake("page", framed(host, "campaign"))
    page = show(f"<section>{element('page')}</section>")
    wait_for(page, "ready")  # the ear is at the document


# The size and the place ---------------------------------------------------------------------------------------------
