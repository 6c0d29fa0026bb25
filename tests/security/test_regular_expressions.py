"""No regular expression of the house can be made to run for ever: none repeats what can itself be repeated.

What is counted is the shape, not the time. Two repeats, one within the other or side by side over the same signs, can
share out a text in many ways; a matcher that has to fail tries them all.
"""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator

import pytest

try:
    import re._constants as constants
    import re._parser as parser
except ImportError:  # Python 3.10 and older
    import sre_constants as constants
    import sre_parse as parser

from quiz.settings import PROJECT
from quiz.web import logs

CALLS = {"compile", "match", "fullmatch", "search", "sub", "subn", "split", "findall", "finditer"}
MANY = 40
"""Repeats up to so many are counted as none: their cost is bounded."""
SIGNS = [chr(code) for code in range(128)]
REPEATS = (constants.MAX_REPEAT, constants.MIN_REPEAT)
WITHIN, BESIDE = "a repeat within a repeat", "two repeats side by side over the same signs"
BOUNDED = {
    # Each round ends with a full stop, which nothing within takes: there is one way to share out a text.
    r"(\*\.)?([a-z0-9-]+\.)*[a-z0-9-]+": [WITHIN, BESIDE],
    # The same; a label alone can be shared out in as many ways as it has letters, and an address has 254 at most.
    '[^\\s@<>,;:\\"()\\\\]{1,64}@([^\\W_]([\\w-]*[^\\W_])?\\.)+[^\\W\\d_]([\\w-]*[^\\W_])?': [WITHIN],
    r"(?<![\w.+%-])[\w.+%-]+@[\w-]+(\.[\w-]+)+": [BESIDE, WITHIN],
}
"""What is found and does no harm, with the reason."""


def expressions() -> Iterator[tuple[str, str]]:
    """Every regular expression that is written out in the code, with where it stands."""
    for path in sorted((PROJECT / "quiz").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CALLS):
                continue
            if not (isinstance(node.func.value, ast.Name) and node.func.value.id == "re" and node.args):
                continue
            yield f"{path.relative_to(PROJECT)}:{node.lineno}", written(node.args[0])


def written(node: ast.AST) -> str:
    """The text of an expression; a part that is worked out stands as one letter."""
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.Constant(value=bytes(raw)):
            return raw.decode("latin-1")
        case ast.JoinedStr(values=values):
            return "".join(each.value if isinstance(each, ast.Constant) else "x" for each in values)
        case ast.BinOp(left=left, right=right):
            return written(left) + written(right)
    return "x"


def endless(low: int, high: int) -> bool:
    return high == constants.MAXREPEAT or high > MANY


def signs(tree) -> set[str]:
    """The ASCII signs that an expression of one sign takes."""
    try:
        one = re.compile(rebuilt(tree))
    except (ValueError, re.error):
        return set(string.printable)
    return {sign for sign in SIGNS if one.fullmatch(sign)}


def rebuilt(tree) -> str:
    """An expression of one sign, written again."""
    ((kind, value),) = list(tree)
    match kind:
        case constants.LITERAL:
            return re.escape(chr(value))
        case constants.NOT_LITERAL:
            return f"[^{re.escape(chr(value))}]"
        case constants.ANY:
            return "."
        case constants.IN:
            return "[" + "".join(member(*each) for each in value) + "]"
    raise ValueError(kind)


def member(kind, value) -> str:
    match kind:
        case constants.NEGATE:
            return "^"
        case constants.LITERAL:
            return re.escape(chr(value))
        case constants.RANGE:
            return f"{re.escape(chr(value[0]))}-{re.escape(chr(value[1]))}"
    names = {"DIGIT": r"\d", "NOT_DIGIT": r"\D", "SPACE": r"\s", "NOT_SPACE": r"\S", "WORD": r"\w", "NOT_WORD": r"\W"}
    return names[str(value).removeprefix("CATEGORY_")]


def faults(tree, within: bool = False) -> Iterator[str]:
    """What can be shared out in more ways than one."""
    before: set[str] | None = None
    for kind, value in tree:
        if kind in REPEATS:
            low, high, body = value
            many = endless(low, high)
            if many and within:
                yield WITHIN
            taken = signs(body) if many and len(body) == 1 else None
            if taken is not None and before is not None and taken & before:
                yield BESIDE
            yield from faults(body, within or many)
            before = taken if many else before if low == 0 else None
            continue
        before = None
        match kind:
            case constants.SUBPATTERN:
                yield from faults(value[-1], within)
            case constants.BRANCH:
                for branch in value[1]:
                    yield from faults(branch, within)
            case constants.ASSERT | constants.ASSERT_NOT:
                yield from faults(value[1], within)


FOUND = sorted(set(expressions()))


def test_there_are_expressions_to_look_at():
    assert len(FOUND) > 30


@pytest.mark.parametrize(("place", "text"), FOUND, ids=[place for place, _ in FOUND])
def test_no_text_keeps_an_expression_busy(place, text):
    assert list(faults(parser.parse(text))) == BOUNDED.get(text, [])


def test_what_is_sought_in_a_log_begins_at_one_place_in_each_word():
    """Whoever makes an error of ours hold a long word makes nobody wait: it is read once, not once for each letter."""
    for expression, _ in logs._SECRETS:
        (kind, value), *_ = parser.parse(expression.pattern)
        assert not (kind in REPEATS and endless(*value[:2])), expression.pattern


@pytest.mark.parametrize("text", ["(a+)+b", "(a*)*", r"(\w+\s*)+x", r"\d+\w*x", "(x|a+)*y", ".*.*=", r"a+(?=b)(c+)+"])
def test_expressions_that_can_be_kept_busy_are_found(text):
    assert list(faults(parser.parse(text)))


@pytest.mark.parametrize("text", [r"[a-z]+-[0-9]+", "a+b+", r"(?:\d{1,3}\.){3}x", "a?b?c+", r"\s*,\s*"])
def test_expressions_that_cannot_are_not(text):
    assert not list(faults(parser.parse(text)))
