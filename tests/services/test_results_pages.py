"""The table of results, below the pages: filters, orders, and pages that never skip or repeat anybody."""

import random
from datetime import date
from itertools import chain
from types import SimpleNamespace

import pytest
from cast import ALICES, START, content
from hypothesis import given
from hypothesis import strategies as st
from rows import run

from quiz.services import campaigns, results_table, take
from quiz.services.filters import Filter
from quiz.services.results_table import SIZE, Cursor, Sort, read_cursor, write_cursor
from quiz.store import standings
from quiz.store.standings import Standing

PACK = content().pack
HUNTER, FARMER = PACK.role_ids
DAY = 86_400_000
ORDERS = [
    *(Sort(by, descending) for by in ("started", "finished", "name") for descending in (True, False)),
    Sort("fit", role=HUNTER),
]


@pytest.fixture
def campaign(database):
    return campaigns.create(database, PACK, ALICES, START)


@pytest.fixture
def add(database, campaign):
    """Adds people, with the standing that a result would leave and without its making."""

    def add(
        name=None,
        outcome="clear",
        role=HUNTER,
        flags=0,
        points=55.0,
        started=START,
        finished=True,
        language="en",
        **more,
    ):
        to = more.pop("campaign", campaign)
        token = take.start(database, PACK, language, started, campaign_id=to.id, name=name, **more)
        attempt = take.find(database, token)
        if finished:
            fits = ((HUNTER, points, points - 8, points + 8), (FARMER, 100 - points, 92 - points, 108 - points))
            with database.writing() as writing:
                ended = "UPDATE attempts SET finished_ms = :ended WHERE id = :id"
                run(writing, ended, ended=started + 300_000, id=attempt.id)
                standings.keep(writing, attempt.id, to.id, Standing(outcome, role, flags, fits))
                if flags:
                    noticed = "UPDATE attempts SET result = :result WHERE id = :id"
                    run(writing, noticed, result='{"flags": ["hurried"]}', id=attempt.id)
        return SimpleNamespace(id=attempt.id, token=token)

    return add


@pytest.fixture
def ids(database, campaign):
    def ids(wanted=None, sort=None, **where):
        return [
            entry.row.id
            for entry in results_table.page(database, campaign, wanted or Filter(), sort or Sort(), **where).entries
        ]

    return ids


def walk(database, campaign, sort, then=lambda page: None, wanted=None):
    """The ids of every page, from the first on; `then` happens between two pages."""
    found, page = [], results_table.page(database, campaign, wanted or Filter(), sort)
    while True:
        found.append([entry.row.id for entry in page.entries])
        if not page.next:
            return found, page
        then(page)
        page = results_table.page(database, campaign, wanted or Filter(), sort, after=page.next)


def crowd(add, count):
    """People who share names, times and fits, so that only the number tells them apart."""
    chance = random.Random(3)
    return [
        add(
            chance.choice(("Ana", "Ben", "Íñigo")),
            points=chance.choice((40.0, 50.5, 61.25)),
            started=START + chance.randrange(4) * 1000,
        ).id
        for _ in range(count)
    ]


class TestPages:
    @pytest.mark.parametrize("sort", ORDERS, ids=str)
    def test_pages_show_everybody_once_there_and_back(self, database, campaign, add, sort):
        everybody = crowd(add, 2 * SIZE + 7)
        pages, last = walk(database, campaign, sort)
        assert sorted(chain(*pages)) == everybody
        assert [len(page) for page in pages] == [SIZE, SIZE, 7]
        back = results_table.page(database, campaign, Filter(), sort, before=last.previous)
        assert [entry.row.id for entry in back.entries] == pages[1]
        first = results_table.page(database, campaign, Filter(), sort, before=back.previous)
        assert [entry.row.id for entry in first.entries] == pages[0]
        assert not first.previous
        assert first.next

    @pytest.mark.parametrize("sort", ORDERS, ids=str)
    def test_who_arrives_or_goes_in_between_moves_nobody_else(self, database, campaign, add, sort):
        everybody = crowd(add, 2 * SIZE + 7)
        gone = []

        def meanwhile(page):
            crowd(add, 5)
            last = page.entries[-1].row.id  # the very row that the next page begins after
            with database.writing() as writing:
                run(writing, "DELETE FROM attempts WHERE id = :id", id=last)
            gone.append(last)

        pages, _ = walk(database, campaign, sort, meanwhile)
        seen = list(chain(*pages))
        assert len(seen) == len(set(seen))
        assert set(everybody) <= set(seen)
        assert gone

    def test_the_first_page_is_full_when_reached_from_behind(self, database, campaign, add):
        crowd(add, SIZE + 3)
        second = walk(database, campaign, Sort())[1]
        crowd(add, 4)
        assert len(results_table.page(database, campaign, Filter(), Sort(), before=second.previous).entries) == SIZE

    def test_one_page_has_no_others(self, database, campaign, add):
        crowd(add, SIZE)
        page = results_table.page(database, campaign, Filter(), Sort())
        assert (page.previous, page.next, page.matches, page.more) == ("", "", SIZE, False)

    def test_many_are_counted_as_far_as_is_quick(self, database, campaign, add, monkeypatch):
        monkeypatch.setattr(results_table, "COUNTED", 10)
        crowd(add, 11)
        page = results_table.page(database, campaign, Filter(), Sort())
        assert (page.matches, page.more) == (10, True)

    @pytest.mark.parametrize(
        "text", ["", "x", "1", "1~", "~", "-1~5", "1~nan", "1~inf", "99999999999999999999~1", "٣~1"]
    )
    @pytest.mark.parametrize("sort", [Sort(), Sort("fit", role=HUNTER)], ids=str)
    def test_a_cursor_that_no_page_gave_begins_anew(self, ids, add, sort, text):
        someone = add().id
        assert read_cursor(sort, text) is None
        assert ids(sort=sort, after=text, before=text) == [someone]

    @given(st.integers(1, 2**63 - 1), st.floats(0, 100))
    def test_a_cursor_is_read_as_it_was_written(self, number, points):
        sort = Sort("fit", role=HUNTER)
        assert read_cursor(sort, write_cursor(Cursor(points, number))) == Cursor(points, number)


