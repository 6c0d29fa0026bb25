"""The language files of a new pack: placeholders that say what to write, from a template in each language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from string import Template

from quiz.packs.schema import PackFile, StatementTable


def texts(form: PackFile, language: str) -> str:
    """Return the language file of a pack with this structure."""
    parts = _parts(language)
    speaks = dict(line.split(": ") for line in parts["speaks"].template.strip().splitlines())
    return "".join(_filled(form, parts, speaks))


def _filled(form: PackFile, parts: Mapping[str, Template], speaks: Mapping[str, str]) -> Iterator[str]:
    yield parts["head"].substitute(id=form.id)
    for dimension in form.dimensions:
        yield parts["dimension"].substitute(dimension=dimension.id)
    yield parts["items"].template
    for item in form.items:
        if isinstance(item, StatementTable):
            names = {"item": item.id, "dimension": item.dimension, "speaks": speaks[str(item.key)]}
            yield parts["statement"].substitute(names)
        else:
            yield parts["trade_off"].substitute(item=item.id, a=item.a, b=item.b)
    yield parts["roles"].template
    for role in form.roles:
        yield parts["role"].substitute(role=role.id)
    yield parts["tail"].template


@cache
def _parts(language: str) -> Mapping[str, Template]:
    """The parts of a template by their names: each begins with a line "=== name"."""
    text = (Path(__file__).parent / f"{language}.txt").read_text(encoding="utf-8")
    named = re.findall(r"^=== (\w+)\n(.*?)(?=^=== |\Z)", text, re.MULTILINE | re.DOTALL)
    return {name: Template(part) for name, part in named}
