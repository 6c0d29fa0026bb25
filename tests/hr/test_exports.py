"""Exports: what stands in them, in which language, and for which filter."""

import json

import pytest
from cast import ITEMS, START, content
from exports_cast import CLEAR, FORMS, cells_of, path, rows_of
from rows import run

from quiz.core.outcome import Kind
from quiz.core.quality import Flag
from quiz.services import exports
from quiz.services.exports import PLAIN
from quiz.services.filters import Filter
from quiz.settings import PROJECT
from quiz.store import exports as kept


def test_a_person_has_a_row_with_the_figures_of_their_result(alice, alices_campaign, enter, app, database):
    number = enter(person=CLEAR, reference="A-17")
    headings, row = rows_of(alice.get(path(alices_campaign, "csv")))
    shown = dict(zip(headings, row, strict=True))
    assert shown["Id"] == str(number)
    assert shown["Reference"] == "A-17"
    assert shown["Name"] == shown["E-mail"] == ""
    assert shown["Status"] == "Finished"
    assert shown["Started at"] == "2027-01-15T08:00:00Z"
    assert shown["Finished at"] == "2027-01-15T08:03:12Z"
    assert shown["Outcome"] == "Clear"
    assert shown["Role"] == content().texts["en"].roles[CLEAR.role].name
    assert float(shown["Probability"]) >= 0.95
    assert 0.7 < float(shown["Reliability"]) < 0.95
    assert shown["Answered"] == str(len(ITEMS))
    assert (shown["Quiz"], shown["Version"]) == ("ae-am", content().pack.full_version)
    found = json.loads(run(database, "SELECT result FROM attempts WHERE id = :id", id=number).fetchone()[0])
    for name, figures in (("Account Executive", found["fits"]), ("Negotiation", found["traits"])):
        key = {"Account Executive": "account-executive", "Negotiation": "negotiation"}[name]
        cells = [float(shown[heading]) for heading in headings if heading.lower().startswith(name.lower())]
        best = [round(found["best"][key], 4)] if figures is found["fits"] else []
        assert cells == [round(figures[key][what], 2) for what in ("points", "low", "high")] + best


@pytest.mark.parametrize("form", FORMS)
def test_whoever_has_not_finished_has_no_figures_and_never_a_zero(alice, alices_campaign, enter, form):
    enter(reference="B-1")
    answer = alice.get(path(alices_campaign, form))
    row = rows_of(answer, form)[-1]
    if form == "jsonl":
        assert row["finished_at"] is row["outcome"] is row["probability"] is None
        assert (row["fits"], row["scores"], row["flags"], row["answered"]) == ({}, {}, [], 0)
    elif form == "csv":
        assert row[7:14] == [""] * 7
        assert set(row[len(PLAIN) :]) == {""}
    else:
        # Id, reference, language, status, start, answered, quiz and version; all the rest is empty.
        assert {place for place in cells_of(answer) if place.endswith("2")} == {f"{column}2" for column in "ABEFGOPQ"}


def test_answers_and_their_times_come_only_when_asked_for(alice, alices_campaign, enter):
    enter(person=CLEAR)
    headings, row = rows_of(alice.get(path(alices_campaign, "csv?answers=1")))
    shown = dict(zip(headings, row, strict=True))
    for number, item in enumerate(ITEMS, 1):
        assert shown[f"Question {number} ({item})"] == str(CLEAR.answers[item])
        assert shown[f"Question {number} ({item}), seconds"] == "6.0"
    without = rows_of(alice.get(path(alices_campaign, "csv")))[0]
    assert headings[: len(without)] == without
    assert not any("Question" in heading for heading in without)


def test_json_lines_speak_in_codes_whatever_the_language(alice, alices_campaign, enter):
    enter(person=CLEAR, reference="=1+1")
    spanish, english = (
        rows_of(alice.get(path(alices_campaign, f"jsonl?answers=1&lang={language}")), "jsonl")
        for language in ("es", "en")
    )
    assert spanish == english
    (person,) = english
    assert set(person) == {*PLAIN, "fits", "scores", "answers"}
    assert (person["status"], person["outcome"], person["role"]) == ("finished", "clear", CLEAR.role)
    assert person["reference"] == "=1+1"
    assert person["answers"] == {item: {"choice": choice, "seconds": 6.0} for item, choice in CLEAR.answers.items()}
    assert "answers" not in rows_of(alice.get(path(alices_campaign, "jsonl")), "jsonl")[0]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_headings_and_words_are_in_the_language_asked_for_or_else_the_members(
    alice, sign_in, tidewell, alices_campaign, enter, form
):
    enter(person=CLEAR)
    elena = sign_in("Elena", tidewell, "viewer", "es")
    english = rows_of(alice.get(path(alices_campaign, form)), form)
    spanish = rows_of(elena.get(path(alices_campaign, form)), form)
    assert english[0][:3] == ["Id", "Reference", "Name"]
    assert spanish[0][:3] == ["Id", "Referencia", "Nombre"]
    assert "Finished" in english[1]
    assert "Terminado" in spanish[1]
    assert rows_of(alice.get(path(alices_campaign, f"{form}?lang=es")), form) == spanish
    assert rows_of(elena.get(path(alices_campaign, f"{form}?lang=en")), form) == english


