"""Invitations: made from lists, looked through, and taken along as a file."""

from __future__ import annotations

import csv
from functools import partial
from io import BytesIO, StringIO

import pytest
from cast import START
from inviting_cast import LIST, begin, home_of, invite_to, people

from quiz.services import audit, invitations
from quiz.services.invitations import book
from quiz.services.invitations.rows import read


@pytest.fixture
def home(alices_campaign) -> str:
    return home_of(alices_campaign)


@pytest.fixture
def invite(database, alices_campaign):
    """Invites people to Alice's campaign, and returns everybody who is invited."""
    return partial(invite_to, database, alices_campaign)


def typed(answer) -> list[str]:
    """The lines in the box of a page."""
    return "".join(answer.page.one("textarea").children).removeprefix("\r\n").split("\n")


class TestInviting:
    def test_a_pasted_list_invites_everybody_on_it(self, alice, home, database, alices_campaign):
        answer = alice.press(f"{home}/new", f"{home}/new", people=LIST, usual="en")
        assert answer.status_code == 303
        page = alice.get(answer.location).page
        assert "3 people invited." in page.main.text
        assert people(database, alices_campaign) == [
            ("Ana", "ana@x.example", "A-1", "es"),
            ("Ben", "ben@x.example", "", "en"),
            ("Cleo", "", "A-3", "en"),
        ]
        noted = audit.page(database, alices_campaign.team_id)[0]
        assert (noted.action, noted.subject) == ("invited", "3")

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1", "utf-16"])
    def test_a_file_is_read_however_a_spreadsheet_wrote_it(self, alice, home, database, alices_campaign, encoding):
        text = "Nombre;Correo electrónico;Referencia\r\nAña Núñez;ana@x.example;7\r\n;;\r\n"
        file = (BytesIO(text.encode(encoding)), "people.csv")
        assert alice.send(f"{home}/new", file=file, people="", usual="es").status_code == 303
        assert people(database, alices_campaign) == [("Aña Núñez", "ana@x.example", "7", "es")]

    def test_bad_lines_come_back_and_good_ones_are_kept(self, alice, home, database, alices_campaign):
        bad = "Name,E-mail\nAna,ana@x.example\nBen,ben@@x\nCleo,\n"
        answer = alice.send(f"{home}/new", people=bad, usual="en")
        assert answer.status_code == 422
        assert "1 person invited. 2 lines need another look." in answer.page.main.text
        assert "Line 3: “ben@@x” is not an e-mail address." in answer.page.main.text
        assert "Line 4: An e-mail or a reference is needed" in answer.page.main.text
        assert typed(answer) == ["Name,E-mail", "Ben,ben@@x", "Cleo,"]
        mended = "Name,E-mail\nBen,ben@x.example\nCleo,cleo@x.example"
        assert alice.send(f"{home}/new", people=mended, usual="en").status_code == 303
        assert [name for name, *_ in people(database, alices_campaign)] == ["Ana", "Ben", "Cleo"]

    def test_nobody_is_invited_twice(self, alice, home, invite, database, alices_campaign):
        invite()
        again = "Name,E-mail,Reference\nDora,dora@x.example,\nAnn,ANA@x.example,\nCleo,,A-3\nDodo,dora@x.example,\n"
        answer = alice.send(f"{home}/new", people=again, usual="en")
        assert answer.status_code == 422
        assert "1 person invited. 3 lines were left out" in answer.page.main.text
        assert "Line 3: ANA@x.example has been invited before." in answer.page.main.text
        assert "Line 4: Somebody with the reference “A-3” has been invited before." in answer.page.main.text
        assert "Line 5: dora@x.example is on line 2 already." in answer.page.main.text
        assert len(people(database, alices_campaign)) == 4

    @pytest.mark.parametrize(
        ("content", "told"),
        [
            (b"PK\x03\x04rest", "This is a workbook"),
            (b"Ana\x00,ana@x.example", "This is not a text file"),
            (bytes(range(1, 32)) * 9, "This is not a text file"),
            (b"\n;;\n", "There is nobody in this file"),
            (b"a@x.example\n" * 5001, "There are 5,001 lines, and 5,000 fit at a time"),
        ],
    )
    def test_a_file_that_is_no_list_is_refused_with_the_reason(
        self, alice, home, database, alices_campaign, content, told
    ):
        answer = alice.send(f"{home}/new", file=(BytesIO(content), "x.csv"), people="", usual="en")
        assert answer.status_code == 422
        assert told in answer.page.main.text
        assert not people(database, alices_campaign)

    def test_a_hostile_line_is_reported_and_shown_as_text(self, alice, home):
        lines = [
            "<script>alert(1)</script>",
            "=HYPERLINK(1),a@x.example",
            "x" * 3000,
            "a\u202eb,b@x.example",
            "\x07,,r",
        ]
        answer = alice.send(f"{home}/new", people="\n".join(lines), usual="en")
        assert answer.status_code == 422
        assert "5 lines need another look" in answer.page.main.text
        assert typed(answer) == lines

    def test_nothing_that_was_typed_is_lost_when_there_are_two_lists(self, alice, home):
        answer = alice.send(f"{home}/new", people="ana@x.example", file=(BytesIO(b"b@x.example"), "x.csv"), usual="en")
        assert answer.status_code == 422
        assert typed(answer) == ["ana@x.example"]

    def test_one_person_is_invited_by_a_form(self, alice, home, database, alices_campaign):
        person = {"name": "Ana", "email": "ana@x.example", "reference": "", "language": "es"}
        assert alice.press(f"{home}/new", f"{home}/new/person", **person).status_code == 303
        assert people(database, alices_campaign) == [("Ana", "ana@x.example", "", "es")]
        again = alice.press(f"{home}/new", f"{home}/new/person", **person)
        assert again.status_code == 422
        assert "ana@x.example has been invited before." in again.page.main.text
        wrong = alice.press(f"{home}/new", f"{home}/new/person", **person | {"email": "ana"})
        assert wrong.status_code == 422
        assert wrong.page.one("input", name="email")["value"] == "ana"
        assert wrong.page.one("input", name="email")["aria-invalid"] == "true"

    def test_the_sample_can_be_sent_as_it_is(self, alice, home):
        for language in ("en", "es"):
            sample = alice.get(f"{home}/sample-{language}.csv")
            found = read(sample.get_data(as_text=True), ["es", "en"], "en")
            assert (len(found.rows), found.bad) == (2, ())


