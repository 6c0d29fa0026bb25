"""Finishing early: from the minimum on, with what more questions would buy, and never a dead end."""

import json
import shutil
from dataclasses import replace

import pytest
from cast import ITEMS, MINIMUM, Taker, content, persona

from quiz.core.explain import prospect
from quiz.core.measure import Measure
from quiz.present.lengths import steps
from quiz.present.numbers import decimal, percent

MEASURE = Measure(content().pack)
SIMULATED = json.loads((content().folder / "simulated.json").read_text())


def test_before_the_minimum_nothing_offers_an_early_end(taker):
    taker.start()
    for _ in range(MINIMUM - 1):
        assert f"{taker.place}/finish" not in taker.page.links
        taker.choose(3)
    assert f"{taker.place}/finish" not in taker.page.links
    taker.choose(3)
    assert f"{taker.place}/finish" in taker.page.links


def test_before_the_minimum_the_early_end_leads_back_to_the_questions(taker):
    taker.start().answer_all(but=len(ITEMS) - MINIMUM + 1)
    following = f"{taker.place}/{ITEMS[MINIMUM - 1]}"
    assert taker.at("finish").request.path == following
    response = taker.client.post(f"{taker.place}/finish", follow_redirects=True)
    assert response.request.path == following
    assert taker.at("result").request.path == following
    assert taker.client.get(f"{taker.place}/result.json").status_code == 404
    assert taker.client.get(f"{taker.place}/result/answers", follow_redirects=True).request.path == following


@pytest.mark.parametrize("answered", [MINIMUM, 20, len(ITEMS) - 1])
def test_the_page_says_what_more_questions_would_buy_as_the_simulation_found_it(taker, answered):
    taker.start().answer_all(but=len(ITEMS) - answered)
    page = taker.at("finish").page
    shown = {
        int(row.one("th").text.split()[0]): [cell.text for cell in row.all("td")] for row in page.one("tbody").all("tr")
    }
    first, *_, last = shown
    assert (first, last) == (answered, len(ITEMS))
    expected = {step.questions: step for step in steps(SIMULATED, MINIMUM, len(ITEMS), answered)}
    assert shown == {questions: [step.right, step.named, step.right_when_named] for questions, step in expected.items()}
    assert str(len(ITEMS) - answered) in page.main.one("a").text


@pytest.mark.parametrize("answered", [MINIMUM, 20])
def test_it_says_how_reliable_the_comparison_is_by_the_questions_that_the_person_answered(taker, answered):
    taker.start().answer_all(but=len(ITEMS) - answered)
    ahead = prospect(MEASURE, ITEMS[:answered])
    text = taker.at("finish").page.main.text
    for reliability in (ahead.reliability_now, ahead.reliability_then):
        assert decimal(reliability, taker.language) in text
    assert ahead.reliability_now < ahead.reliability_then


@pytest.mark.parametrize("left_out", ["simulated.json", ""], ids=["none", "of another version"])
def test_without_a_simulation_of_this_version_the_page_says_what_the_model_expects(
    make_app, settings, tmp_path, clock, left_out
):
    folder = shutil.copytree(content().folder, tmp_path / "plain", ignore=shutil.ignore_patterns(left_out))
    structure = folder / "pack.toml"
    structure.write_text(structure.read_text().replace('version = "1.0.0"', 'version = "9.0.0"'))
    taker = Taker(make_app(replace(settings, rolefit_packs=str(folder))).test_client(), clock, "en")
    taker.start().answer_all(but=len(ITEMS) - 20)
    rows = [[cell.text for cell in row.all("td")] for row in taker.at("finish").page.one("tbody").all("tr")]
    ahead = prospect(MEASURE, ITEMS[:20])
    assert rows == [
        ["20", str(len(ITEMS))],
        [percent(ahead.accuracy_now), percent(ahead.accuracy_then)],
        [decimal(ahead.reliability_now, "en"), decimal(ahead.reliability_then, "en")],
    ]


def test_an_early_result_says_what_more_questions_would_buy_and_a_full_one_does_not(taker):
    taker.start().play(persona("finished-early"))
    taker.client.post(f"{taker.place}/finish")
    ahead = taker.at("result").page.main.one("details", class_="ahead no-print")
    assert ahead.one("tbody").all("tr")[-1].one("th").text == str(len(ITEMS))
    for item in ITEMS[18:]:
        taker.at(item)
        taker.choose(3)
    assert not taker.at("result").page.main.all("details", class_="ahead no-print")


def test_the_early_end_gives_a_result_and_says_how_many_questions_are_left(taker):
    taker.start().play(persona("finished-early"))
    taker.at("finish")
    taker.press({"en": "See my result now", "es": "Ver ya mi resultado"}[taker.language])
    assert taker.page.main["data-outcome"] == "leaning"
    on = taker.page.main.one("a", href=taker.place)
    assert str(len(ITEMS) - 18) in on.text
    assert taker.get(on["href"]).request.path == f"{taker.place}/{ITEMS[18]}"


def test_finishing_twice_is_the_same_as_once(ben, clock):
    ben.start().play(persona("finished-early"))
    ben.client.post(f"{ben.place}/finish")
    first = ben.data()
    clock.wait(600)
    assert ben.client.post(f"{ben.place}/finish").location == f"{ben.place}/result"
    assert ben.data() == first


def test_answers_after_an_early_end_make_the_result_surer_and_anew(ben):
    ben.start().play(persona("finished-early"))
    ben.client.post(f"{ben.place}/finish")
    before = ben.data()
    ben.at(ITEMS[18])
    ben.choose(3)
    after = ben.data()
    assert (before["answered"], after["answered"]) == (18, 19)
    assert after["contrast"]["reliability"] > before["contrast"]["reliability"]
    assert ben.at("result").page.main["data-step"] == "result"
