"""The adverse-impact report: what it compares, what it keeps to itself, who may make one."""

from __future__ import annotations

import pytest
from cast import ITEMS, START
from crowd import join, simulated
from impact_cast import AE, AM, OUTCOME, address, hand_in, written
from rows import on_disk

from quiz.core.fairness import Tally
from quiz.services import audit, group_file, impact
from quiz.services.impact import Measure


@pytest.fixture
def forty(database, alices_campaign):
    """The references of forty people who finished Alice's campaign."""
    return join(database, alices_campaign, simulated(40))


@pytest.fixture
def compare(database, alices_campaign):
    """Makes the report of a file, as the page does."""

    def compare(data, measure=Measure("outcome", AE)):  # noqa: B008 - frozen
        return impact.report(database, alices_campaign, group_file.read(data.encode()), measure, (AE, AM))

    return compare


def lines(report, measure=None, table=0):
    """The lines of a table, by group."""
    tables = report.tables[measure] if measure else next(iter(report.tables.values()))
    return {" × ".join(line.name): line for line in tables[table].comparison.lines}


class TestWho:
    def test_a_viewer_may_compare_and_an_outsider_may_not(self, alice, bob, charlie, stranger, alices_campaign, forty):
        for member in (alice, bob):
            assert hand_in(member, alices_campaign, written(forty, ["F", "M"])).status_code == 200
        assert charlie.get(address(alices_campaign)).status_code == 404
        assert charlie.send(address(alices_campaign), measure=OUTCOME).status_code == 404
        assert charlie.get(f"{address(alices_campaign)}/sample.csv").status_code == 404
        assert stranger.get(address(alices_campaign)).location.startswith("/hr/sign-in")

    def test_a_report_is_written_down_and_a_refused_file_is_not(
        self, alice, database, tidewell, alices_campaign, forty
    ):
        hand_in(alice, alices_campaign, "nothing")
        assert "impact-reported" not in {entry.action for entry in audit.page(database, tidewell)}
        hand_in(alice, alices_campaign, written(forty, ["F", "M"]))
        newest = audit.page(database, tidewell)[0]
        assert (newest.action, newest.campaign, newest.subject) == ("impact-reported", alices_campaign.public_id, "")

    def test_nothing_of_the_file_is_kept(self, alice, database, alices_campaign, forty):
        hand_in(alice, alices_campaign, written(forty, ["Wanderfalke", "Eisvogel"]))
        dump = on_disk(database)
        assert forty[0].encode() in dump
        assert b"Wanderfalke" not in dump

    def test_a_large_file_is_not_put_on_disk_either(self, alice, alices_campaign, forty, monkeypatch):
        monkeypatch.setattr("tempfile.SpooledTemporaryFile.rollover", lambda _: pytest.fail("written to disk"))
        data = written(forty, ["F", "M"]) + "\n" + "\n".join(f"{n:060},F" for n in range(20_000))
        assert hand_in(alice, alices_campaign, data).status_code == 200

    def test_somebody_without_the_forms_token_is_refused(self, alice, alices_campaign):
        assert alice.post(address(alices_campaign), data={"measure": OUTCOME}).status_code == 400