class TestFilters:
    def test_each_condition_leaves_those_it_means(self, ids, add):
        ana = add("Ana", "leaning", FARMER).id
        ben = add("Ben", "none", None, flags=2, language="es").id
        eva = add("Eva", finished=False, started=START + 3 * DAY).id
        day = date(2027, 1, 18)
        for wanted, expected in (
            (Filter(), [eva, ben, ana]),
            (Filter(status="finished"), [ben, ana]),
            (Filter(status="unfinished"), [eva]),
            (Filter(outcome="leaning"), [ana]),
            (Filter(role=FARMER), [ana]),
            (Filter(quality="poor"), [ben]),
            (Filter(quality="good"), [ana]),
            (Filter(language="es"), [ben]),
            (Filter(since=day), [eva]),
            (Filter(until=date(2027, 1, 17)), [ben, ana]),
            (Filter(until=date(2027, 1, 14)), []),
            (Filter(dates="finished", since=date(2027, 1, 15)), [ben, ana]),
            (Filter(dates="finished", until=date(2027, 1, 14)), []),
            (Filter(outcome="leaning", language="es"), []),
        ):
            assert ids(wanted) == expected, wanted

    @pytest.mark.parametrize("sort", ORDERS, ids=str)
    def test_every_order_keeps_to_the_filter(self, ids, add, sort):
        ana = add("Ana", "leaning", FARMER).id
        add("Ben", "both", None)
        assert ids(Filter(outcome="leaning"), sort) == [ana]
        assert ids(Filter(search="ana"), sort) == [ana]

    @pytest.mark.parametrize("search", ["muñoz", "MUNOZ", "gela mu", "@example", "ref-7", "Á"])
    def test_a_search_finds_parts_of_name_mail_and_reference_without_accents_or_capitals(self, ids, add, search):
        ana = add("Ángela Muñoz", email="boss@example.org", reference="Ref-7").id
        add("Ben", email="ben@else.org")
        assert ids(Filter(search=search)) == [ana]

    @pytest.mark.parametrize("search", ["%", "_", "\\", "%%%", "a%b", "' OR 1=1 --", "\U0001f600", "x" * 200])
    def test_what_is_special_to_the_database_is_nothing_special(self, ids, add, search):
        add("Ana")
        found = add(f"Ben {search}").id
        assert ids(Filter(search=search)) == [found]


class TestOrders:
    def test_names_stand_as_in_a_dictionary(self, ids, add):
        zoe, angel, ana = (add(name).id for name in ("zoe", "Ángel", "Ana"))
        assert ids(sort=Sort("name", descending=False)) == [ana, angel, zoe]

    def test_by_the_end_stand_only_those_who_have_finished(self, ids, add):
        first = add(started=START).id
        add(finished=False)
        second = add(started=START + 1000).id
        assert ids(sort=Sort("finished")) == [second, first]

    def test_by_fit_nobody_stands_without_a_reliable_result(self, database, campaign, ids, add):
        low, high = add(points=45.0).id, add(points=60.0).id
        add(points=70.0, outcome="none", role=None, flags=2)
        add(finished=False)
        assert ids(sort=Sort("fit", role=HUNTER)) == [high, low]
        assert ids(sort=Sort("fit", role=FARMER)) == [low, high]
        assert results_table.page(database, campaign, Filter(), Sort("fit", role=HUNTER)).matches == 2

    def test_no_fit_is_shown_of_a_result_that_is_withheld(self, database, campaign, add):
        add(outcome="none", role=None, flags=2)
        (entry,) = results_table.page(database, campaign, Filter(), Sort()).entries
        assert entry.fits == ()
        assert entry.flags == ("hurried",)


@pytest.mark.parametrize("sort", ORDERS, ids=str)
def test_another_campaigns_people_are_in_no_order(database, ids, add, sort):
    mine = add("Ana").id
    other = campaigns.create(database, PACK, ALICES, START)
    add("Ana", campaign=other)
    assert ids(sort=sort) == [mine]
    assert ids(Filter(search="ana"), sort) == [mine]