def test_a_csv_begins_with_a_mark_so_that_accents_are_read(alice, alices_campaign, enter):
    enter(name="Íñigo Núñez", email="inigo@example.org")
    answer = alice.get(path(alices_campaign, "csv"))
    assert answer.data.startswith(b"\xef\xbb\xbf")
    assert answer.content_type == "text/csv; charset=utf-8"
    assert rows_of(answer)[1][2:4] == ["Íñigo Núñez", "inigo@example.org"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"one", "two", "three"}),
        ("status=finished", {"one"}),
        ("status=unfinished", {"two", "three"}),
        (f"outcome=clear&role={CLEAR.role}", {"one"}),
        ("outcome=neither", set()),
        ("quality=good", {"one"}),
        ("language=es", {"three"}),
        ("search=TW", {"two"}),
        ("search=%25", set()),
        ("since=2027-01-16", {"three"}),
        ("until=2027-01-15", {"one", "two"}),
        (
            "status=nonsense&outcome=1&role=x&quality=x&language=xx&since=tomorrow&until=2027-99-99",
            {"one", "two", "three"},
        ),
        ("status=%ff&role=%fe", {"one", "two", "three"}),
    ],
)
@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_the_filter_of_the_results_is_respected(alice, alices_campaign, enter, form, query, found):
    enter(person=CLEAR, reference="one")
    enter(reference="two")
    enter(reference="three", language="es", now_ms=START + 24 * 3600 * 1000)
    rows = rows_of(alice.get(f"{path(alices_campaign, form)}?{query}"), form)
    shown = {row[1] for row in rows[1:]} if form == "csv" else {row["reference"] for row in rows}
    assert shown == found


def test_everybody_comes_once_and_in_order_however_the_batches_fall(database, alices_campaign, enter, monkeypatch):
    moments = [START + number // 3 for number in range(14)]
    ids = [enter(now_ms=moment) for moment in moments]
    monkeypatch.setattr(kept, "BATCH", 3)
    kept._people.cache_clear()
    try:
        found = [person.id for person in exports.people(database, alices_campaign, Filter(), with_answers=True)]
    finally:
        kept._people.cache_clear()
    assert found == ids


def test_whoever_deletes_their_answers_meanwhile_harms_nobody(database, alices_campaign, enter, monkeypatch):
    ids = [enter(now_ms=START + number) for number in range(6)]
    monkeypatch.setattr(kept, "BATCH", 2)
    kept._people.cache_clear()
    try:
        found = exports.people(database, alices_campaign, Filter(), with_answers=False)
        first = next(found).id
        with database.writing() as store:  # the same thread's connection is free for others between two batches
            run(store, "DELETE FROM attempts WHERE id IN (:one, :other)", one=ids[1], other=ids[4])
        assert [first, *(person.id for person in found)] == [ids[0], ids[1], ids[2], ids[3], ids[5]]
    finally:
        kept._people.cache_clear()


def test_another_campaigns_people_are_not_in_it(alice, alices_campaign, make_campaign, enter):
    enter(make_campaign(), reference="elsewhere")
    enter(reference="here")
    assert [row[1] for row in rows_of(alice.get(path(alices_campaign, "csv")))] == ["Reference", "here"]


@pytest.mark.parametrize("form", ["pdf", "CSV", "csv/", "html"])
def test_there_are_no_other_forms(alice, alices_campaign, form):
    assert alice.get(path(alices_campaign, form)).status_code == 404


@pytest.mark.parametrize("form", FORMS)
def test_a_campaign_without_people_makes_a_file_without_rows(alice, alices_campaign, form):
    rows = rows_of(alice.get(path(alices_campaign, form)), form)
    assert len(rows) == (0 if form == "jsonl" else 1)


class TestTheChoice:
    def test_it_offers_three_forms_and_says_what_each_column_is(self, bob, alices_campaign, enter):
        enter()
        page = bob.get(path(alices_campaign)).page
        assert "1 person: everybody who has started." in page.main.text
        offered = [button.get("formaction") for button in page.main.all("button")]
        form = page.main.one("form")
        assert [form["action"], *offered[1:]] == [path(alices_campaign, each) for each in ("xlsx", "csv", "jsonl")]
        assert form["method"] == "get"
        for column in PLAIN:
            assert column in [code.text for code in page.main.all("code")]

    def test_it_says_the_filter_in_words_and_hands_it_on(self, alice, alices_campaign, enter):
        enter(reference="one")
        enter(reference="two", language="es")
        page = alice.get(path(alices_campaign) + "?language=es&search=tw&since=2027-01-02&nonsense=1").page
        assert "1 of 2 people" in page.main.text
        assert [item.text for item in page.main.one("ul").all("li")] == [
            "Language: Español",
            "Containing “tw”",
            "Started on Jan 2, 2027 or later",
        ]
        hidden = {each["name"]: each["value"] for each in page.main.all("input", type="hidden")}
        assert hidden == {"language": "es", "search": "tw", "since": "2027-01-02"}

    def test_with_nobody_it_leads_to_sharing(self, alice, alices_campaign):
        page = alice.get(path(alices_campaign)).page
        assert "There is nothing to export yet" in page.main.text
        assert f"/hr/campaigns/{alices_campaign.public_id}/share" in page.links


def test_every_column_and_every_code_is_documented():
    told = (PROJECT / "docs" / "exports.md").read_text()
    for name in (*PLAIN, *Kind, *Flag):
        assert f"`{name}`" in told


def test_every_kind_of_outcome_and_every_flag_has_words(console):
    from quiz.web.hr import columns, filters

    with console.test_request_context():
        assert set(filters.outcome_names()) == set(Kind)
        assert set(columns.flag_names()) == set(Flag)
        assert [column.key for column in columns.plain()] == list(PLAIN)