class TestLooking:
    def test_the_funnel_says_how_far_people_have_come(self, alice, home, invite, database, alices_campaign):
        begin(database, alices_campaign, invite()[0])
        figures = alice.get(home).page.one("dl").text
        assert figures == "Invited 3 Link opened 1 Quiz started 1 Quiz completed 0"

    def test_a_status_and_a_word_find_people(self, alice, home, invite, database, alices_campaign):
        ana, *_ = invite()
        begin(database, alices_campaign, ana)

        def found(query: str) -> list[str]:
            rows = alice.get(f"{home}?{query}").page.all("tbody")
            return [row.one("a").text for body in rows for row in body.all("tr")]

        assert found("") == ["Cleo", "Ben", "Ana"]
        assert found("status=started") == ["Ana"]
        assert found("status=invited&search=BEN@") == ["Ben"]
        assert found("search=A-3") == ["Cleo"]
        assert found("search=%25") == []
        assert found("status=nonsense&before=x&after=99999999999999999999") == ["Cleo", "Ben", "Ana"]

    def test_pages_lead_there_and_back(self, alice, home, invite):
        invite("\n".join(f"p{number:02}@x.example" for number in range(60)))
        seen, path = [], home
        while path:
            page = alice.get(path).page
            seen.append([row.one("a").text[:3] for row in page.one("tbody").all("tr")])
            path = next((link["href"] for link in page.all("a", rel="next")), None)
        assert [name for names in seen for name in names] == [f"p{number:02}" for number in reversed(range(60))]
        assert [len(names) for names in seen] == [25, 25, 10]
        back = next(link["href"] for link in page.all("a", rel="prev"))
        page = alice.get(back).page
        assert [row.one("a").text[:3] for row in page.one("tbody").all("tr")] == seen[1]
        first = alice.get(next(link["href"] for link in page.all("a", rel="prev"))).page
        assert not first.all("a", rel="prev")

    def test_the_file_of_links_holds_no_formula(self, alice, home, invite, database, alices_campaign):
        ana, ben, _ = invite("Ana,ana@x.example,+34 600\nBen,ben@x.example,A-2\nCleo,cleo@x.example,-7")
        book.revoke(database, ben, START)
        answer = alice.get(f"{home}.csv")
        rows = list(csv.reader(StringIO(answer.get_data(as_text=True).removeprefix("\ufeff"))))
        assert rows[0][:6] == ["Name", "E-mail", "Reference", "Language", "Status", "Link"]
        assert rows[1][5].endswith(invitations.path(alices_campaign, ana))
        assert rows[2][4:6] == ["Link revoked", ""]
        assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)
        assert audit.page(database, alices_campaign.team_id)[0].action == "invitations-exported"

    def test_both_languages_are_spoken(self, sign_in, tidewell, home, invite):
        ana = invite()[0]
        alba = sign_in("Alba", tidewell, "owner", "es")
        for path in (home, f"{home}/new", f"{home}/{ana.id}", f"{home}?search=nobody"):
            assert alba.get(path).page.root.one("html")["lang"] == "es"
