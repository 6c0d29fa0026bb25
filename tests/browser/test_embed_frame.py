"""The frame of the embedded quiz: its size and place, several of them, dialogs, the sample page."""

from __future__ import annotations

import pytest
from embed_cast import element, fits, framed, question, still
from embed_host import campaign, heard, hosted, inner, wait_for
from playwright.sync_api import expect

from quiz.cli.embed import Sample


def test_the_frame_grows_and_shrinks_with_its_content_and_then_keeps_still(show, person, fake, host):
    fake("page", framed(host, "campaign"), "<p id=more></p>")
    page = show(element("page"))
    wait_for(page, "resized")
    # Rolefit's own pages are at least as high as their window, which here is the frame.
    inner(page).evaluate("document.body.style.display = 'grid'")
    sizes = []
    for lines in (1, 90, 3, 40.5):
        inner(page).evaluate("lines => { more.style.height = `${lines * 20.3}px`; }", lines)
        fits(page)
        sizes.append(page.evaluate("heard.at(-1)[2].height"))
    assert sizes[1] > sizes[3] > sizes[2] > sizes[0]
    events = page.evaluate("heard.length")
    inner(page).evaluate("more.style.height = `${40.5 * 20.3 + 1}px`")
    still(page)
    assert page.evaluate("heard.length") == events
    assert events <= 2 + 2 * len(sizes)
    page.set_viewport_size({"width": 360, "height": 740})
    fits(page)


def test_a_new_question_comes_into_view_but_the_first_page_never_pulls(show, fake, host):
    fake("page", question(host), "<p id=more></p>")
    page = show("<p>Above</p>" * 60 + element("page") + "<p>Below</p>" * 60)
    wait_for(page, "resized")
    assert page.evaluate("scrollY") == 0
    page.evaluate("document.getElementById('quiz').scrollIntoView(); scrollBy(0, 400)")
    inner(page).evaluate("location.reload()")
    page.wait_for_function("() => Math.abs(document.getElementById('quiz').getBoundingClientRect().top) < 2")
    still(page)
    # Whoever sees its top already stays where they are.
    page.evaluate("scrollBy(0, -200)")
    before = page.evaluate("scrollY")
    inner(page).evaluate("location.reload()")
    wait_for(page, "ready", 3)
    still(page)
    assert page.evaluate("scrollY") == before


# The life of an element ---------------------------------------------------------------------------------------------


def test_two_elements_keep_apart(show, house, host):
    first, second = campaign(house, host.address), campaign(house, host.address)
    page = show(element(first, 'lang="en"') + element(second, 'lang="es"', id="other"))
    for id, spoken in (("quiz", "en"), ("other", "es")):
        wait_for(page, "ready", element=id)
        expect(page.frame_locator(f"#{id} iframe").locator("html")).to_have_attribute("lang", spoken)
    page.frame_locator("#other iframe").locator("form.start button").click()
    wait_for(page, "started", element="other")
    assert [kind for kind, _ in heard(page)] == ["ready"]
    fits(page)
    fits(page, "other")


def test_an_element_that_goes_and_comes_back_works_and_leaks_nothing(show, fake, host):
    fake("page", framed(host, "campaign"))
    page = show(element("page") + "<section></section>")
    wait_for(page, "ready")
    for times in range(2, 5):
        page.evaluate("window.it = document.getElementById('quiz'); it.remove()")
        page.wait_for_function("() => ears.size === 0")
        assert page.locator("iframe").count() == 0
        page.evaluate("document.querySelector('section').append(it)")
        wait_for(page, "ready", times)
    page.evaluate("document.body.append(it); document.body.prepend(it)")  # moved in one go
    wait_for(page, "ready", 5)
    assert page.evaluate("ears.size") == 1
    assert page.locator("iframe").count() == 1


def test_an_element_that_is_moved_without_being_removed_keeps_its_place(show, fake, host):
    fake("page", framed(host, "campaign"))
    page = show(element("page") + "<section></section>")
    wait_for(page, "ready")
    page.evaluate("document.querySelector('section').moveBefore(document.getElementById('quiz'), null)")
    still(page)
    assert heard(page) == [("ready", {"step": "campaign"})]
    inner(page).evaluate("location.reload()")
    wait_for(page, "ready", 2)


