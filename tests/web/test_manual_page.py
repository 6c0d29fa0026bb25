"""The manual of a pack: everything that a test reviewer asks, read off the pack, the code and its simulation."""

import gzip
import json
from dataclasses import replace
from pathlib import Path

import pytest
import tiny_pack

from quiz.core import outcome, quality
from quiz.packs.loader import SHIPPED, load
from quiz.present.manual.figures import Figures

PACKS = ("ae-am", "client-facing")
LANGUAGES = ("en", "es")
CALIBRATED = {
    "pack": "tiny",
    "parameters": "2.0.0",
    "fit": {"rmsea": 0.031, "srmr": 0.042, "freedom": 30, "chi_square": 61.5, "loglik": -1234.5},
    "items": {"ask-first": {"loading": {"estimate": 0.85, "error": 0.0371}}},
    "correlations": [{"a": "opening", "b": "nerve", "estimate": 0.4, "error": 0.0264}],
    "acquiescence_sd": {"estimate": 0.3, "error": 0.0159},
    "warnings": ["345 people are few", "the pack's structure fits the answers poorly"],
    "groups": {
        "column": "tongue",
        "reference": "es",
        "people": {"es": 900, "en": 800},
        "differences": [
            {"group": "en", "item": "river", "mean": 0.44, "mean_error": 0.08, "loading": -0.02, "loading_error": 0.05}
            | {"points": 0.46, "chance": 0.0001, "flagged": True},
            {"group": "en", "item": "fair", "mean": 0.01, "mean_error": 0.08, "loading": 0.0, "loading_error": 0.05}
            | {"points": 0.02, "chance": 0.9, "flagged": False},
        ],
    },
}
ESTIMATED = tiny_pack.PARAMETERS.replace('"expert"', '"estimated"') + "[estimation]\npeople = 2345\non = 2026-12-01\n"


@pytest.fixture
def manual_of(make_app, settings, tmp_path):
    """The manual of a tiny pack, some of whose files were changed or added."""

    def open_manual(language: str = "en", **changes: str):
        folder = tiny_pack.write(tmp_path)
        for name, text in changes.items():
            (folder / name.replace("__", ".")).write_text(text, encoding="utf-8")
        app = make_app(replace(settings, rolefit_packs=str(folder)))
        return app.test_client().get(f"/packs/tiny/manual?lang={language}").page

    return open_manual


def words(text: str) -> str:
    """A text with single spaces, as pages are read."""
    return " ".join(text.split())


