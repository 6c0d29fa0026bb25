"""The cohort page keeps small groups to itself: no two of its numbers, one taken off the other, tell of one to four."""

from __future__ import annotations

import re
from itertools import combinations

import pytest
from cast import ITEMS, MINIMUM
from crowd import join, simulated

from quiz.services import cohort, packs
from quiz.services.cohort_sizes import holding, told
from quiz.services.filters import Filter

COUNTED = re.compile(
    r"(?:among|How consistently|Not enough people yet:) (at least )?(\d+) (?:people|have)"
    r"|(\d+) people have a result of another"
)
"""People as the page's sentences count them."""


@pytest.fixture
def crowd(alice, database, alices_campaign):
    """Lets people finish: reliable ones, those whose result is withheld, those who stopped early, of another version.

    Gives the page.
    """

    def crowd(reliable=51, withheld=0, early=0, otherwise=0):
        people = simulated(reliable + early)
        join(database, alices_campaign, people[:reliable])
        join(database, alices_campaign, [{i: p[i] for i in ITEMS[:MINIMUM]} for p in people[reliable:]], prefix="E")
        join(database, alices_campaign, [dict.fromkeys(ITEMS, 5)] * withheld, prefix="Y")
        join(database, alices_campaign, simulated(otherwise, 2), pack_version="0.0.1", prefix="O")
        return alice.get(f"/hr/campaigns/{alices_campaign.public_id}/cohort").page

    return crowd


def printed(page) -> dict[str, int]:
    """The exact counts of people on the page outside of the funnel, with where they stand."""
    found = {f"{term.text}": int(figure.text) for term, figure in _figures(page) if figure.text.isdigit()}
    for place, match in enumerate(COUNTED.finditer(page.main.text)):
        least, number, other = match.groups()
        if not least:
            found[f"{place} {match[0]}"] = int(number or other)
    return found


def _figures(page):
    figures = page.one("dl", class_="figures")
    return zip(figures.all("dt"), figures.all("dd"), strict=True)


def withheld_groups(page) -> list[str]:
    return [row.one("th").text for row in page.main.all("tr") if "not shown" in [cell.text for cell in row.all("td")]]


@pytest.mark.parametrize("otherwise", [0, 2, 6])
@pytest.mark.parametrize("early", [0, 3])
@pytest.mark.parametrize("withheld", [0, 1, 4, 7])
def test_no_printed_count_taken_off_another_is_a_small_group(crowd, withheld, early, otherwise):
    counts = printed(crowd(withheld=withheld, early=early, otherwise=otherwise))
    assert len(counts) > 2
    near = [(one, other) for one, other in combinations(counts, 2) if 0 < abs(counts[one] - counts[other]) < 5]
    assert near == []
    if otherwise >= 5:
        alike = 51 + withheld + early
        assert [name for name, count in counts.items() if 0 < alike - count < 5] == []


def test_one_withheld_result_is_told_neither_by_the_profile_nor_by_the_reliability(crowd):
    page = crowd(reliable=51, withheld=1)
    assert "No reliable result" in " ".join(withheld_groups(page))
    assert "among at least 48 people with a reliable result" in page.main.text
    assert "How consistently at least 48 people" in page.main.text
    assert "51" not in [number for table in page.main.all("caption") for number in re.findall(r"\d+", table.text)]


def test_however_many_of_the_few_are_withheld_the_page_says_the_same():
    """What is said instead goes by the counts that are shown, and tells no more."""
    said = {told(52 - few, 52 - few, holding(52, 52, 0, None), [52]) for few in (1, 2, 3, 4)}
    assert {(each.reliable, each.consistent, len(each.at_least)) for each in said} == {(48, 48, 2)}


def test_intervals_are_not_of_the_number_that_is_not_told(database, alices_campaign, crowd):
    crowd(reliable=51, withheld=1)
    shown = cohort.report(database, packs.edition("ae-am"), alices_campaign, Filter())
    join(database, alices_campaign, [dict.fromkeys(ITEMS, 5)] * 4, prefix="Z")
    exact = cohort.report(database, packs.edition("ae-am"), alices_campaign, Filter())
    assert (shown.consistent, exact.consistent) == (48, 51)
    for name, found in exact.contrasts.items():
        assert shown.contrasts[name].alpha == found.alpha
        assert shown.contrasts[name].interval[0] < found.interval[0]


def test_whether_there_is_a_profile_does_not_tell_how_few_are_withheld(crowd):
    text = crowd(reliable=5, withheld=1).main.text
    assert "The profile is not shown, for it would tell" in text
    assert "Not shown: this needs 30 people" in text


def test_that_nobody_of_a_few_is_reliable_is_not_told_either():
    """Three of another version, ten withheld: that forty of fifty are reliable would say that those three are not."""
    assert told(40, 40, holding(50, 50, 3, 10), [50]) == told(38, 38, holding(50, 50, 3, 10), [50])
