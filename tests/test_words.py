"""Words of the interface: every one translated, every translation in use, and the compiled catalog current."""

import io
import re

import pytest
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from quiz.settings import PROJECT
from quiz.web.i18n import DEFAULT, LANGUAGES

KEYWORDS = {**DEFAULT_KEYWORDS, "lazy_gettext": None}
"""The functions whose text is to be translated; the last is that of forms, which are made before anybody asks."""


@pytest.fixture(scope="module")
def catalogs():
    files = {path.parts[-3]: path for path in (PROJECT / "quiz" / "translations").glob("*/LC_MESSAGES/*.po")}
    return {language: read_po(io.BytesIO(path.read_bytes())) for language, path in files.items()}


@pytest.fixture(scope="module")
def said():
    """Every text of templates and code that is to be translated, with its place."""
    texts = {}
    for folder, method, pattern in (
        ("templates", "jinja2", "**.html"),
        ("templates", "jinja2", "**.svg"),
        ("quiz", "python", "**.py"),
    ):
        options = {pattern: {"trimmed": "false", "encoding": "utf-8"}}
        for file, line, text, *_ in extract_from_dir(PROJECT / folder, [(pattern, method)], options, KEYWORDS):
            texts[text if isinstance(text, str) else text[0]] = f"{folder}/{file}:{line}"
    return texts


def test_there_is_a_catalog_for_every_language_but_that_of_the_code(catalogs):
    assert set(catalogs) == set(LANGUAGES) - {DEFAULT}


def test_every_text_is_in_every_catalog_and_no_catalog_holds_another(catalogs, said):
    assert len(said) > 100
    for language, catalog in catalogs.items():
        known = {message.id if isinstance(message.id, str) else message.id[0] for message in catalog if message.id}
        assert {text: place for text, place in said.items() if text not in known} == {}, f"missing in {language}"
        assert known - set(said) == set(), f"no longer said, in {language}"


def test_every_text_is_translated_and_no_translation_is_a_guess(catalogs):
    for catalog in catalogs.values():
        for message in catalog:
            if message.id:
                texts = message.string if isinstance(message.string, tuple) else (message.string,)
                assert all(text.strip() for text in texts), message.id
                assert not message.fuzzy, message.id


def test_every_translation_has_the_gaps_of_its_text_and_ends_as_it_does(catalogs):
    gaps = re.compile(r"%\(\w+\)s|%%")
    for catalog in catalogs.values():
        for message in catalog:
            if not message.id:
                continue
            ids = message.id if isinstance(message.id, tuple) else (message.id,)
            texts = message.string if isinstance(message.string, tuple) else (message.string,)
            for text in texts:
                assert set(gaps.findall(text)) <= {gap for each in ids for gap in gaps.findall(each)}, text
                if not isinstance(message.id, tuple):
                    assert set(gaps.findall(text)) >= set(gaps.findall(message.id)), text
                assert (text[-1] in ".:,") == (ids[0][-1] in ".:,"), text


def test_the_compiled_catalog_is_current(catalogs):
    """Without it the pages would say the English words in every language."""
    for language, catalog in catalogs.items():
        file = PROJECT / "quiz" / "translations" / language / "LC_MESSAGES" / "messages.mo"
        assert texts(read_mo(io.BytesIO(file.read_bytes()))) == texts(catalog)


def texts(catalog):
    """Every translation by its text; of several forms, all."""
    return {"\n".join(_forms(message.id)): _forms(message.string) for message in catalog if message.id}


def _forms(text):
    return (text,) if isinstance(text, str) else tuple(text)
