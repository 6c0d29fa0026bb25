"""Every fact of the article about the two roles is told somewhere, in both languages, by a telling phrase."""

import re
import tomllib
from pathlib import Path

import pytest
from cast import ITEMS, content, persona

RESULT = "result"
FACTS = {
    fact: (page, *phrases)
    for page, facts in tomllib.loads(Path(__file__).with_name("domain_facts.toml").read_text(encoding="utf-8")).items()
    for fact, phrases in facts.items()
}
"""The page, what it must say in English, what it must say in Spanish."""


@pytest.fixture(scope="module")
def told():
    """The words of pages, by language and address, read once."""
    return {}


@pytest.mark.parametrize("fact", FACTS)
@pytest.mark.parametrize("language", ["en", "es"])
def test_the_product_tells(language, fact, told, request):
    path, *phrases = FACTS[fact]
    if (language, path) not in told:
        person = request.getfixturevalue({"en": "ben", "es": "ana"}[language])
        if path == RESULT:
            person.start().play(persona("clear-hunter"))
        else:
            person.get(f"{path}?lang={language}")
        told[language, path] = person.page.main.text.casefold()
    assert phrases[["en", "es"].index(language)] in told[language, path]


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_comparison_sets_every_aspect_of_both_roles_side_by_side(client, language):
    texts = content().texts[language]
    table = client.get(f"/roles?lang={language}").page.one("table")
    rows = {row.all("th")[0].text: [cell.text for cell in row.all("td")] for row in table.one("tbody").all("tr")}
    assert len(rows) == 10
    for aspect, label in texts.comparison.aspects:
        for role, cell in zip(content().pack.role_ids, rows[label], strict=True):
            words = getattr(texts.roles[role], aspect)
            assert cell == (words if isinstance(words, str) else " ".join(words))


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("role", content().pack.role_ids)
def test_a_role_page_has_everything_about_the_role(client, language, role):
    texts = content().texts[language]
    page = client.get(f"/roles/{role}?lang={language}").page
    words = texts.roles[role]
    for text in (*words.day, *words.enjoys, *words.wears, *words.next, *texts.career.pay.moves):
        assert (text if isinstance(text, str) else text.text) in page.main.text
    for stages in words.ladders.values():
        for stage in stages:
            assert stage.stage in page.main.text
            assert stage.years in page.main.text
    weights = next(found for found in content().pack.roles if found.id == role).weights
    for dimension in weights:
        assert texts.dimensions[dimension].name in page.main.text
    assert texts.esco_notice.text in page.main.text
    assert sum(link.startswith("http://data.europa.eu/esco/") for link in page.links) >= 2


@pytest.mark.parametrize("language", ["en", "es"])
def test_nothing_advertises_and_no_page_loads_or_counts_anything_elsewhere(client, language):
    for path in ("/", "/roles", *map("/roles/{}".format, content().pack.role_ids), "/method", "/privacy"):
        page = client.get(f"{path}?lang={language}").page
        outside = [link for link in page.links if re.match(r"https?:", link)]
        assert all(link.startswith("http://data.europa.eu/esco/") for link in outside)


def test_all_questions_are_there_and_within_the_limit():
    assert len(ITEMS) <= 32
