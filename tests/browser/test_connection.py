"""A connection that drops or dawdles loses nothing: the answer is kept, the person is told, it is sent again."""

from __future__ import annotations

import pytest
from playwright.sync_api import Route, expect
from visitor import Visitor


def cut(person: Visitor) -> None:
    """Take the connection away."""
    person.watch.expect("ERR_INTERNET_DISCONNECTED")
    person.context.set_offline(True)


def mend(person: Visitor) -> None:
    """Give it back."""
    person.context.set_offline(False)


def mend_and_go_on(person: Visitor) -> None:
    """Give it back, and see the answer sent: the next page comes."""
    person.leave(lambda: mend(person))


def press_in_vain(person: Visitor, choice: int) -> None:
    """Answer, and be told that the answer could not be sent."""
    person.option(choice).click()
    person.says(person.lost())


def sends(route: Route) -> bool:
    """Whether this is an answer on its way."""
    return route.request.method == "POST"


@pytest.mark.parametrize(("language", "phone"), [("es", True), ("en", False)], ids=["es-phone", "en-desktop"])
def test_an_answer_given_without_a_connection_is_kept_and_sent_when_it_is_back(visit, house, language, phone):
    person = visit(language, phone=phone).start()
    cut(person)
    press_in_vain(person, 4)
    assert person.item == house.items[0]
    assert house.choices(person.token) == {}
    mend_and_go_on(person)
    assert person.item == house.items[1]
    assert house.choices(person.token) == {house.items[0]: 4}
    assert person.page.evaluate("sessionStorage.length") == 0


def test_the_place_of_the_announcement_is_there_before_it_is_needed(visit):
    person = visit().start()
    expect(person.page.get_by_role("status")).to_have_count(1)
    expect(person.page.get_by_role("status")).to_have_text("")


def test_a_kept_answer_survives_leaving_the_page_and_is_sent_on_return(visit, house):
    person = visit().start()
    question = person.page.url
    cut(person)
    person.page.keyboard.press("2")
    person.says(person.lost())
    person.page.goto("about:blank")
    mend(person)
    person.page.goto(question, wait_until="commit")
    # The page that was left may itself hear of the connection first; then the question shows what it sent.
    kept = "button[value='2'][aria-current=true]"
    expect(person.page.locator(f"main[data-item={house.items[1]}], {kept}")).to_be_visible()
    assert house.choices(person.token) == {house.items[0]: 2}


def test_a_kept_answer_is_tried_again_though_no_event_says_that_the_connection_is_back(visit, house):
    person = visit().start()
    person.watch.expect("ERR_FAILED")
    tries: list[str] = []

    def fail_twice(route: Route) -> None:
        if sends(route) and len(tries) < 2:
            tries.append(route.request.url)
            route.abort()
        else:
            route.continue_()

    person.context.route("**/a/**", fail_twice)
    press_in_vain(person, 3)
    person.page.wait_for_url(f"**/{house.items[1]}")
    assert len(tries) == 2
    assert house.choices(person.token) == {house.items[0]: 3}


def test_a_connection_that_is_back_is_used_at_once_without_waiting_for_the_next_try(visit, house):
    person = visit()
    person.page.add_init_script("window.setTimeout = () => 0")
    person.start()
    cut(person)
    press_in_vain(person, 3)
    mend_and_go_on(person)
    assert house.choices(person.token) == {house.items[0]: 3}


def test_a_page_loaded_again_tells_that_the_answer_is_still_kept(visit, house):
    person = visit("es").start()
    person.watch.expect("ERR_FAILED")
    person.context.route("**/a/**", lambda route: route.abort() if sends(route) else route.continue_())
    press_in_vain(person, 1)
    person.page.reload()
    person.says(person.lost())
    expect(person.option(1)).to_have_attribute("data-pressed", "")
    assert house.choices(person.token) == {}
    person.context.unroute_all()
    person.page.wait_for_url(f"**/{house.items[1]}")
    assert house.choices(person.token) == {house.items[0]: 1}


def test_a_mind_changed_while_there_is_no_connection_is_the_one_that_counts(visit, house):
    person = visit().start()
    cut(person)
    press_in_vain(person, 1)
    person.option(5).click()
    expect(person.option(5)).to_have_attribute("data-pressed", "")
    expect(person.option(1)).not_to_have_attribute("data-pressed", "")
    mend_and_go_on(person)
    assert house.choices(person.token) == {house.items[0]: 5}


def test_with_storage_blocked_the_page_itself_keeps_the_answer(blocked: Visitor, house):
    person = blocked.start()
    cut(person)
    press_in_vain(person, 2)
    mend_and_go_on(person)
    assert house.choices(person.token) == {house.items[0]: 2}


def test_the_connection_may_drop_at_the_last_question_too(visit, house):
    person = visit("es").go_on(house.begin("es", len(house.items) - 1))
    cut(person)
    press_in_vain(person, 2)
    mend_and_go_on(person)
    assert person.step == "result"


def test_while_an_answer_is_on_its_way_further_presses_do_nothing(visit, house):
    person = visit().start()
    held: list[Route] = []
    person.context.route("**/a/**", lambda route: held.append(route) if sends(route) else route.continue_())
    person.option(2).click()
    person.option(4).click()
    person.page.keyboard.press("5")
    expect(person.option(2)).to_have_attribute("data-pressed", "")
    assert len(held) == 1
    person.leave(held[0].continue_)
    assert person.item == house.items[1]
    assert house.choices(person.token) == {house.items[0]: 2}


def test_an_answer_of_the_server_that_no_script_expects_is_shown_as_a_page(visit, house):
    person = visit("es").start()
    person.watch.expect("status of 410")
    house.delete(person.token)
    person.option(3).click()
    expect(person.main).to_have_attribute("data-step", "error")
    expect(person.page.get_by_role("heading", level=1)).to_have_text(house.say("es", "This attempt was deleted"))


def test_a_sign_in_page_of_a_strange_network_does_not_pass_for_the_server(visit, house):
    person = visit().start()
    person.context.route("**/a/**", lambda route: route.fulfill(body="<h1>Sign in</h1>", content_type="text/html"))
    press_in_vain(person, 3)
    person.context.unroute_all()
    person.page.wait_for_url(f"**/{house.items[1]}")
    assert house.choices(person.token) == {house.items[0]: 3}
