"""The result: figures as the measurement has them, adding up, and the person's own data in full."""

import re
from datetime import datetime
from decimal import Decimal
from itertools import pairwise

import pytest
from cast import ITEMS, START, content, persona

from quiz.core import explain, quality
from quiz.core.measure import Measure
from quiz.core.outcome import decide
from quiz.present.certainty import certainty

MEASURE = Measure(content().pack)
NAMED = ["clear-hunter", "clear-farmer", "leaning-hunter", "both-fit", "neither-stands-out", "too-close-to-call"]


def number(text: str) -> Decimal:
    """A figure as it is shown, in either language; a blank cell is nothing."""
    return Decimal(text.replace("−", "-").replace(",", ".").replace("+", "") or 0)


@pytest.mark.parametrize("name", [*NAMED, "finished-early"])
def test_the_contributions_add_up_exactly_as_shown(taker, name):
    taker.start().play(persona(name))
    taker.client.post(f"{taker.place}/finish")
    taker.at("result/answers")
    rows = [[number(cell.text) for cell in row.all("td")[1:]] for row in taker.page.one("tbody").all("tr")]
    (first, second), (difference,) = (
        [number(cell.text) for cell in row.all("td")] for row in taker.page.one("tfoot").all("tr")
    )
    assert len(rows) == len(persona(name).answers)
    assert sum(row[0] for row in rows) == first
    assert sum(row[1] for row in rows) == second
    assert first - second == difference
    assert difference == number(f"{MEASURE.score(persona(name).answers).contrast.mean:.2f}")
    assert all(not (row[0] and row[1]) and min(row) >= 0 for row in rows)


def test_every_answer_stands_in_the_table_with_the_words_of_its_question(taker):
    person = persona("clear-farmer")
    taker.start().play(person)
    rows = taker.at("result/answers").page.one("tbody").all("tr")
    texts = content().texts[taker.language]
    for item, row in zip(content().pack.items, rows, strict=True):
        words, options = texts.items[item.id], texts.options
        labels = options.statement if item.kind == "statement" else options.trade_off
        assert (words.text if item.kind == "statement" else words.scene) in row.one("th").text
        assert row.all("td")[0].text == labels[person.answers[item.id] - 1]


@pytest.mark.parametrize("name", NAMED)
def test_certainty_is_told_as_a_range_and_never_as_a_bare_figure(taker, name):
    taker.start().play(persona(name))
    scores = MEASURE.score(persona(name).answers)
    outcome = decide(content().pack, scores, ())
    low, high = certainty(outcome.probability)
    told = taker.page.one("figcaption").text
    said = {"99", "100"} if high == 100 else {str(low), str(high), "100"}
    assert set(re.findall(r"\d+", told)) == said
    assert low <= 100 * outcome.probability <= high
    assert f"{outcome.probability:.2f}" not in taker.page.text
    assert str(round(100 * outcome.probability, 1)) not in taker.page.text


@pytest.mark.parametrize("name", NAMED)
def test_the_fits_and_traits_are_shown_as_the_ranges_of_the_measurement(taker, name):
    taker.start().play(persona(name))
    scores = MEASURE.score(persona(name).answers)
    texts = content().texts[taker.language]
    fits, profile = taker.page.all("table")

    def ranges(table):
        found = {}
        for row in table.all("tr"):
            cells = row.all("td")
            if cells:
                found[row.one("th").text] = tuple(map(int, re.findall(r"\d+", cells[-1].text)))
        return found

    shown = {label.lower(): interval for label, interval in ranges(fits).items()}
    for role, fit in scores.fits.items():
        assert shown[texts.roles[role].name.lower()] == tuple(round(end) for end in fit.interval())
    shown = ranges(profile)
    assert len(shown) == len(content().pack.dimensions)
    for dimension, trait in scores.traits.items():
        words = texts.dimensions[dimension]
        label = f"{words.name} {getattr(words, explain.band(trait.points))}"
        assert shown[label] == tuple(round(end) for end in trait.interval())


def test_strengths_and_development_are_those_of_the_measurement(taker):
    taker.start().play(persona("clear-hunter"))
    scores = MEASURE.score(persona("clear-hunter").answers)
    texts = content().texts[taker.language].dimensions
    for dimension in explain.strengths(content().pack, scores, "account-executive"):
        assert f"{texts[dimension].name}. {texts[dimension].strength}" in taker.page.text
    for dimension in explain.development(content().pack, scores, "account-executive"):
        assert f"{texts[dimension].name}. {texts[dimension].advice}" in taker.page.text


def test_what_would_change_the_outcome_is_true(ben):
    """The change that the page names, made, leads to the outcome that it says."""
    ben.start().play(persona("leaning-hunter"))
    turning = ben.data()["turning"]
    assert turning["changes"]
    for change in turning["changes"]:
        ben.at(change["item"])
        ben.choose(change["new"])
    ben.at("result")
    assert (ben.page.main["data-outcome"], ben.page.main["data-role"] or None) == (turning["kind"], turning["role"])


def test_a_flag_is_told_without_withholding_a_steady_result(taker):
    taker.start().play(persona("quick-but-steady"))
    assert taker.page.main["data-outcome"] == "clear"
    told = {"en": "less than two seconds", "es": "menos de dos segundos"}
    assert told[taker.language] in taker.page.one("section", aria_labelledby="limits").text


