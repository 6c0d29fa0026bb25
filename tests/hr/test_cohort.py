"""The cohort report: what it counts, what it keeps to itself, who may see it."""

from __future__ import annotations

import pytest
from cast import ITEMS, MINIMUM, START
from crowd import join, simulated
from sqlalchemy import update

from quiz.core.outcome import Kind
from quiz.services import audit, cohort, packs
from quiz.services.filters import Filter
from quiz.store.tables import campaigns

DAY = 86_400_000
HEADINGS = {
    "en": ["How far people came", "Outcomes", "Profile", "Reliability in this cohort", "Response quality", "Languages"],
    "es": ["Hasta dónde llegaron", "Resultados", "Perfil", "Fiabilidad en este grupo", "Calidad de las respuestas"],
}


@pytest.fixture
def report(database, alices_campaign):
    """Makes the report, as the page does."""

    def report(wanted: Filter = Filter()):  # noqa: B008 - frozen
        return cohort.report(database, packs.edition("ae-am"), alices_campaign, wanted)

    return report


def address(campaign) -> str:
    return f"/hr/campaigns/{campaign.public_id}/cohort"


def half(choices, answered):
    """The first so many answers of somebody."""
    return {item: choices[item] for item in ITEMS[:answered]}


def test_a_viewer_may_look_and_an_outsider_may_not(alice, bob, charlie, stranger, alices_campaign):
    for member in (alice, bob):
        assert member.get(address(alices_campaign)).status_code == 200
    assert charlie.get(address(alices_campaign)).status_code == 404
    assert stranger.get(address(alices_campaign)).location.startswith("/hr/sign-in")


def test_that_somebody_looked_is_written_down(alice, bob, database, tidewell, alices_campaign):
    bob.get(address(alices_campaign))
    newest = audit.page(database, tidewell)[0]
    assert (newest.action, newest.campaign, newest.actor) == (
        "cohort-viewed",
        alices_campaign.public_id,
        f"bob@{tidewell}.example",
    )


@pytest.mark.parametrize("finished", [0, 4])
def test_under_five_people_there_is_no_report(alice, database, alices_campaign, finished):
    join(database, alices_campaign, simulated(finished))
    join(database, alices_campaign, [{}] * 9, finished=False, prefix="U")
    page = alice.get(address(alices_campaign)).page
    assert "Too few people for a report, so far" in page.main.text
    assert not page.main.all("table")


def test_everybody_is_counted_where_they_left(database, alices_campaign, report):
    people = simulated(30)
    join(database, alices_campaign, people[:20])
    join(database, alices_campaign, [half(each, 8) for each in people[20:]], finished=False, prefix="U")
    found = report()
    assert (found.started, found.finished, found.walked, found.read) == (30, 20, 30, 20)
    assert [step.people for step in found.steps] == [30] * 8 + [20] * 24
    assert found.steps[8].lost == pytest.approx(1 / 3)
    assert found.minutes.median == pytest.approx(8 * 32 / 60)


def test_the_funnel_counts_however_few_left_at_a_question(alice, database, alices_campaign, report):
    people = simulated(30)
    join(database, alices_campaign, people[:27])
    join(database, alices_campaign, [half(each, 8) for each in people[27:]], finished=False, prefix="U")
    steps = report().steps
    assert (steps[7].people, steps[7].lost) == (30, 0)
    assert (steps[8].people, steps[8].lost) == (27, pytest.approx(0.1))
    assert "people are counted at each question, however few" in alice.get(address(alices_campaign)).page.main.text


def test_outcomes_add_up_and_none_of_one_to_four_people_is_told(database, alices_campaign, report):
    join(database, alices_campaign, simulated(60))
    outcomes = report().outcomes
    told = [group.people for group in outcomes.groups if group.people is not None]
    assert sum(told) + outcomes.not_shown == outcomes.people == 60
    assert not {1, 2, 3, 4} & set(told)
    hidden = [group for group in outcomes.groups if group.people is None]
    assert len(hidden) != 1
    assert not hidden or outcomes.not_shown >= 5


def test_people_without_a_reliable_result_are_not_in_the_profile(database, alices_campaign, report):
    join(database, alices_campaign, simulated(20))
    join(database, alices_campaign, [dict.fromkeys(ITEMS, 5)] * 10, prefix="Y")
    found = report()
    assert {group.name: group.people for group in found.outcomes.groups}[(Kind.NONE, None)] == 10
    assert (found.read, found.reliable) == (30, 20)


def test_the_profile_has_each_dimension_with_its_quartiles(database, alices_campaign, report):
    join(database, alices_campaign, simulated(60))
    found = report()
    assert tuple(found.profile) == packs.edition("ae-am").pack.dimension_ids
    assert all(spread.low < spread.median < spread.high for spread in found.profile.values())
    assert all(40 < spread.mean < 60 for spread in found.profile.values())


@pytest.mark.parametrize(("people", "told"), [(29, False), (40, True)])
def test_reliability_needs_thirty_people(alice, database, alices_campaign, report, people, told):
    join(database, alices_campaign, simulated(people))
    page = alice.get(address(alices_campaign)).page
    assert bool(report().contrasts) is told
    assert ("Cronbach’s alpha" in page.main.text) is told
    assert ("Not enough people yet: 29 have answered" in page.main.text) is not told


def test_those_who_stopped_early_do_not_count_for_reliability(database, alices_campaign, report):
    people = simulated(40)
    join(database, alices_campaign, people[:31])
    join(database, alices_campaign, [half(each, MINIMUM) for each in people[31:]], prefix="E")
    assert (report().reliable, report().consistent) == (40, 31)


