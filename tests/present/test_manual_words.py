"""No figure of the manual or the method page is typed: templates and translations hold words, formulas and gaps."""

import re

import pytest

from quiz.present.manual.rules import RULES
from quiz.settings import PROJECT

FOLDER = PROJECT / "templates" / "pages"
TEMPLATES = [*sorted((FOLDER / "manual").glob("*.html")), FOLDER / "manual.html", FOLDER / "method.html"]
WORDS = re.compile(r'(?:_|gettext)\(\s*"([^"]*)"|\{% trans\b[^%]*%\}(.*?)\{% endtrans %\}', re.DOTALL)
OF_100 = "{{ n }} of 100"
"""Shares are told in people of a hundred; this is the hundred."""


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_word_of_a_template_holds_a_figure(path):
    said = [one or other for one, other in WORDS.findall(path.read_text(encoding="utf-8"))]
    texts = [re.sub(r"\{\{.*?\}\}|%\(\w+\)s|\{%.*?%\}", "", text) for text in said if text != OF_100]
    assert [text for text in texts if re.search(r"\d", text.replace(", out of 1", ""))] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_nothing_between_the_tags_holds_a_figure(path):
    text = re.sub(
        r"<sub>\d</sub>|\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|<[^>]*>", "", path.read_text(encoding="utf-8"), flags=re.DOTALL
    )
    assert re.findall(r"\d+", text) in ([], ["100", "100", "100"])


def test_every_rule_that_the_page_prints_is_one_of_the_code():
    named = set(re.findall(r"\brules\.(\w+)", (FOLDER / "manual" / "quality.html").read_text(encoding="utf-8")))
    assert len(named) >= 8
    assert named <= set(RULES)


def test_every_threshold_of_the_code_is_printed():
    text = (FOLDER / "manual" / "quality.html").read_text(encoding="utf-8")
    assert [name for name in RULES if f"rules.{name}" not in text] == []
