"""What is shown fits and can be seen: widths, forced colours, reduced motion, print; see also test_every_page."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

NARROW = {"width": 320, "height": 640}

# Lists what sticks out of the window, and words that are cut off by the box they are in.
STICKING_OUT = """() => {
  const width = document.documentElement.clientWidth, found = [];
  if (document.scrollingElement.scrollWidth > width) found.push(`the page is ${document.scrollingElement.scrollWidth}`);
  for (const it of document.body.querySelectorAll("*")) {
    const box = it.getBoundingClientRect(), style = getComputedStyle(it);
    // What a region of its own scrolls may be wider than the window.
    if (box.width <= 1 || box.height <= 1 || it.closest("svg, .wide > *") || !it.checkVisibility()) continue;
    const name = `${it.localName}.${it.className} ${it.textContent.trim().slice(0, 30)}`;
    if (box.right > width + 1 || box.left < -1) found.push(`${name}: ${box.left} to ${box.right}`);
    if (!it.matches("input, .wide") && style.overflowX !== "visible" && it.scrollWidth > it.clientWidth + 1)
      found.push(`${name} is cut off`);
  }
  return found;
}"""

# Lists controls that a person could not make out: no size, text as its ground, a button without an edge.
INVISIBLE = """() => {
  const ground = (it) => {
    for (; it; it = it.parentElement) {
      const colour = getComputedStyle(it).backgroundColor;
      if (!/, 0\\)$|transparent/.test(colour)) return colour;
    }
    return "rgb(255, 255, 255)";
  };
  const found = [];
  for (const it of document.querySelectorAll("a, button, summary, input:not([type=hidden]), progress")) {
    if (it.closest("[hidden]") || it.closest("details:not([open]) > :not(summary)")) continue;
    if (it.matches("[data-keys]") && !matchMedia("(any-hover: hover)").matches) continue;
    const style = getComputedStyle(it), box = it.getBoundingClientRect();
    const name = `${it.localName} ${it.textContent.trim().slice(0, 30)}`;
    if (!it.checkVisibility({opacityProperty: true, visibilityProperty: true}) || box.width < 2 || box.height < 2)
      found.push(`${name} is hidden`);
    if (it.localName !== "progress" && style.color === ground(it)) found.push(`${name} has the colour of its ground`);
    const framed = parseFloat(style.borderTopWidth) > 0 && style.borderTopColor !== ground(it.parentElement);
    const filled = ground(it) !== ground(it.parentElement), underlined = style.textDecorationLine === "underline";
    // A tick box is drawn by the browser, which follows the system.
    const edged = "button:not([data-keys]), input:not([type=checkbox]), progress";
    if (it.matches(edged) && !framed && !filled && !underlined)
      found.push(`${name} has no edge`);
  }
  return found;
}"""

# Counts the lines on which each text stands.
LINES = """(texts) => texts.map((it) => {
  const range = document.createRange();
  range.selectNodeContents(it);
  return new Set([...range.getClientRects()].map((line) => Math.round(line.top))).size;
})"""


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize(
    "path", ["/method", "/packs/client-facing/manual", "/roles", "/roles/account-manager", "/privacy"]
)
def test_nothing_sticks_out_between_a_phone_and_a_desktop(visit, path, language):
    person = visit(language).open(f"{path}?lang={language}")
    unfold(person.page)
    for width in (320, 360, 760, 800):
        person.page.set_viewport_size({"width": width, "height": 740})
        assert person.page.evaluate(STICKING_OUT) == [], width


@pytest.mark.parametrize("language", ["es", "en"])
def test_figures_stay_on_one_line(visit, language):
    person = visit(language).open(f"/packs/ae-am/manual?lang={language}")
    for width in (320, 360, 760):
        person.page.set_viewport_size({"width": width, "height": 740})
        lines = person.page.locator("#reliability + div td, #simulation + div td, .figures dd").evaluate_all(LINES)
        assert len(lines) >= 100
        assert set(lines) == {1}, width


@pytest.mark.parametrize("language", ["es", "en"])
def test_no_figure_touches_the_edge_of_the_row_that_stands_out(visit, house, language):
    person = visit(language, viewport={"width": 360, "height": 740})
    person.open(f"/a/{house.begin(language, 14)}/finish")
    gap = person.page.locator(".now td:last-child").evaluate(
        """(it) => {
          const range = document.createRange();
          range.selectNodeContents(it);
          return it.getBoundingClientRect().right - range.getBoundingClientRect().right;
        }"""
    )
    assert gap > 4
    assert person.page.evaluate(STICKING_OUT) == []


def test_a_table_that_is_too_wide_would_be_noticed(visit):
    person = visit(viewport=NARROW).open("/privacy")
    person.page.evaluate("document.querySelector('main p').style.inlineSize = '400px'")
    assert len(person.page.evaluate(STICKING_OUT)) > 1


def test_a_button_in_the_colour_of_the_paper_would_be_noticed(visit):
    person = visit().open("/")
    person.page.evaluate(
        """() => {
          const {style} = document.querySelector("main button");
          style.background = style.color = style.borderColor = getComputedStyle(document.body).backgroundColor;
        }"""
    )
    assert len(person.page.evaluate(INVISIBLE)) == 2


def test_the_stored_answer_stands_out_in_forced_colours(visit, house):
    person = visit(forced_colors="active").open(f"/a/{house.begin('en', 3)}/{house.items[0]}")
    given = person.stored()
    edges = {choice: edge(person.page, choice) for choice in range(1, 6)}
    assert [choice for choice, width in edges.items() if width > min(edges.values())] == [given]
    assert "your answer" in person.option(given).inner_text()


def test_the_ranges_are_drawn_in_forced_colours(visit, house):
    person = visit(forced_colors="active").open(f"/a/{house.finished('both-fit', 'en')}/result")
    paper = person.page.evaluate("getComputedStyle(document.body).backgroundColor")
    strokes = person.page.locator("main svg").evaluate_all(
        """(drawings) => drawings.map((it) => [...it.querySelectorAll("*")].flatMap((shape) => {
          const {stroke, fill} = getComputedStyle(shape);
          return [stroke, fill];
        }))"""
    )
    assert len(strokes) > 12
    assert all(any(colour not in ("none", paper) for colour in drawing) for drawing in strokes)


def test_who_wants_less_motion_gets_none(visit):
    person = visit(reduced_motion="reduce").start()
    moving = person.page.evaluate(
        """() => [...document.querySelectorAll("*")].filter((it) => {
          const {animationName, transitionDuration, scrollBehavior} = getComputedStyle(it);
          const quick = transitionDuration.split(", ").every((time) => parseFloat(time) <= 0.01);
          return animationName !== "none" || !quick || scrollBehavior === "smooth";
        }).map((it) => it.outerHTML.slice(0, 80))"""
    )
    assert moving == []


def test_print_shows_the_result_and_no_controls(visit, house):
    person = visit().open(f"/a/{house.finished('clear-hunter', 'en')}/result")
    person.page.emulate_media(media="print", color_scheme="dark")
    shown = person.page.get_by_role("heading").all_inner_texts()
    assert {"Why", "Both roles", "The career path", "Your profile", "Limits"} <= set(shown)
    assert "Keep your result" not in shown
    assert [it for it in person.page.get_by_role("button").all() if it.is_visible()] == []
    assert not person.page.get_by_role("navigation").first.is_visible()
    assert person.page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def edge(page: Page, choice: int) -> float:
    return page.locator(f"button[name=choice][value='{choice}']").evaluate(
        "(it) => parseFloat(getComputedStyle(it).borderTopWidth)"
    )


def unfold(page: Page) -> None:
    page.evaluate("() => { for (const it of document.querySelectorAll('details')) it.open = true; }")