class TestFigures:
    def test_whoever_the_outcome_names_counts_as_selected(self, database, alices_campaign, compare):
        join(database, alices_campaign, simulated(10), outcome="clear", role=AE, prefix="A")
        join(database, alices_campaign, simulated(10), outcome="leaning", role=AM, prefix="B")
        join(database, alices_campaign, simulated(10), outcome="none", role=None, prefix="C")
        people = {
            "Male": ["A1", "A2", "A3", "A4", "B1", "B2", "C1", "C2"],
            "Female": ["A5", "A6", "B3", "B4", "C3", "C4"],
        }
        found = lines(compare("ref,sex\n" + "\n".join(f"{ref},{sex}" for sex, refs in people.items() for ref in refs)))
        assert found["Male"].tally == Tally(8, 4)
        assert found["Female"].tally == Tally(6, 2)
        assert found["Female"].ratio == pytest.approx(2 / 3)
        assert found["Female"].below

    def test_the_scoring_rate_is_above_the_median_of_everybody_reliable(
        self, database, alices_campaign, forty, compare
    ):
        join(database, alices_campaign, [dict.fromkeys(ITEMS, 5)] * 10, prefix="Y")
        report = compare(written([*forty, *(f"Y{n}" for n in range(1, 11))], ["F", "M"]))
        for role in (AE, AM):
            found = lines(report, Measure("score", role))
            assert sum(line.tally.selected for line in found.values()) == 20
            assert sum(line.tally.people for line in found.values()) == 50
        assert report.withheld == 10

    def test_at_the_median_or_above_can_count_as_selected(self, forty, compare):
        report = compare(written(forty, ["F", "M"]), Measure("fit", AM))
        selected = sum(line.tally.selected for line in lines(report, Measure("fit", AM)).values())
        assert 20 <= selected <= 21

    def test_groups_are_crossed(self, forty, compare):
        rows = "\n".join(f"{ref},{'FM'[n % 2]},{'XY'[n // 2 % 2]}" for n, ref in enumerate(forty))
        report = compare(f"ref,sex,site\n{rows}")
        assert [table.groupings for table in next(iter(report.tables.values()))] == [
            ("sex",),
            ("site",),
            ("sex", "site"),
        ]
        assert {name: line.tally.people for name, line in lines(report, table=2).items()} == {
            "F × X": 10,
            "F × Y": 10,
            "M × X": 10,
            "M × Y": 10,
        }

    def test_one_rare_group_leaves_the_others_compared_and_cannot_be_worked_out(
        self, alice, alices_campaign, forty, compare
    ):
        data = written(forty, ["F"] * 20 + ["M"] * 16 + ["X"] * 4)
        report = compare(data)
        assert {name: line.tally.people for name, line in lines(report).items()} == {"F": 20, "M": 16}
        table = next(iter(report.tables.values()))[0]
        assert (report.matched, table.apart, table.few, table.incomplete) == (None, 0, True, True)
        page = hand_in(alice, alices_campaign, data).page
        first = page.main.all("table")[0]
        assert [row.one("th").text for row in first.all("tr")[1:]] == ["F", "M"]
        assert "Not compared: fewer than five people" in first.one("caption").text
        assert "Groups not shown may lie higher." in first.one("caption").text
        assert "people of the file" not in [term.text for term in page.main.all("dt")]

    def test_small_groups_stand_with_the_unknown_and_nothing_tells_which_are_which(self, alice, alices_campaign, forty):
        groups = ["A"] * 30 + ["E"] + ["D"] * 3 + ["B"] * 4 + [""] * 2
        page = hand_in(alice, alices_campaign, written(forty, groups)).page
        first = page.main.all("table")[0]
        assert [row.one("th").text for row in first.all("tr")[1:]] == ["A"]
        assert "Not compared: 10 people" in first.one("caption").text

    def test_crossed_groups_that_are_small_are_hidden_with_others(self, alice, alices_campaign, forty, compare):
        data = "ref,sex,site\n" + "\n".join(
            f"{ref},{'F' if n < 20 else 'M'},{'X' if n < 8 or 20 <= n < 22 else 'Y'}" for n, ref in enumerate(forty)
        )
        crossed = next(iter(compare(data).tables.values()))[2]
        assert crossed.comparison is None or all(line.tally is None for line in crossed.comparison.lines)
        cells = hand_in(alice, alices_campaign, data).page.main.all("table")[2].all("td")
        assert [cell.text for cell in cells] == ["not shown"] * 4

    @pytest.mark.parametrize("rare", ["Basque", ""])
    def test_no_single_persons_outcome_follows_from_two_tables(
        self, alice, alices_campaign, database, forty, compare, rare
    ):
        """One man, of a group of one: without him in one table, and with him in another, he would be the difference."""
        join(database, alices_campaign, simulated(2, 5), outcome="clear", role=AE, prefix="S")
        sexes, sites = ["F", "M"], ["X", "X", "Y", "Y"]
        people = [f"{ref},{sexes[n % 2]},{sites[n % 4]}" for n, ref in enumerate(forty)]
        data = "\n".join(["ref,sex,site", *people, f"S1,M,{rare}", "S2,,X"])
        report = compare(data)
        sums = {
            (sum(line.tally.people for line in each.values()), sum(line.tally.selected for line in each.values()))
            for each in (lines(report, table=place) for place in range(3))
        }
        assert len(sums) == 1
        assert (report.matched, report.left_out) == (None, 2)
        crossed = lines(report, table=2)
        for place in (0, 1):
            for name, line in lines(report, table=place).items():
                cells = [cell.tally for cell in crossed.values() if cell.name[place] == name]
                assert line.tally == Tally(sum(cell.people for cell in cells), sum(cell.selected for cell in cells))
        text = hand_in(alice, alices_campaign, data).page.main.text
        assert "Fewer than five people are in none of the tables" in text

    def test_without_a_comparison_the_report_does_not_reassure(self, alice, alices_campaign, forty):
        lead = hand_in(alice, alices_campaign, written(forty, ["F"])).page.one("p", class_="lead").text
        assert "No comparison can be shown" in lead
        assert "In no comparison" not in lead

    def test_the_caveats_stand_before_the_first_table(self, alice, alices_campaign, forty):
        text = hand_in(alice, alices_campaign, written(forty, ["F", "M"])).page.main.text
        assert 0 < text.index("Read this first") < text.index("Impact ratio")

    def test_results_of_another_version_are_in_none_of_the_figures(
        self, alice, database, alices_campaign, forty, compare
    ):
        others = join(database, alices_campaign, simulated(6, 2), prefix="O", pack_version="0.0.1")
        alone, both = compare(written(forty, ["F", "M"])), compare(written([*forty, *others], ["F", "M"]))
        assert (both.matched, both.otherwise_made) == (40, 6)
        assert (both.medians, both.tables) == (alone.medians, alone.tables)
        page = hand_in(alice, alices_campaign, written([*forty, *others], ["F", "M"])).page
        assert "6 people of the file have a result of another version" in page.main.text

    def test_unknowns_are_counted_apart(self, forty, compare):
        report = compare(written(forty, ["F", "M", "", "prefer not to say"]))
        assert next(iter(report.tables.values()))[0].apart == 20
        assert sum(line.tally.people for line in lines(report).values()) == 20

    def test_the_last_attempt_of_a_person_counts(self, database, alices_campaign, forty, compare):
        join(database, alices_campaign, simulated(6, 2), started_ms=START + 10**9, outcome="clear", role=AE)
        report = compare(written([f"P{n}" for n in range(1, 7)], ["F"]))
        assert report.superseded == 6
        assert lines(report)["F"].tally == Tally(6, 6)

    def test_people_are_found_by_their_email_as_well(self, database, make_campaign):
        campaign = make_campaign(identification="named")
        for n in range(6):
            join(database, campaign, simulated(1), prefix=f"N{n}-", email=f"ana.{n}@example.com", reference=None)
        file = group_file.read("\n".join(["mail;sex", *(f"ANA.{n}@Example.com;F" for n in range(6))]).encode())
        assert impact.report(database, campaign, file, Measure("outcome", AE), (AE, AM)).matched == 6

    def test_a_person_named_by_reference_and_by_email_is_counted_once(self, database, make_campaign):
        campaign = make_campaign(identification="named")
        for n in range(6):
            mail = f"ana.{n}@example.com"
            join(database, campaign, simulated(1), prefix=f"N{n}-", email=mail)
            join(database, campaign, simulated(1, 2), prefix=f"M{n}-", email=mail, reference=None, started_ms=START + 9)
        lines = [line for n in range(6) for line in (f"N{n}-1;F", f"ana.{n}@example.com;M")]
        file = group_file.read("\n".join(["who;sex", *lines]).encode())
        made = impact.report(database, campaign, file, Measure("outcome", AE), (AE, AM))
        assert (made.matched, made.superseded, list(made.repeated)) == (6, 6, [3, 5, 7, 9, 11, 13])
        assert made.finished == 12


class TestPage:
    def test_an_anonymous_campaign_says_that_nobody_can_be_matched(self, alice, database, make_campaign):
        campaign = make_campaign(identification="none")
        join(database, campaign, simulated(8), reference=None)
        page = alice.get(address(campaign)).page
        assert "Nobody can be matched" in page.main.text
        assert not page.main.all("form")

    def test_under_five_people_it_is_not_offered(self, alice, database, alices_campaign):
        join(database, alices_campaign, simulated(4))
        assert "Too few people to compare, so far" in alice.get(address(alices_campaign)).page.main.text

    @pytest.mark.parametrize(("language", "words"), [("en", "Not legal advice"), ("es", "No es asesoría jurídica")])
    def test_the_caveats_stand_on_the_form_and_on_the_report(
        self, sign_in, tidewell, alices_campaign, forty, language, words
    ):
        dana = sign_in("Dana", tidewell, "owner", language)
        for answer in (dana.get(address(alices_campaign)), hand_in(dana, alices_campaign, written(forty, ["F", "M"]))):
            assert words in answer.page.main.text