@pytest.mark.parametrize("pack", PACKS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_item_stands_in_it_in_the_readers_language_with_its_dimensions(client, pack, language):
    content = load(pack)
    text = client.get(f"/packs/{pack}/manual?lang={language}").page.main.text
    for item in content.pack.items:
        for part in content.texts[language].items[item.id]:
            assert words(part[1]) in text
    for dimension in content.pack.dimension_ids:
        assert content.texts[language].dimensions[dimension].name in text


@pytest.mark.parametrize("pack", PACKS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_contents_lead_to_every_section_in_its_order(client, pack, language):
    page = client.get(f"/packs/{pack}/manual?lang={language}").page
    headings = page.main.all("h2")
    assert [link["href"] for link in page.one("nav", class_="contents").all("a")] == [
        f"#{each['id']}" for each in headings
    ]
    assert [each.text.split()[0] for each in headings] == [str(place) for place in range(1, len(headings) + 1)]
    assert {"prohibited", "parameters", "model", "example", "reliability", "outcomes", "simulation"} <= {
        each["id"] for each in headings
    }


@pytest.mark.parametrize("pack", PACKS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_rules_are_those_of_the_code(client, pack, language):
    text = client.get(f"/packs/{pack}/manual?lang={language}").page.main.text
    written = Figures(language)
    for share in (outcome.CLEAR, outcome.LEANING, outcome.STANDS_BACK, quality.STRAIGHT_SHARE, quality.CONSTANT_SHARE):
        assert words(written.bound(share)) in text
    assert str(load(pack).pack.minimum) in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_simulated_figures_are_those_that_the_pack_keeps(client, language):
    page = client.get(f"/packs/ae-am/manual?lang={language}").page
    stored, written = json.loads((SHIPPED / "ae-am" / "simulated.json").read_text()), Figures(language)
    table = next(each for each in page.all("table") if each.one("caption")["id"] == "lengths-table")
    rows = [[cell.text for cell in row.all("th", "td")] for row in table.one("tbody").all("tr")]
    assert rows == [
        [str(length["questions"]), written.decimal(length["reliability"])]
        + [words(written.percent(length[figure])) for figure in ("accuracy", "called", "accuracy_when_called")]
        for length in stored["lengths"]
    ]
    assert written.whole(stored["people"]) in page.main.text


def test_every_table_has_a_caption_and_scrolls_in_a_named_region_that_keys_reach(client):
    page = client.get("/packs/client-facing/manual?lang=en").page
    regions = page.main.all("div", role="group", tabindex="0")
    for table in page.main.all("table"):
        (region,) = [each for each in regions if table in each.walk()]
        assert region["aria-labelledby"] == table.one("caption")["id"]
        assert table.one("caption").text
    assert len([each for each in regions if each.all("math")]) >= 8


def test_it_says_for_how_long_data_are_kept_as_it_is_set(make_app, settings):
    app = make_app(replace(settings, retain_unfinished_days=17, retain_finished_days=444))
    text = app.test_client().get("/packs/ae-am/manual?lang=en").page.main.text
    assert "17 days" in text
    assert "444 days" in text


def test_it_can_be_cited_with_its_versions_and_address(make_app, settings):
    app = make_app(replace(settings, public_url="https://quiz.example.org"))
    cited = app.test_client().get("/packs/ae-am/manual?lang=en").page.one("p", class_="cite").text
    assert "The Rolefit authors (2026)" in cited
    assert "version 1.0.0, parameters 1.0.0" in cited
    assert "https://quiz.example.org/packs/ae-am/manual" in cited


def test_a_pack_without_a_simulation_or_texts_of_its_own_says_so(manual_of):
    page = manual_of()
    assert "has not been simulated yet" in page.main.text
    assert "Base rates have not been stored" in page.main.text
    assert "The quiz does not say what is new." in page.main.text
    assert not page.all("figure")


def test_a_pack_in_one_language_is_told_in_it_and_asks_nothing_about_equivalence(make_app, settings, tmp_path):
    folder = tiny_pack.write(tmp_path)
    (folder / "en.toml").unlink()
    pack = folder / "pack.toml"
    pack.write_text(pack.read_text().replace('["es", "en"]', '["es"]'))
    app = make_app(replace(settings, rolefit_packs=str(folder)))
    page = app.test_client().get("/packs/tiny/manual?lang=en").page
    assert page.lang == "es"
    assert "Equivalencia" not in page.main.text
    assert "Equivalence" not in page.main.text


def test_a_change_of_figures_shows_in_the_manual_without_a_change_of_words(manual_of):
    changed = tiny_pack.PARAMETERS.replace("loading = 0.85", "loading = 0.79")
    text = manual_of(parameters__toml=changed).main.text
    assert "0.79" in text
    assert "0.85" not in text


def test_estimated_parameters_say_from_how_many_people_and_how_sure_they_are(manual_of):
    page = manual_of(parameters__toml=ESTIMATED, calibration__json=json.dumps(CALIBRATED))
    text = page.main.text
    assert "estimated from 2,345 people’s answers on December 1, 2026" in text
    assert "0.85 (0.04)" in text
    assert "Standard errors of the correlations: 0.03." in text
    assert "0.031" in text
    assert "−1,234.5" in text
    table = next(each for each in page.all("table") if each.one("caption")["id"] == "groups-table")
    assert [row.all("td")[0].text for row in table.one("tbody").all("tr")] == ["en"]
    assert "+0.44" in table.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_calibration_warned_of_stands_beside_the_fit_and_beside_the_structure(manual_of, language):
    page = manual_of(language, parameters__toml=ESTIMATED, calibration__json=json.dumps(CALIBRATED))
    sections = {each["aria-labelledby"]: each for each in page.main.all("section")}
    for section in (sections["parameters"], sections["unknown"]):
        found = section.one("ul", class_="beware")
        assert found["lang"] == "en"
        assert [each.text for each in found.all("li")] == CALIBRATED["warnings"]


def test_an_estimation_without_warnings_shows_none(manual_of):
    found = json.dumps(CALIBRATED | {"warnings": []})
    page = manual_of(parameters__toml=ESTIMATED, calibration__json=found)
    assert "Structure estimated The factor structure was fitted" in page.main.text
    assert "warn" not in page.main.text


def test_warnings_that_are_no_texts_are_not_shown(manual_of):
    page = manual_of(parameters__toml=ESTIMATED, calibration__json=json.dumps(CALIBRATED | {"warnings": "few"}))
    assert "Structure estimated The factor structure was fitted" in page.main.text
    assert not page.all("ul", class_="beware")


def test_changes_are_told_and_those_of_parameters_tell_themselves(manual_of):
    told = '\n[[changes]]\nversion = "1.0.0"\non = 2026-11-22\ntext = "Everything is new."\n'
    text = manual_of(en__toml=tiny_pack.language("hello") + told, es__toml=tiny_pack.language("hola") + told).main.text
    assert "words and structure 1.0.0 November 22, 2026 Everything is new." in text
    assert "parameters 2.0.0 November 23, 2026" in text


def test_five_roles_have_ten_pairs_and_a_word_on_the_best_of_all(client):
    page = client.get("/packs/client-facing/manual?lang=en").page
    table = next(each for each in page.all("table") if each.one("caption")["id"] == "pairs-table")
    assert len(table.one("tbody").all("tr")) == 10
    assert "best of all" in page.main.text
    assert "best of all" not in client.get("/packs/ae-am/manual?lang=en").page.main.text


@pytest.mark.parametrize("pack", PACKS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_of_a_size_that_a_phone_loads_at_once(client, pack, language):
    response = client.get(f"/packs/{pack}/manual?lang={language}", headers={"Accept-Encoding": "gzip"})
    assert len(response.get_data()) <= 40 * 1024
    assert response.headers["Cache-Control"] == client.get("/method").headers["Cache-Control"]
    style = Path(SHIPPED.parent.parent / "static" / "manual.css").read_bytes()
    assert len(gzip.compress(style)) <= 4 * 1024


def test_method_and_manual_lead_to_each_other_within_the_pack(client):
    for pack, method in (("ae-am", "/method"), ("client-facing", "/packs/client-facing/method")):
        assert f"/packs/{pack}/manual?lang=en" in client.get(f"{method}?lang=en").page.links
        assert f"{method}?lang=en" in client.get(f"/packs/{pack}/manual?lang=en").page.links


def test_an_unknown_pack_has_no_manual(client):
    assert client.get("/packs/nobody/manual").status_code == 404


def test_figures_simulated_with_another_version_are_not_shown(manual_of):
    made = {"pack": {"id": "tiny", "version": "1.0.0", "parameters": "1.9.9"}, "people": 5, "accuracy_when_called": 0.5}
    assert "has not been simulated yet" in manual_of(simulated__json=json.dumps(made)).main.text


def test_a_draft_of_one_item_has_a_manual_without_an_example(manual_of):
    head, *items = tiny_pack.PACK.split("[[items]]")
    draft = (head + "[[items]]" + items[0]).replace("minimum = 4", "minimum = 1")
    words = {language: tiny_pack.language(language) for language in ("es", "en")}
    for language, text in words.items():
        kept = text.split("[items.hold-out]")[0], text[text.index("[roles.hunter]") :]
        words[language] = "".join(kept)
    page = manual_of(pack__toml=draft, es__toml=words["es"], en__toml=words["en"])
    assert "too few items for an example" in page.main.text
