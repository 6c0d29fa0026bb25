"""Exports are for those whom they concern, no spreadsheet takes a text of them for a formula, and they stream."""

from datetime import UTC, datetime

import pytest
from cast import content
from exports_cast import CLEAR, FORMS, path, rows_of

from quiz.services import audit, exports
from quiz.services.exports import safe
from quiz.services.filters import Filter
from quiz.web.watch import BrokenOff

EVIL = [
    *("=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", "\r=1+1", "\n=1+1", " =1+1", "|cmd", "%0A=1+1"),
    *("\N{FULLWIDTH EQUALS SIGN}1+1", "\N{FULLWIDTH PLUS SIGN}1", "\N{FULLWIDTH HYPHEN-MINUS}1"),
    *("\N{FULLWIDTH COMMERCIAL AT}A1", "Ana;=1+1", "Ana\t@A1", 'x";=1+1', '=HYPERLINK("https://evil.example")'),
    *("\tAna", "\rAna", "\nAna"),
]


def begins_a_formula(cell):
    return cell.strip()[:1] in tuple("=+-@|%＝＋－＠") or cell[:1] in tuple("\t\r\n")


@pytest.mark.parametrize("evil", EVIL)
def test_no_text_of_a_csv_begins_a_formula_in_any_spreadsheet(alice, alices_campaign, enter, evil):
    enter(reference=evil, name=evil, email=evil)
    answer = alice.get(path(alices_campaign, "csv"))
    for cell in rows_of(answer)[1][1:4]:
        assert evil.strip().lstrip("'")[-3:] in cell.replace("\\|", "|")
        for separator in ";\t":
            assert not any(begins_a_formula(part) for part in cell.split(separator)), cell
    # Spanish spreadsheets split at semicolons before they look at quotes in the middle of a cell.
    for line in answer.data.decode("utf-8-sig").splitlines()[1:]:
        assert not any(begins_a_formula(part) for part in line.split(";")[1:]), line


@pytest.mark.parametrize("evil", EVIL)
def test_a_workbook_keeps_every_text_as_a_text(alice, alices_campaign, enter, evil):
    enter(reference=evil, name="https://evil.example/", email="mailto:ana@example.org")
    row = rows_of(alice.get(path(alices_campaign, "xlsx")), "xlsx")[1]  # refuses formulas and links
    assert row[1].replace("_x000D_", "\r").strip() == evil.strip()
    assert row[2] == "https://evil.example/"


def test_ordinary_texts_stay_as_they_are():
    for text in ("Ana-María", "A-17", "ana+jobs@example.org", "50 % more", "a = b; c", "", "Ana\nBen"):
        assert safe.harmless(text) == text


@pytest.mark.parametrize("form", FORMS)
def test_an_outsider_cannot_export_another_companys_campaign(charlie, northgate, database, alices_campaign, form):
    assert charlie.get(path(alices_campaign, form)).status_code == 404
    assert charlie.get(path(alices_campaign)).status_code == 404
    assert not [entry for entry in audit.page(database, northgate) if entry.action == "exported"]


@pytest.mark.parametrize("form", FORMS)
def test_a_stranger_is_sent_to_sign_in(stranger, alices_campaign, form):
    assert stranger.get(path(alices_campaign, form)).status_code == 302


@pytest.mark.parametrize("form", FORMS)
def test_bob_may_export_and_it_is_noted_without_what_was_in_it(bob, tidewell, database, alices_campaign, enter, form):
    enter(reference="A-17", name="Ana")
    answer = bob.get(path(alices_campaign, f"{form}?answers=1"))
    assert answer.data
    (entry,) = [entry for entry in audit.page(database, tidewell) if entry.action == "exported"]
    assert entry.actor.startswith("bob@")
    assert (entry.campaign, entry.subject) == (alices_campaign.public_id, f"{form} 1 answers")


def test_the_files_name_is_safe_whatever_the_campaign_is_called(alice, make_campaign):
    today = datetime.now(UTC).date()
    for name, expected in (
        ("Feria de Málaga", f"feria-de-malaga-{today}.csv"),
        ('x"; filename=evil.exe', f"x-filename-evil-exe-{today}.csv"),
        ("../../etc/passwd", f"etc-passwd-{today}.csv"),
    ):
        answer = alice.get(path(make_campaign(name=name), "csv"))
        assert answer.headers["Content-Disposition"] == f'attachment; filename="{expected}"'
        assert answer.headers["Cache-Control"] == "no-store"
        answer.close()
    greek = make_campaign(name="Ναύτης")
    assert f'"{greek.public_id}-{today}.csv"' in alice.get(path(greek, "csv")).headers["Content-Disposition"]


@pytest.mark.parametrize("form", FORMS)
def test_a_second_export_waits_until_the_first_is_read_or_thrown_away(
    alice, bob, tidewell, database, alices_campaign, enter, form
):
    enter(person=CLEAR)
    first = alice.get(path(alices_campaign, form))
    refused = bob.get(path(alices_campaign, "csv"))
    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "60")
    assert refused.page.heading == "Another export is running"
    assert alice.get("/hr/audit.csv").data, "a short list waits for nobody"
    assert bob.get("/").status_code == 200
    noted = [entry.actor for entry in audit.page(database, tidewell) if entry.action == "exported"]
    assert noted == ["alice@1.example"], "what was refused is noted as done"
    first.close()  # of which not a byte was read
    second = bob.get(path(alices_campaign, form))
    assert second.data
    assert alice.head(path(alices_campaign, form)).status_code == 200
    assert bob.get(path(alices_campaign, form)).data == second.data or form == "xlsx"


def test_an_export_that_breaks_gives_its_turn_back(alice, alices_campaign, enter, monkeypatch):
    enter(person=CLEAR)
    with monkeypatch.context() as broken:
        broken.setattr("quiz.services.exports.persons.results.load", lambda _: 1 / 0)
        with pytest.raises(BrokenOff):
            _ = alice.get(path(alices_campaign, "jsonl")).data
        broken.setattr("quiz.web.hr.exports.exports.count", lambda *_: 1 / 0)
        assert alice.get(path(alices_campaign, "jsonl")).status_code == 500
    assert alice.get(path(alices_campaign, "jsonl")).data


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_the_first_bytes_are_sent_before_the_last_person_is_read(database, alices_campaign, enter, form):
    enter(person=CLEAR)
    (person,) = exports.people(database, alices_campaign, Filter(), with_answers=True)
    read = []
    many = (read.append(number) or person for number in range(2000))
    columns = exports.columns_of(content().pack, with_answers=True)
    if form == "csv":
        sent = exports.csv(["heading"], (exports.row(each, columns, {}) for each in many))
    else:
        sent = exports.jsonl(many, with_answers=True)
    assert len(next(sent)) < 2 * exports.CHUNK
    assert 10 < len(read) < 1000
    sent.close()


def test_a_workbook_that_nobody_waits_for_leaves_nothing_behind(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    sent = exports.xlsx("x", [exports.Sheet("People", ["heading"], ([number] for number in range(50_000)))])
    assert next(sent).startswith(b"PK")
    sent.close()
    assert list(tmp_path.iterdir()) == []
