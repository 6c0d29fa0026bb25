"""The shipped quiz of five roles, taken to its end: every role in order, the runner-up always, every pair."""

import json
import re
from decimal import Decimal

import pytest
from cast import CAROLS, START, Taker
from test_result_page import number

from quiz.core.measure import Measure
from quiz.core.outcome import decide
from quiz.core.pack import Statement
from quiz.packs.loader import load
from quiz.present.certainty import certainty
from quiz.services import campaigns
from quiz.web.taker.parts import in_order

FIVE = load("client-facing")
PACK, MEASURE = FIVE.pack, Measure(FIVE.pack)
ITEMS = PACK.item_ids


def leaning_to(role: str) -> dict[str, int]:
    """Answers of a person who favours what weighs most in a role."""
    weights = next(each.weights for each in PACK.roles if each.id == role)
    favoured = {dimension for dimension, weight in weights.items() if weight > 0.2}
    answers = {}
    for item in PACK.items:
        if isinstance(item, Statement):
            answers[item.id] = 3 + item.key * (2 if item.dimension in favoured else -1)
        else:
            answers[item.id] = 3 + 2 * ((item.b in favoured) - (item.a in favoured))
    return answers


PEOPLE = {
    **{role: leaning_to(role) for role in PACK.role_ids},
    **{golden.id: golden.answers for golden in FIVE.golden if golden.id in ("clear-opener", "nearly-named")},
    "undecided": {item: 2 + place % 2 + place % 3 % 2 for place, item in enumerate(ITEMS)},
}


@pytest.fixture
def five(taker: Taker):
    """Somebody who takes the quiz of five roles, with the answers of one of `PEOPLE`."""

    def play(name: str) -> Taker:
        started = taker.client.post("/packs/client-facing/start", data={"language": taker.language})
        taker.place = started.location.rsplit("/", 1)[0]
        for item, choice in PEOPLE[name].items():
            taker.clock.wait(6)
            taker.client.post(f"{taker.place}/{item}", data={"choice": choice})
        taker.at("result")
        return taker

    return play


def names(language: str) -> dict[str, str]:
    """The roles by their names, as they begin a line."""
    return {role.name[0].upper() + role.name[1:]: id for id, role in FIVE.texts[language].roles.items()}


def cells(page):
    """The rows of the table of all roles: role, range, best of all, first is better."""
    rows = page.one("section", aria_labelledby="fits").one("tbody").all("tr")
    return [[row.one("th").text, *[cell.text for cell in row.all("td")[1:]]] for row in rows]


def said(probability: float) -> str:
    low, high = certainty(probability)
    return "> 99" if high == 100 else "< 1" if low == 0 else f"{low}–{high}"


@pytest.mark.parametrize("name", PEOPLE)
def test_all_roles_stand_in_order_with_their_ranges_and_probabilities(five, name):
    taker = five(name)
    scores = MEASURE.score(PEOPLE[name])
    known = names(taker.language)
    rows = cells(taker.page)
    leader = max(PACK.role_ids, key=scores.best.__getitem__)
    others = (role for role in PACK.role_ids if role != leader)
    order = [leader, *sorted(others, key=lambda role: scores.over(leader, role))]
    assert [known[row[0]] for row in rows] == order
    for (_, shown, best, ahead), role in zip(rows, order, strict=True):
        low, high = scores.fits[role].interval()
        assert shown == f"{round(low)}–{round(high)}"
        each = (scores.over(role, other) for other in order if other != role)
        assert best == said(min(scores.best[role], *each))
        assert ahead == ("" if role == order[0] else said(scores.over(order[0], role)))


@pytest.mark.parametrize("name", PEOPLE)
def test_the_runner_up_is_always_told_with_how_sure_the_first_is_over_it(five, name):
    taker = five(name)
    scores = MEASURE.score(PEOPLE[name])
    outcome = decide(PACK, scores, ())
    roles = FIVE.texts[taker.language].roles
    told = taker.page.one("figure", class_="balance").one("figcaption").all("p")[1].text
    assert roles[outcome.leader].name in told
    assert roles[outcome.runner_up].name in told
    low, high = certainty(scores.over(outcome.leader, outcome.runner_up))
    assert (str(low) in told and str(high) in told) or high == 100
    assert (taker.page.main["data-outcome"], taker.page.main["data-role"] or None) == (outcome.kind, outcome.role)


@pytest.mark.parametrize("name", PEOPLE)
def test_the_sentences_and_the_table_tell_one_figure_for_one_claim(five, name):
    taker = five(name)
    best, over = (part.one("b").text for part in taker.page.one("figure", class_="balance").all("p")[:2])
    first, *others = cells(taker.page)
    next_one = next(row for row in others if row[0] == in_words(taker)[1])
    assert [told(best), told(over)] == [first[2], next_one[3]]
    # The same two sentences stand below the sum of all answers.
    below = taker.at("result/answers").page.main.all("p")[-1]
    assert [told(each.text) for each in below.all("b")] == [first[2], next_one[3]]


@pytest.mark.parametrize("name", PEOPLE)
def test_nobody_is_told_likelier_to_fit_the_best_of_all_than_better_than_the_next(five, name):
    best, over = (part.one("b").text for part in five(name).page.one("figure", class_="balance").all("p")[:2])
    assert int(re.findall(r"\d+", best)[0]) <= int(re.findall(r"\d+", over)[0])


def in_words(taker: Taker) -> list[str]:
    """The two roles that lead, by the names that the table has."""
    kept = json.loads(taker.client.get(f"{taker.place}/result.json").data)
    shown = {id: name for name, id in names(taker.language).items()}
    return [shown[kept["contrast"][place]] for place in ("first", "second")]


