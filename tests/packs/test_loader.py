"""Packs are loaded by name or from a folder, frozen, and never from anywhere else by name."""

from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from quiz.core.measure import Measure
from quiz.core.outcome import Kind, decide
from quiz.core.pack import Statement, TradeOff
from quiz.core.quality import flags
from quiz.packs.loader import BrokenPack, load, names

PERSONAS = [(name, persona) for name in names() for persona in load(name).golden]


def test_the_default_pack_is_shipped():
    assert "ae-am" in names()


def test_a_pack_is_read_once():
    assert load("ae-am") is load("ae-am")


def test_a_pack_whose_file_was_saved_is_read_anew(tiny):
    before = load(tiny.path)
    assert load(tiny.path) is before
    tiny.change("en.toml", "hello 5", "hello, five")
    assert "hello, five" in load(tiny.path).texts["en"].options.statement


def test_a_folder_is_loaded_as_it_stands(tiny):
    content = load(tiny.path)
    assert content.languages == ("es", "en")
    assert content.texts["es"].roles["hunter"].ladders["software"][0].stage == "hola stage"
    assert content.texts["en"].options.trade_off[4] == "hello 5"
    assert content.texts["en"].outcomes[Kind.TOO_CLOSE].headline == "hello too-close"
    assert content.pack.items[0] == Statement("ask-first", "opening", 1, 0.85, 3.0, 1.01)
    assert content.pack.items[4] == TradeOff("spring", "opening", "caring", 0.85, 3.0, 1.01, "autumn")


def test_correlations_follow_from_within_and_across(tiny):
    assert load(tiny.path).pack.parameters.correlations == (
        (1.0, 0.4, 0.25, 0.25),
        (0.4, 1.0, 0.25, 0.25),
        (0.25, 0.25, 1.0, 0.4),
        (0.25, 0.25, 0.4, 1.0),
    )


def test_a_pack_may_give_its_own_figures(tiny):
    rows = "[[1.0, 0.5, 0.1, 0.1], [0.5, 1.0, 0.1, 0.1], [0.1, 0.1, 1.0, 0.5], [0.1, 0.1, 0.5, 1.0]]"
    tiny.change("parameters.toml", "within = 0.4\nacross = 0.25", f"correlations = {rows}")
    tiny.change("parameters.toml", "doubt = 0.1", "doubt = { opening = 0.0, nerve = 0.1, caring = 0.2, order = 0.3 }")
    figures = "\n[items.ask-first]\nloading = 0.9\nmean = 3.4\nsd = 1.1\n"
    tiny.change("parameters.toml", "0.3 }\n", "0.3 }\n" + figures)
    pack = load(tiny.path).pack
    assert pack.parameters.correlations[0] == (1.0, 0.5, 0.1, 0.1)
    assert pack.parameters.doubt == (0.0, 0.1, 0.2, 0.3)
    assert pack.items[0] == Statement("ask-first", "opening", 1, 0.9, 3.4, 1.1)


def test_nothing_in_a_loaded_pack_can_be_changed(tiny):
    content = load(tiny.path)
    with pytest.raises(FrozenInstanceError):
        content.minutes = 1
    with pytest.raises(TypeError):
        content.texts["es"].items["river"] = None
    with pytest.raises(TypeError):
        content.pack.roles[0].weights["nerve"] = 1.0
    with pytest.raises(ValidationError):
        content.texts["es"].pack.name = "other"


def test_a_broken_pack_is_refused_with_all_its_problems(tiny):
    first = tiny.change("pack.toml", "minutes = 2", "minutes = 0")
    second = tiny.change("es.toml", '"hola lead"', '""')
    with pytest.raises(BrokenPack) as broken:
        load(tiny.path)
    assert [(problem.file, problem.line) for problem in broken.value.problems] == [
        ("es.toml", second),
        ("pack.toml", first),
    ]


def test_a_draft_of_too_little_reliability_can_still_be_loaded_and_tried(tiny):
    tiny.change("parameters.toml", "loading = 0.85", "loading = 0.3")
    assert load(tiny.path).pack.id == "tiny"


def test_a_misspelt_name_is_answered_with_the_nearest():
    with pytest.raises(BrokenPack, match="did you mean 'ae-am'"):
        load("ae-an")


def test_a_folder_without_a_pack_is_refused(tmp_path):
    with pytest.raises(BrokenPack, match=r"holds no pack\.toml"):
        load(tmp_path)


@pytest.mark.parametrize("name", ["../packs/ae-am", "ae-am/", "./ae-am", "/etc", "..", "", "ae-am\0", "AE-AM"])
def test_a_name_never_leads_out_of_the_shipped_packs(name):
    with pytest.raises(BrokenPack):
        load(name)


@given(st.text())
def test_no_text_at_all_is_taken_for_a_folder(name):
    if name not in names():
        with pytest.raises(BrokenPack):
            load(name)


@pytest.mark.parametrize(("name", "persona"), PERSONAS, ids=[persona.id for _, persona in PERSONAS])
def test_a_golden_example_comes_out_as_expected(name, persona):
    measure = Measure(load(name).pack)
    found = flags(measure, persona.answers, persona.seconds)
    outcome = decide(measure.pack, measure.score(persona.answers), found)
    assert (outcome.kind, outcome.role) == (persona.outcome, persona.role)
    assert persona.flags is None or set(found) == set(persona.flags)


def test_both_languages_hold_the_same_texts_for_every_item():
    content = load("ae-am")
    for language in content.languages:
        assert set(content.texts[language].items) == set(content.pack.item_ids)
    assert Path(content.folder).name == content.pack.id
