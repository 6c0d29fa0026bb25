"""Checks of the language files: a text for everything, for nothing else, and fit to be shown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from quiz.core.outcome import Kind
from quiz.packs.draft import Draft
from quiz.packs.lines import Path
from quiz.packs.problem import Problem, suggestion
from quiz.packs.schema import StatementTable
from quiz.packs.toml import TomlFile

KINDS = tuple(kind.value for kind in Kind)
NAMING_A_ROLE = (Kind.CLEAR, Kind.LEANING)
"""The outcomes that name a role, show its next steps, and alone may hold {role} and {other}."""

LIMITS = {"text": 120, "scene": 110, "a": 95, "b": 95}
"""The most characters that each text of an item may have, so that a question fits on a phone."""

HTML = re.compile(r"</?[a-zA-Z!][^>]*>?|&#?\w+;")
PLACEHOLDER = re.compile(r"\{[^{}]*\}|[{}]")


def texts(draft: Draft) -> Iterator[Problem]:
    """Yield every problem of the language files, beyond their form."""
    for file in draft.languages.values():
        for check in CHECKS:
            yield from check(draft, file)
    yield from uneven_lists(draft)


def a_text_for_every_id(draft: Draft, file: TomlFile) -> Iterator[Problem]:
    """Dimensions, roles and items without texts, and texts of what does not exist."""
    for key in ("dimensions", "roles", "items") if draft.pack else ():
        yield from _as_expected(file, draft.ids(key), key)
    yield from _as_expected(file, KINDS, "outcomes")


def a_label_for_every_esco_address(draft: Draft, file: TomlFile) -> Iterator[Problem]:
    """ESCO addresses of pack.toml without a label. A label too many does no harm here: see `balance`."""
    for address in draft.esco:
        if address not in file.table("esco"):
            yield file.problem(f"esco: has no label for {address}", "esco")


def a_ladder_for_every_variant(draft: Draft, file: TomlFile) -> Iterator[Problem]:
    """Roles that lack the ladder of a variant, and ladders of no variant."""
    for role in file.table("roles"):
        yield from _as_expected(file, file.table("variants"), "roles", role, "ladders")


def wording_of_the_right_kind(draft: Draft, file: TomlFile) -> Iterator[Problem]:
    """A scene for a statement, or one sentence for a trade-off."""
    for item in draft.items.values():
        wording = file.table("items", item.id)
        statement = isinstance(item, StatementTable)
        if wording and statement != ("text" in wording):
            needs = "statement needs a text" if statement else "trade-off needs a scene, a and b"
            yield file.problem(f"items.{item.id}: the {needs}", "items", item.id)


def length(draft: Draft, file: TomlFile) -> Iterator[Problem]:
    """Items too long to be read at a glance."""
    for item, wording in file.table("items").items():
        for key, limit in LIMITS.items():
            text = wording.get(key) if isinstance(wording, Mapping) else None
            if isinstance(text, str) and len(text) > limit:
                message = f"items.{item}.{key}: has {len(text)} characters, at most {limit} are allowed"
                yield file.problem(message, "items", item, key)


def plain_text(draft: Draft, file: TomlFile) -> Iterator[Problem]:
    """HTML in a text: it would be shown as it stands."""
    for path, text in _strings(file.data):
        if found := HTML.search(text):
            yield file.problem(f"'{found[0]}': texts are plain, without HTML", *path)


def placeholders(draft: Draft, file: TomlFile) -> Iterator[Problem]:
    """Braces that nothing would fill, and a named role that is not told."""
    for path, text in _strings(file.data):
        naming = path[:2] in {("outcomes", kind) for kind in NAMING_A_ROLE}
        for found in PLACEHOLDER.findall(text):
            if not (naming and found in ("{role}", "{other}")):
                yield file.problem(f"'{found}' cannot be filled here", *path)
    for kind in NAMING_A_ROLE:
        headline = file.table("outcomes", kind).get("headline")
        if isinstance(headline, str) and "{role}" not in headline:
            message = f"outcomes.{kind}.headline: does not name the {{role}}"
            yield file.problem(message, "outcomes", kind, "headline")


def next_steps(draft: Draft, file: TomlFile) -> Iterator[Problem]:
    """Outcomes after which a person would be left without a next step."""
    for kind in KINDS:
        if kind not in NAMING_A_ROLE and file.table("outcomes", kind).get("next") == ():
            yield file.problem(f"outcomes.{kind}.next: is empty", "outcomes", kind, "next")


def uneven_lists(draft: Draft) -> Iterator[Problem]:
    """Lists that are longer in one language than in another."""
    files = list(draft.languages.values())
    for file in files[1:]:
        lengths = dict(_lists(files[0].data))
        for path, size in _lists(file.data):
            if lengths.get(path, size) != size:
                words = ".".join(str(part) for part in path)
                yield file.problem(f"{words}: has {size}, but {lengths[path]} in {files[0].name}", *path)


def _as_expected(file: TomlFile, expected: Iterable[str], *table: str) -> Iterator[Problem]:
    """Compare the keys of a table with those that there should be."""
    found, wanted, words = file.table(*table), set(expected), ".".join(table)
    for key in sorted(wanted - set(found)):
        yield file.problem(f"{words}.{key}: has no text", *table)
    for key in sorted(set(found) - wanted):
        yield file.problem(f"{words}.{key}: is not in the pack" + suggestion(key, wanted), *table, key)


def _strings(value: Any, path: Path = ()) -> Iterator[tuple[Path, str]]:  # noqa: ANN401 - any TOML value
    if isinstance(value, str):
        yield path, value
    for key, part in _parts(value):
        yield from _strings(part, (*path, key))


def _lists(value: Any, path: Path = ()) -> Iterator[tuple[Path, int]]:  # noqa: ANN401 - any TOML value
    if isinstance(value, tuple):
        yield path, len(value)
    for key, part in _parts(value):
        yield from _lists(part, (*path, key))


def _parts(value: Any) -> Iterable[tuple[str | int, Any]]:  # noqa: ANN401 - any TOML value
    if isinstance(value, Mapping):
        return value.items()
    return enumerate(value) if isinstance(value, tuple) else ()


CHECKS = (
    a_text_for_every_id,
    a_label_for_every_esco_address,
    a_ladder_for_every_variant,
    wording_of_the_right_kind,
    length,
    plain_text,
    placeholders,
    next_steps,
)