def told(people: str) -> str:
    """A range in words, as the table has it."""
    digits = re.findall(r"\d+", people)
    return "–".join(digits) if len(digits) == 2 else f"> {digits[0]}"


@pytest.mark.parametrize("name", PEOPLE)
def test_a_role_is_named_in_the_headline_only_where_it_is_probable_enough(five, name):
    taker = five(name)
    outcome = decide(PACK, MEASURE.score(PEOPLE[name]), ())
    roles = FIVE.texts[taker.language].roles
    named = [role for role in PACK.role_ids if roles[role].name in taker.page.heading]
    assert named == ([outcome.role] if outcome.role else [])
    assert (outcome.role is None) == (outcome.probability < 0.80)


@pytest.mark.parametrize("name", PEOPLE)
def test_the_contributions_tell_the_first_two_apart_and_add_up(five, name):
    taker = five(name)
    contrast = MEASURE.score(PEOPLE[name]).contrast
    page = taker.at("result/answers").page
    roles = FIVE.texts[taker.language].roles
    heads = [head.text for head in page.one("thead").all("th")[2:]]
    assert [roles[contrast.first].name in heads[0], roles[contrast.second].name in heads[1]] == [True, True]
    rows = [[number(cell.text) for cell in row.all("td")[1:]] for row in page.one("tbody").all("tr")]
    (first, second), (difference,) = (
        [number(cell.text) for cell in row.all("td")] for row in page.one("tfoot").all("tr")
    )
    assert len(rows) == len(ITEMS)
    assert (sum(row[0] for row in rows), sum(row[1] for row in rows)) == (first, second)
    assert first - second == difference == Decimal(f"{contrast.mean:.2f}")


def test_two_people_with_other_leading_roles_read_their_own_names(five):
    """The page of all answers is not the one of whoever came before."""
    for name in ("sales-engineer", "account-manager", "sales-engineer"):
        taker = five(name)
        head = taker.at("result/answers").page.one("thead").text
        assert FIVE.texts[taker.language].roles[name].name in head


@pytest.mark.parametrize("name", ["account-executive", "undecided"])
def test_every_role_has_its_career_path_in_the_order_of_the_result(five, name):
    taker = five(name)
    kept = json.loads(taker.client.get(f"{taker.place}/result.json").data)
    paths = [each["class"] for each in taker.at("result").page.all("details") if "path" in (each.get("class") or "")]
    assert paths == [f"path role-{PACK.role_ids.index(role) + 1}" for role in in_order(kept)]


def test_the_profile_says_how_much_each_dimension_weighs_in_each_role(five):
    taker = five("account-manager")
    shown = taker.page.one("section", aria_labelledby="profile").all("ul", class_="emphasis")
    texts = FIVE.texts[taker.language].roles
    assert len(shown) == len(PACK.dimensions)
    for dimension, weights in zip(PACK.dimensions, shown, strict=True):
        expected = {role.id: role.weights[dimension.id] for role in PACK.roles if dimension.id in role.weights}
        told = [each.text.replace("\xa0", " ").split()[:2] for each in weights.all("li")]
        assert [part[0] for part in told] == [texts[role].short for role in expected]
        assert [int(part[1].rstrip("%")) for part in told] == [round(100 * weight) for weight in expected.values()]


def test_ones_own_data_have_every_pair_and_who_comes_next(five):
    taker = five("undecided")
    scores = MEASURE.score(PEOPLE["undecided"])
    kept = json.loads(taker.client.get(f"{taker.place}/result.json").data)
    assert {role: set(others) for role, others in kept["pairs"].items()} == {
        role: set(PACK.role_ids) - {role} for role in PACK.role_ids
    }
    for role, others in kept["pairs"].items():
        for other, probability in others.items():
            assert probability == pytest.approx(scores.over(role, other))
    by_chance = sorted(PACK.role_ids, key=lambda role: -kept["best"][role])
    assert [kept["outcome"]["leader"], kept["outcome"]["runner_up"]] == by_chance[:2]


@pytest.mark.parametrize("path", ["", "/roles", "/roles/sales-engineer", "/roles/sales-development-representative"])
@pytest.mark.parametrize("language", ["es", "en"])
def test_every_role_is_linked_from_the_packs_pages(client, path, language):
    page = client.get(f"/packs/client-facing{path}?lang={language}").page
    own = path.removeprefix("/roles/")
    for role in PACK.role_ids:
        if role != own:
            assert f"/packs/client-facing/roles/{role}?lang={language}" in page.links


def test_the_question_and_the_early_end_count_the_questions_of_this_pack(taker):
    started = taker.client.post("/packs/client-facing/start", data={"language": taker.language})
    taker.place = started.location.rsplit("/", 1)[0]
    for item in ITEMS[: PACK.minimum]:
        taker.client.post(f"{taker.place}/{item}", data={"choice": 4})
    main = taker.at(ITEMS[PACK.minimum]).page.main
    assert main.one("progress")["max"] == str(len(ITEMS))
    assert f"{taker.place}/finish" in taker.page.links
    assert str(len(ITEMS)) in taker.at("finish").page.main.text


@pytest.mark.parametrize("name", ["account-manager", "undecided"])
def test_a_campaign_can_ask_for_the_quiz_of_five_roles(taker, database, name):
    campaign = campaigns.create(database, PACK, CAROLS, START)
    taker.accept(campaign)
    assert taker.asked == ITEMS[0]
    for item, choice in PEOPLE[name].items():
        taker.clock.wait(6)
        taker.client.post(f"{taker.place}/{item}", data={"choice": choice})
    taker.at("result")
    assert len(cells(taker.page)) == len(PACK.roles)
    public = [link for link in taker.page.links if "/roles" in link or "/method" in link]
    assert public
    assert all(link.startswith("/packs/client-facing/") for link in public)
