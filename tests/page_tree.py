"""The tree of a page: elements to look for, read from HTML, and every place where it does not nest."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
DRAWN = {"path", "rect", "circle", "line", "use"}
"""Elements of SVG that close themselves."""


@dataclass
class Element:
    """An element with its children, which are elements and texts."""

    tag: str
    attrs: dict[str, str | None] = field(default_factory=dict)
    children: list[Element | str] = field(default_factory=list)
    _inside: list[Element] | None = field(default=None, repr=False)

    def __getitem__(self, name: str) -> str:
        """The value of an attribute; a KeyError where it is missing."""
        return self.attrs[name] or ""

    def get(self, name: str) -> str | None:
        return self.attrs.get(name)

    def walk(self) -> list[Element]:
        """This element and all inside, in the order of the document; listed once, when the page has been read."""
        if self._inside is None:
            self._inside = [self]
            for child in self.children:
                if isinstance(child, Element):
                    self._inside += child.walk()
        return self._inside

    def all(self, *tags: str, **attrs: str) -> list[Element]:
        """The elements inside with one of the tags (or any tag) and these attributes."""
        wanted = {name.replace("_", "-").strip("-"): value for name, value in attrs.items()}
        return [
            element
            for element in self.walk()
            if (not tags or element.tag in tags)
            and all(element.attrs.get(name) == value for name, value in wanted.items())
        ]

    def one(self, *tags: str, **attrs: str) -> Element:
        """The only such element."""
        found = self.all(*tags, **attrs)
        assert len(found) == 1, f"{len(found)} of {tags or 'elements'} {attrs or ''}, expected one"
        return found[0]

    @property
    def text(self) -> str:
        """All words inside, with single spaces."""
        texts: list[str] = []
        self._gather(texts)
        return " ".join("".join(texts).split())

    def _gather(self, texts: list[str]) -> None:
        """Add all words inside; a list that is handed down is several times quicker than nested generators."""
        for child in self.children:
            if isinstance(child, str):
                texts.append(child)
            else:
                texts.append(" ")
                child._gather(texts)
                texts.append(" ")


class _Reader(HTMLParser):
    """Builds the tree, and notes whatever does not nest."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("document")
        self.open = [self.root]
        self.faults: list[str] = []
        self.doctype = ""

    def handle_decl(self, decl: str) -> None:
        self.doctype = decl

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        repeated = [name for name, count in Counter(name for name, _ in attrs).items() if count > 1]
        self.faults += [f"<{tag}> has {name} twice" for name in repeated]
        element = Element(tag, dict(attrs))
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID | DRAWN:
            self.faults.append(f"<{tag}/> does not close itself in HTML")
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if self.open[-1].tag != tag:
            self.faults.append(f"</{tag}> where <{self.open[-1].tag}> is open")
            while len(self.open) > 1 and self.open[-1].tag != tag:
                self.open.pop()
        if len(self.open) > 1:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def read(html: str) -> tuple[Element, list[str]]:
    """The tree of a document, and what is wrong with how it nests."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    faults = [] if reader.doctype.lower() == "doctype html" else ["no <!doctype html>"]
    faults += reader.faults + [f"<{element.tag}> is never closed" for element in reader.open[1:]]
    return reader.root, faults