def test_changed_attributes_load_the_quiz_again_once(show, fake, host, house):
    fake("page", framed(host, "campaign"))
    page = show(element("page"))
    wait_for(page, "ready")
    assert inner(page).url == f"{house.address}/c/page"
    page.evaluate(
        """() => {
          const it = document.getElementById("quiz");
          it.lang = "es";
          it.setAttribute("ref", "A & B/?=#ñ");
          it.setAttribute("lang", "es");
        }"""
    )
    wait_for(page, "ready", 2)
    assert inner(page).url == f"{house.address}/c/page?lang=es&ref=A+%26+B%2F%3F%3D%23%C3%B1"
    page.evaluate("document.getElementById('quiz').title = 'Our quiz'")
    still(page)
    assert [kind for kind, _ in heard(page)] == ["ready", "ready"]
    assert page.evaluate("ears.size") == 1


def test_the_frame_has_a_name_and_no_powers(show, fake, host):
    fake("page", framed(host, "campaign"))
    page = show(element("page") + element("page", 'title="Which role?"', id="other"))
    for id, title in (("quiz", "Rolefit"), ("other", "Which role?")):
        frame = page.locator(f"#{id} iframe")
        assert (frame.get_attribute("title"), frame.get_attribute("allow")) == (title, "")


# The dialog ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "label", "close"), [("en", "Open the quiz", "Close"), ("es", "Abrir el test", "Cerrar")]
)
def test_a_dialog_opens_closes_and_gives_the_focus_back(show, person, house, host, language, label, close):
    name = campaign(house, host.address)
    page = show(element(name, f'mode="dialog" lang="{language}"'))
    button = page.get_by_role("button", name=label)
    expect(page.locator("iframe")).to_have_count(0)
    dialog = page.get_by_role("dialog", name="Rolefit")

    button.focus()
    page.keyboard.press("Enter")
    wait_for(page, "ready")
    quiz = page.frame_locator("#quiz iframe")
    quiz.locator("form.start button").click()
    wait_for(page, "started")
    fits(page)
    quiz.locator("button[name=choice]").first.focus()
    page.keyboard.press("Escape")  # pressed inside the frame, where the page does not hear it
    expect(dialog).to_be_hidden()
    expect(button).to_be_focused()

    page.keyboard.press("Enter")
    expect(quiz.locator("main")).to_have_attribute("data-item", house.items[0])  # nothing was lost
    page.get_by_role("button", name=close).click()
    expect(dialog).to_be_hidden()
    expect(button).to_be_focused()

    page.keyboard.press("Enter")
    expect(dialog).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(button).to_be_focused()


def test_a_dialog_without_a_quiz_offers_the_link(show, fake):
    fake("mute", "", script=False)
    page = show(element("mute", 'mode="dialog"'))
    page.get_by_role("button", name="Open the quiz").click()
    expect(page.get_by_role("dialog").get_by_role("link", name="Open the quiz")).to_be_visible()


# The sample page --------------------------------------------------------------------------------------------------


def test_the_sample_page_shows_both_modes_and_writes_down_what_it_hears(person, house):
    # The campaign is made after the address is known; until then the page would have no name to embed.
    samples: list[Sample] = []
    with hosted(lambda environ, start_response: samples[0](environ, start_response)) as address:
        person.watch.expect(f"foreign address: {address}/")
        samples.append(Sample(house.address, campaign(house, address)))
        page = person.page
        page.goto(address)
        wait_for(page, "ready", element="inline")
        page.frame_locator("#inline iframe").locator("form.start button").click()
        wait_for(page, "started", element="inline")
        page.get_by_role("button", name="Abrir el test").click()
        wait_for(page, "ready", element="dialog")
        expect(page.frame_locator("#dialog iframe").locator("html")).to_have_attribute("lang", "es")
        page.get_by_role("button", name="Cerrar").click()
        expect(page.get_by_role("row").filter(has_text="rolefit:started")).to_contain_text("inline")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
