"""Files of groups: those that are usual, those that are broken, those that are meant to do harm."""

from __future__ import annotations

import pytest
from crowd import join, simulated
from impact_cast import OUTCOME, address, hand_in, written

from quiz.services import group_file
from quiz.services.group_file import Unreadable


@pytest.fixture
def forty(database, alices_campaign):
    """The references of forty people who finished Alice's campaign."""
    return join(database, alices_campaign, simulated(40))


class TestLines:
    def test_lines_that_match_nobody_or_somebody_again_are_told_by_number(self, alice, alices_campaign, forty):
        data = "\n".join(["ref,sex", *(f"{ref},F" for ref in forty[:8]), "P1,M", "nobody,F", "nobody else,F", "P2,F"])
        text = hand_in(alice, alices_campaign, data).page.main.text
        assert "Nobody who finished has this reference or e-mail address. Lines: 11–12" in text
        assert "The same person once more; the first line counts. Lines: 10, 13" in text

    def test_bad_lines_are_told_by_number_and_the_others_are_used(self, alice, alices_campaign, forty):
        bad = ["P9,F,too many", "P10", "=HYPERLINK(1),F", "P11,=1+1", "P12,\x01F", "P13," + "F" * 201, ",F"]
        data = "\n".join(["ref,sex", *(f"{ref},F" for ref in forty[:8]), "", *bad])
        answer = hand_in(alice, alices_campaign, data)
        assert answer.status_code == 200
        text = answer.page.main.text
        assert "because of another number of cells than the first line. Lines: 11–12" in text
        assert "because of a cell that looks like a formula. Lines: 13–14" in text
        assert "because of characters that nobody can read. Lines: 15" in text
        assert "because of a cell of more than 200 characters. Lines: 16" in text
        assert "because of no reference and no e-mail address. Lines: 17" in text

    def test_a_line_has_the_number_that_an_editor_shows(self):
        file = group_file.read(b'ref,sex\r\n\r\n"A\r\nB",F\r\nC,F\r\nD\r\n')
        assert [row.line for row in file.rows] == [3, 5]
        assert [fault.line for fault in file.faults] == [6]


class TestFiles:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1", "cp1252", "utf-16"])
    @pytest.mark.parametrize("delimiter", [",", ";", "\t"])
    def test_usual_files_are_read(self, encoding, delimiter):
        text = f"referencia{delimiter}situación\r\nA{delimiter}Peón\r\nB{delimiter}peón\r\n"
        file = group_file.read(text.encode(encoding))
        assert file.groupings == ("situación",)
        assert [row.groups for row in file.rows] == [("Peón",), ("Peón",)]

    @pytest.mark.parametrize(
        "word", ["", "unknown", "N/A", "Prefer not to say", "Desconocido", "prefiero no decirlo", "-"]
    )
    def test_words_for_unknown_are_understood(self, word):
        assert group_file.read(f"ref,sex\nA,{word}\n".encode()).rows[0].groups == ("",)

    @pytest.mark.parametrize(
        ("data", "reason"),
        [
            (b"", "empty"),
            (b"\n\n \n", "empty"),
            (b"PK\x03\x04 and so on", "workbook"),
            (b"\xd0\xcf\x11\xe0 and so on", "workbook"),
            (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "binary"),
            (b"\x81\x8d\x8f", "binary"),
            (b"ref,sex\nA,\0F\n", "binary"),
            (b"\xff\xfeA", "binary"),
            (b"ref\x02,sex\nA,F\n", "binary"),
            (b"ref\nA\n", "one-column"),
            (b"ref,a,b,c,d\nA,1,2,3,4\n", "many-columns"),
            (b"ref,,b\nA,1,2\n", "no-name"),
            (b"ref,sex,Sex\nA,1,2\n", "same-name"),
            (b"ref,=cmd|' /C calc'!A0\nA,1\n", "formula-name"),
            (b"ref," + b"s" * 201 + b"\nA,1\n", "long-name"),
            (b"ref,sex\n", "no-rows"),
            (b"ref,sex\nA\nB\n", "no-rows"),
            (b"ref,sex\n" + b"A,F\n" * 100_000, "many-lines"),
            (b'ref,sex\nA,"' + b"F,\n" * 49_000, "open-quote"),
            (b"ref,sex\nA," + b"F" * 200_000, "open-quote"),
            (b"ref,sex\nA," + b"F" * (group_file.MOST_BYTES + 1), "large"),
            (b"ref,day\n" + b"".join(b"A%d,%d\n" % (n, n) for n in range(40)), "many-groups"),
        ],
    )
    def test_a_hostile_file_is_refused_with_its_reason(self, alice, alices_campaign, forty, data, reason):
        with pytest.raises(Unreadable) as refused:
            group_file.read(data)
        assert refused.value.reason == reason
        answer = hand_in(alice, alices_campaign, data)
        assert answer.status_code == 422
        field = answer.page.one("input", name="file")
        assert field["aria-invalid"] == "true"
        assert "file-error" in field["aria-describedby"].split()
        assert "checked" in answer.page.one("input", name="measure", value=OUTCOME).attrs

    @pytest.mark.parametrize("fields", [{}, {"measure": "outcome plumber"}, {"measure": "salary"}])
    def test_without_a_file_or_with_an_unknown_measure_it_is_asked_again(self, alice, alices_campaign, forty, fields):
        assert alice.send(address(alices_campaign), **fields).status_code == 422

    def test_a_body_beyond_the_consoles_limit_is_refused(self, alice, alices_campaign, forty):
        assert hand_in(alice, alices_campaign, b"x" * 5 * 1024 * 1024).status_code == 413

    def test_markup_in_a_file_is_only_text(self, alice, alices_campaign, forty):
        data = written(forty, ["<script>alert(1)</script>", "<img src=x>"], "ref,<b>sex</b>")
        page = hand_in(alice, alices_campaign, data).page
        assert "<script>alert(1)</script>" in page.main.text
        assert not page.main.all("img", "script")

    def test_a_file_of_strangers_is_not_compared(self, alice, alices_campaign, forty):
        answer = hand_in(alice, alices_campaign, written(["x", "y", "z"], ["F", "M"]))
        assert answer.status_code == 422
        assert "Nobody of the file has finished this campaign." in answer.page.main.text

    def test_a_file_that_matches_four_people_is_not_compared(self, alice, alices_campaign, forty):
        answer = hand_in(alice, alices_campaign, written(forty[:4], ["F", "M"]))
        assert answer.status_code == 422
        assert "Fewer than five people of the file" in answer.page.main.text

    def test_the_sample_can_be_read(self, alice, alices_campaign):
        sample = alice.get(f"{address(alices_campaign)}/sample.csv")
        assert sample.mimetype == "text/csv"
        assert group_file.read(sample.data).groupings == ("sex", "race or ethnicity")
