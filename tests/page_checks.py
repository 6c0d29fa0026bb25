"""What no page may have: each check yields the faults that it finds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from page_tree import Element

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
SKIP = {"en": "Skip to content", "es": "Saltar al contenido"}
"""The first words of every page, by which its language is known."""


def one_heading_that_begins_the_title(page: Element) -> Iterator[str]:
    titles, headings = page.all("title"), page.all("h1")
    if len(titles) != 1 or len(headings) != 1:
        yield f"{len(titles)} titles and {len(headings)} h1"
    elif not headings[0].text or not titles[0].text.startswith(headings[0].text):
        yield f"the title {titles[0].text!r} does not begin with the h1 {headings[0].text!r}"


def headings_in_order(page: Element) -> Iterator[str]:
    depth = 0
    for heading in page.all(*HEADINGS):
        level = int(heading.tag[1])
        if level > depth + 1:
            yield f"<{heading.tag}> {heading.text!r} follows a heading of level {depth}"
        if not heading.text:
            yield f"an empty <{heading.tag}>"
        depth = level


def ids(page: Element) -> Iterator[str]:
    counts = Counter(element["id"] for element in page.walk() if "id" in element.attrs)
    yield from (f"the id {name!r} stands {count} times" for name, count in counts.items() if count > 1)
    for element in page.walk():
        for name in ("for", "aria-labelledby", "aria-describedby"):
            for target in (element.get(name) or "").split():
                if target not in counts:
                    yield f"{name}={target!r} points nowhere"
        href = element.get("href") or ""
        if element.tag == "a" and href.startswith("#") and href[1:] not in counts:
            yield f"the link {href!r} points nowhere"


def every_control_labelled(page: Element) -> Iterator[str]:
    labelled = {label["for"] for label in page.all("label") if label.get("for") and label.text}
    for control in page.all("input", "select", "textarea", "progress", "meter"):
        named = control.get("aria-label") or control.get("id") in labelled
        if control.get("type") != "hidden" and not named:
            yield f"<{control.tag} {control.attrs}> has no label"
    for control in page.all("button", "a", "summary"):
        if not control.text and not control.get("aria-label"):
            yield f"<{control.tag} {control.attrs}> has no words"
    for image in page.all("img"):
        if image.get("alt") is None:
            yield f"<img {image.attrs}> has no alt"
    for drawing in page.all("svg"):
        if drawing.get("aria-hidden") != "true" and not drawing.get("aria-label") and not drawing.all("title"):
            yield "an <svg> has neither a name nor aria-hidden"
    for group in page.all("fieldset"):
        if not any(legend.text for legend in group.all("legend")):
            yield "a <fieldset> without a legend"


def nothing_inline(page: Element) -> Iterator[str]:
    for element in page.walk():
        yield from (f"<{element.tag}> has {name}=" for name in element.attrs if re.match(r"style$|on", name))
        for name in ("href", "src", "action", "formaction"):
            address = element.get(name) or ""
            if re.match(r"\s*(javascript|data|vbscript):", address, re.IGNORECASE):
                yield f"<{element.tag}> leads to {address!r}"
            elsewhere = element.get("rel") == "alternate"  # for other systems, which no browser loads
            ours = address.startswith("/") or not address
            if element.tag in ("script", "link", "img", "form") and not ours and not elsewhere:
                yield f"<{element.tag}> leads to {address!r}, which is not a path of ours"
            if address.startswith("//"):
                yield f"{address!r} leads to another host"
    yield from ("an inline <script>" for script in page.all("script") if not script.get("src") or script.text)
    yield from ("a <style>" for _ in page.all("style"))


def the_language_is_said_and_spoken(page: Element) -> Iterator[str]:
    spoken = page.one("html").get("lang")
    if spoken not in SKIP:
        yield f"lang is {spoken!r}"
    elif page.all("a")[0].text != SKIP[spoken]:
        yield f"lang is {spoken!r}, but the first link says {page.all('a')[0].text!r}"


def landmarks(page: Element) -> Iterator[str]:
    for tag in ("main", "footer"):
        if len(page.all(tag)) != 1:
            yield f"{len(page.all(tag))} of <{tag}>"
    if page.all("a")[0].get("href") != "#main":
        yield "the first link does not skip to the content"
    names = [nav.get("aria-label") for nav in page.all("nav")]
    if None in names or len(set(names)) < len(names):
        yield f"the navigations are not told apart: {names}"
    description = page.all("meta", name="description")
    if len(description) != 1 or not description[0].get("content"):
        yield "no description"


def tables_have_headers(page: Element) -> Iterator[str]:
    for table in page.all("table"):
        if not table.all("th"):
            yield "a table without headers"
        yield from (f"<th> {cell.text!r} has no scope" for cell in table.all("th") if not cell.get("scope"))


def nothing_unfinished(page: Element) -> Iterator[str]:
    words = page.text + str([element.attrs for element in page.walk()])
    if re.search("[\ue000-\uf8ff]", words):
        yield "a slot was left open"
    yield from (
        f"{sign!r} stands in the text"
        for sign in ("{{", "{%", "%(", "{role}", "None", "%%", "object at 0x")
        if sign in page.one("body").text
    )


CHECKS = (
    one_heading_that_begins_the_title,
    headings_in_order,
    ids,
    every_control_labelled,
    nothing_inline,
    the_language_is_said_and_spoken,
    landmarks,
    tables_have_headers,
    nothing_unfinished,
)