@pytest.mark.parametrize("name", [*NAMED, "always-3", "hurried", "finished-early"])
def test_result_json_holds_the_figures_of_the_measurement(ben, name):
    person = persona(name)
    ben.start().play(person)
    ben.client.post(f"{ben.place}/finish")
    data = ben.data()
    pack, answers = content().pack, person.answers
    scores = MEASURE.score(answers)
    flags = quality.flags(MEASURE, answers, person.seconds)
    outcome = decide(pack, scores, flags)
    assert data["pack"] == {"id": pack.id, "version": pack.version, "parameters": pack.parameters.version}
    assert data["language"] == "en"
    assert (data["answered"], data["items"]) == (len(answers), len(ITEMS))
    assert data["outcome"] == {
        "kind": outcome.kind,
        "role": outcome.role,
        "leader": outcome.leader,
        "runner_up": outcome.runner_up,
        "probability": outcome.probability,
        "reasons": list(outcome.reasons),
    }
    assert data["flags"] == list(flags)
    for given, estimates in ((data["fits"], scores.fits), (data["traits"], scores.traits)):
        assert given == {
            name: {
                "score": estimate.score,
                "se": estimate.se,
                "points": estimate.points,
                "low": estimate.interval()[0],
                "high": estimate.interval()[1],
            }
            for name, estimate in estimates.items()
        }
    assert data["best"] == dict(scores.best)
    first, second = pack.role_ids
    assert data["pairs"] == {
        first: {second: scores.over(first, second)},
        second: {first: scores.over(second, first)},
    }
    for key in ("first", "second", "mean", "sd", "probability", "reliability", "accuracy_ceiling"):
        assert data["contrast"][key] == getattr(scores.contrast, key)
    assert data["contributions"] == dict(scores.contrast.contributions)
    assert sum(data["contributions"].values()) == pytest.approx(data["contrast"]["mean"], abs=1e-9)


def test_result_json_holds_every_answer_with_its_times(ben):
    person = persona("clear-farmer")
    ben.start().play(person)
    data = ben.data()
    assert {answer["item"]: answer["choice"] for answer in data["answers"]} == person.answers
    assert [answer["item"] for answer in data["answers"]] == list(ITEMS)
    assert {answer["seconds"] for answer in data["answers"]} == {11.0}
    moments = [datetime.fromisoformat(answer["answered_at"]) for answer in data["answers"]]
    assert all(moment.tzinfo for moment in moments)
    assert [(b - a).total_seconds() for a, b in pairwise(moments)] == [11.0] * 31
    assert datetime.fromisoformat(data["started_at"]).timestamp() * 1000 == START
    assert data["finished_at"] == data["answers"][-1]["answered_at"]


def test_result_json_keeps_nothing_about_the_person_but_the_answers(ben):
    ben.start().play(persona("clear-hunter"))
    data = ben.data()
    assert set(data) == {
        *("format", "pack", "answered", "items", "outcome", "flags", "fits", "best", "pairs", "contrast", "traits"),
        *("contributions", "strongest", "strengths", "development", "turning", "prospect"),
        *("language", "reference", "name", "email", "consent", "started_at", "finished_at", "answers"),
    }
    assert data["reference"] is data["name"] is data["email"] is data["consent"] is None
    text = ben.client.get(f"{ben.place}/result.json").get_data(as_text=True)
    assert ben.token not in text
    assert "127.0.0.1" not in text


def test_result_json_is_offered_as_a_file_for_nobody_elses_cache(ben):
    ben.start().play(persona("clear-hunter"))
    response = ben.client.get(f"{ben.place}/result.json")
    assert response.mimetype == "application/json"
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert response.headers["Cache-Control"] == "no-store"


def test_the_result_is_shown_from_what_was_kept(ben, database):
    """What was decided stays decided: a page view computes nothing anew."""
    ben.start().play(persona("clear-hunter"))
    kept = database.reader().cursor.execute("SELECT result, pack_version FROM attempts").fetchone()
    ben.at("result")
    ben.at("result/answers")
    assert database.reader().cursor.execute("SELECT result, pack_version FROM attempts").fetchone() == kept
    assert kept[1] == content().pack.full_version


def test_the_result_page_offers_link_data_print_and_deletion(taker):
    taker.start().play(persona("both-fit"))
    keep = taker.page.one("section", aria_labelledby="keep")
    assert keep.one("input", id="url")["value"].endswith(taker.place)
    assert {f"{taker.place}/result.json", f"{taker.place}/delete"} <= {link["href"] for link in keep.all("a")}
    assert keep.all("button", type="button", data_print=None)


def test_every_answer_can_be_changed_from_the_table_of_answers(taker):
    taker.start().play(persona("clear-hunter"))
    rows = taker.at("result/answers").page.one("tbody").all("tr")
    for item, row in zip(content().pack.items, rows, strict=True):
        assert row.all("td")[0].one("a")["href"] == f"../{item.id}"
    assert taker.client.get(f"{taker.place}/{content().pack.item_ids[4]}").status_code == 200