def test_a_large_campaign_is_read_as_an_even_sample(alice, database, alices_campaign, report, monkeypatch):
    monkeypatch.setattr(cohort, "SAMPLE", 50)
    join(database, alices_campaign, simulated(200))
    found = report()
    assert (found.started, found.finished, found.outcomes.people) == (200, 200, 200)
    assert found.sampled
    assert found.walked == found.read
    assert 45 <= found.read <= 55
    assert all(step.people is None for step in found.steps)
    assert "even sample" in alice.get(address(alices_campaign)).page.main.text


def test_language_and_dates_narrow_it_down(alice, database, alices_campaign, report):
    people = simulated(30)
    join(database, alices_campaign, people[:20], language="es")
    join(database, alices_campaign, people[20:], language="en", started_ms=START + 3 * DAY, prefix="L")
    assert [report(Filter(language=code)).started for code in ("es", "en")] == [20, 10]
    page = alice.get(f"{address(alices_campaign)}?since=2027-01-17").page  # START is 2027-01-15
    assert "Started on Jan 17, 2027 or later" in page.main.text
    assert page.one("input", name="since")["value"] == "2027-01-17"
    assert [figure.text for figure in page.one("dl").all("dd")][:2] == ["10", "10"]


def test_too_few_of_those_asked_for_are_not_reported(alice, database, alices_campaign):
    join(database, alices_campaign, simulated(12), language="es")
    page = alice.get(f"{address(alices_campaign)}?language=en").page
    assert "Fewer than five of those you asked for" in page.main.text


@pytest.mark.parametrize(
    ("started", "finished", "told"),
    [(0, 0, True), (0, 3, False), (3, 0, False), (5, 5, True)],
)
def test_a_filter_that_leaves_out_one_to_four_people_tells_nothing(
    alice, database, alices_campaign, report, started, finished, told
):
    join(database, alices_campaign, simulated(12))
    join(database, alices_campaign, simulated(finished), language="es", prefix="S")
    join(database, alices_campaign, [{}] * started, language="es", finished=False, prefix="U")
    assert report(Filter(language="en")).small is not told
    page = alice.get(f"{address(alices_campaign)}?language=en").page
    assert ("all but fewer than five are among them" in page.main.text) is not told
    assert bool(page.main.all("table")) is told
    assert report(Filter(language="en")).started == (12 if told else 0)


@pytest.mark.parametrize("query", ["?since=yesterday", "?language=klingon", "?until=9999-99-99", "?since=%ff%fe"])
def test_what_a_filter_does_not_understand_counts_as_absent(alice, database, alices_campaign, query):
    join(database, alices_campaign, simulated(12))
    page = alice.get(address(alices_campaign) + query).page
    assert [figure.text for figure in page.one("dl").all("dd")][1:3] == ["12", "12"]
    assert ("A date was not understood" in page.main.text) is ("language" not in query)


@pytest.mark.parametrize(("others", "words"), [(6, "6 people have a result of another"), (2, "Fewer than five people")])
def test_results_of_another_version_are_not_in_the_profile(alice, database, alices_campaign, report, others, words):
    join(database, alices_campaign, simulated(40))
    alone = report()
    join(database, alices_campaign, simulated(others, 2), pack_version="0.0.1", prefix="O")
    found = report()
    assert (found.finished, found.read, found.otherwise_made) == (40 + others, 40 + others, others)
    assert found.profile == alone.profile
    assert [each.alpha for each in found.contrasts.values()] == [each.alpha for each in alone.contrasts.values()]
    told = (38, 38) if others < 5 else (40, 40)  # 40 of 42 would tell that the others are two
    assert (found.reliable, found.consistent) == told
    assert (found.contrasts == alone.contrasts) is (others >= 5)
    assert words in alice.get(address(alices_campaign)).page.main.text


@pytest.mark.parametrize("report", ["cohort", "impact"])
def test_a_campaign_whose_quiz_is_no_longer_run_has_no_report(alice, database, make_campaign, report):
    campaign = make_campaign()
    with database.engine.begin() as connection:
        connection.execute(update(campaigns).where(campaigns.c.id == campaign.id).values(pack="bygone"))
    assert alice.get(f"/hr/campaigns/{campaign.public_id}/{report}").status_code == 404


def test_another_campaigns_people_are_not_in_it(database, make_campaign, alices_campaign, report):
    join(database, make_campaign(name="Autumn fair"), simulated(30))
    join(database, alices_campaign, simulated(6))
    assert report().started == 6


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_report_speaks_the_members_language(sign_in, tidewell, database, alices_campaign, language):
    join(database, alices_campaign, simulated(60))
    page = sign_in("Dana", tidewell, "owner", language).get(address(alices_campaign)).page
    headings = [heading.text for heading in page.main.all("h2")]
    assert [wanted for wanted in HEADINGS[language] if wanted not in headings] == []


def test_every_chart_has_its_figures_in_a_table(alice, database, alices_campaign):
    join(database, alices_campaign, simulated(60))
    page = alice.get(address(alices_campaign)).page
    drawings = page.main.all("svg")
    assert [drawing for drawing in drawings if drawing.get("aria-hidden") != "true"] == []
    funnel = page.one("figure")
    assert len(funnel.all("svg")) == 1
    assert len(page.main.all("details")[0].one("table").all("tr")) == 1 + len(ITEMS)
    charts = [cells for row in page.main.all("tr") if (cells := row.all("td")) and cells[0].all("svg")]
    assert len(charts) == len(drawings) - 1 > 20
    for cells in charts:
        assert all(any(sign.isdigit() for sign in cell.text) for cell in cells[1:])
