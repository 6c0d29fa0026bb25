"""What the manual and the method page say of a pack is so: they claim nothing that its data do not show."""

import json
from dataclasses import replace

import pytest
import tiny_pack

from quiz.cli.pack.simulate import _json
from quiz.core.consistency import FEWEST
from quiz.core.measure import Measure
from quiz.core.outcome import accuracy_ceiling
from quiz.core.simulate import published
from quiz.packs.loader import SHIPPED, load
from quiz.present.manual.figures import Figures

TWO, FIVE = "ae-am", "client-facing"
PAGES = {"manual": "/packs/{}/manual?lang=en", "method": "/packs/{}/method?lang=en"}


@pytest.fixture
def text_of(make_app, settings, tmp_path):
    """A page of a tiny pack, some of whose files were changed, simulated or not."""

    def read(page: str = "manual", *, simulated: bool = False, **changes: str) -> str:
        folder = tiny_pack.write(tmp_path)
        for name, text in changes.items():
            (folder / name.replace("__", ".")).write_text(text, encoding="utf-8")
        if simulated:
            (folder / "simulated.json").write_text(_json(published(Measure(load(folder).pack), 50, 1)))
        client = make_app(replace(settings, rolefit_packs=str(folder))).test_client()
        return " ".join(client.get(PAGES[page].format("tiny")).page.main.text.split())

    return read


def shown(client, pack: str, page: str = "manual") -> str:
    """The text of a page of a shipped pack."""
    return client.get(PAGES[page].format(pack), follow_redirects=True).page.main.text


@pytest.mark.parametrize("pack", [TWO, FIVE])
def test_how_many_fakers_reach_their_role_is_what_the_simulation_found(client, pack):
    scenarios = json.loads((SHIPPED / pack / "simulated.json").read_text())["scenarios"].values()
    reached = [each["aim_reached"] for each in scenarios if each["aim_reached"] is not None]
    told = " ".join(Figures("en").percents(reached).split())
    assert "–" in told
    assert f"towards a role, {told} are named it" in shown(client, pack)


def test_without_a_simulation_nothing_is_said_of_how_many_fakers_reach_their_role(text_of):
    text = text_of()
    assert "Nothing prevents it. How far" in text
    assert "are named it" not in text


def test_the_coverage_names_the_two_roles_that_it_is_of_where_there_are_more(client):
    names = [load(FIVE).texts["en"].roles[role].name for role in load(FIVE).pack.role_ids[:2]]
    assert f"True contrast of {names[0]} and {names[1]} inside its 90% range" in shown(client, FIVE)
    assert "True contrast inside its 90% range" in shown(client, TWO)


def test_what_the_doubt_does_is_told_as_it_is_for_two_roles_and_for_more(client):
    assert "that is why it is more careful than it need be" in shown(client, TWO)
    five = shown(client, FIVE)
    assert "that is why it is more careful than it need be" not in five
    assert "how likely a role is the best of all leaves it out" in five


def test_a_pack_without_doubt_says_nothing_of_what_doubt_does(text_of):
    text = text_of(simulated=True, parameters__toml=tiny_pack.PARAMETERS.replace("doubt = 0.1", "doubt = 0"))
    assert "Does the stated probability come true?" in text
    assert "The quiz doubts" not in text
    assert "as the doubt assumes" not in text


@pytest.mark.parametrize("page", PAGES)
def test_a_pack_in_which_one_side_is_one_roles_does_not_claim_that_sides_favour_nobody(text_of, page):
    sound = {"manual": "always the same side of the trade-offs names a role", "method": "is named no role"}[page]
    turned = tiny_pack.PACK
    for a, b in (("caring", "nerve"), ("caring", "opening"), ("order", "nerve")):
        turned = turned.replace(f'a = "{a}"\nb = "{b}"', f'a = "{b}"\nb = "{a}"')
    assert sound not in text_of(page, pack__toml=turned)


@pytest.mark.parametrize("pack", [TWO, FIVE])
def test_the_shipped_packs_claim_it(client, pack):
    assert "always the same side of the trade-offs names a role" in shown(client, pack)
    assert "always chooses the same side, is named no role" in shown(client, pack, "method")


def test_a_pack_that_tells_no_origin_has_none_told_for_it(text_of):
    text = text_of()
    assert "The quiz does not say where its roles, weights and items come from." in text
    for claim in ("panel", "expert judgement, held against", "side by side", "Nobody has answered twice"):
        assert claim not in text


@pytest.mark.parametrize("pack", [TWO, FIVE])
def test_the_shipped_packs_say_that_no_panel_has_rated_them(client, pack):
    assert "no panel of independent experts has rated them" in shown(client, pack)


def test_the_console_is_said_to_report_alpha_from_as_many_people_as_it_does(text_of):
    assert f"alpha for cohorts of {FEWEST} people or more" in text_of()


def test_roles_can_stand_in_another_order_by_fit_than_by_probability_and_it_says_so_where_there_are_more(client):
    said = "can stand in one order by their fits and in another by their probabilities"
    assert said in shown(client, FIVE)
    assert said not in shown(client, TWO)
    five = load(FIVE)
    scores = [Measure(five.pack).score(person.answers) for person in five.golden]
    orders = [
        [sorted(five.pack.role_ids, key=lambda role: -value[role]) for value in (each.best, fits)]
        for each in scores
        for fits in [{role: fit.score for role, fit in each.fits.items()}]
    ]
    assert any(by_chance != by_fit for by_chance, by_fit in orders)


@pytest.mark.parametrize("page", PAGES)
def test_outcomes_are_called_as_the_console_calls_them(client, page):
    five, two = shown(client, FIVE, page), shown(client, TWO, page)
    for of_more, of_two in (("Several fit", "Both fit"), ("No role stands out", "Neither stands out")):
        assert of_more in five
        assert of_two not in five
        assert of_two in two
        assert of_more not in two


@pytest.mark.parametrize("pack", [TWO, FIVE])
def test_the_correlations_of_the_shipped_packs_need_two_decimals(client, pack):
    page = client.get(f"/packs/{pack}/manual?lang=en").page
    table = next(each for each in page.all("table") if each.one("caption")["id"] == "correlations-table")
    assert {cell.text for cell in table.one("tbody").all("td") if cell.text} == {"0.40", "0.25", "1"}


def compared(column: str, *, unequal: bool) -> str:
    """A calibration.json whose groups by a column were compared."""
    moved = {"group": "en", "item": "river", "mean": 0.44, "mean_error": 0.1, "loading": 0.0, "loading_error": 0.1}
    groups = {"column": column, "reference": "es", "people": {"es": 900, "en": 800}}
    groups["differences"] = [moved | {"points": 0.4, "chance": 0.0, "flagged": unequal}]
    return json.dumps({"pack": "tiny", "parameters": "2.0.0", "groups": groups})


@pytest.mark.parametrize("pack", [TWO, FIVE])
def test_the_most_that_the_reliability_allows_is_said_to_be_so_by_the_model(client, pack):
    assert "If people answer as the model says, no rule that uses these answers can tell" in shown(client, pack)
    assert "how often, by the model, the better of the two roles can be told at all" in shown(client, pack)
    figures = shown(client, pack, "method").split("How well it works")[1]
    model, simulated = figures.split("With simulated people")
    assert "By the model" in model
    assert "at best, if it always had to choose" in model
    assert "at best" not in simulated.split("What we do not know yet")[0]
    assert "Right when a role is named" in simulated


def test_where_simulated_people_do_better_than_the_model_allows_it_says_why(client):
    said = "may lie a little above what the model allows at best"
    stored = json.loads((SHIPPED / TWO / "simulated.json").read_text())["lengths"]
    assert any(each["accuracy"] > accuracy_ceiling(each["reliability"]) for each in stored)
    assert said in shown(client, TWO)
    assert said not in shown(client, FIVE)  # the best of all five is told far less often than the better of two


def test_the_chart_and_the_table_of_lengths_say_what_is_so_of_two_roles_and_of_more(client):
    two, five = (shown(client, pack).split("How many questions are enough")[1] for pack in (TWO, FIVE))
    assert "right side" in two
    assert "the best role leads" not in two
    assert "the best role leads" in five
    assert "right side" not in five
    assert "Reliability of the least reliable pair" in five
    assert "least reliable pair" not in two


NOBODY = "Fairness between groups not known Whether items work alike for women and men, ages or origins has not been"


@pytest.mark.parametrize("unequal", [True, False])
def test_a_comparison_of_languages_is_told_as_equivalence_and_not_as_fairness(text_of, unequal):
    text = text_of(calibration__json=compared("language", unequal=unequal))
    found = "does not work alike in the languages" if unequal else "No item differs between the languages"
    assert found in text.split("Equivalence of the languages items compared")[1][:80]
    assert NOBODY in text


def test_a_comparison_of_other_groups_leaves_the_languages_unknown(text_of):
    text = text_of(calibration__json=compared("gender", unequal=True))
    assert "Equivalence of the languages not known" in text
    assert "Fairness between groups items compared Items were compared in groups by “gender”" in text
    assert "Whether they work alike in other groups, and whether results are fair in use, has not been studied." in text


@pytest.mark.parametrize(
    ("column", "unequal", "said"),
    [
        ("language", False, None),
        ("language", True, "some questions do not work alike in them, and the manual names these"),
        ("gender", False, "Whether the two languages measure exactly alike."),
    ],
)
def test_the_method_page_says_of_the_languages_what_the_manual_says(text_of, column, unequal, said):
    text = text_of("method", calibration__json=compared(column, unequal=unequal))
    told = [words for words in ("exactly alike", "do not work alike in them") if words in text]
    assert said in text if said else not told
    assert len(told) <= 1
