"""Deleting: one confirmation, then everything is gone, from the pages, the tables and the file."""

import pytest
from cast import ITEMS, persona
from rows import on_disk

from quiz.services.tokens import token_hash
from quiz.store.tables import metadata

DELETE = {"en": "Delete everything", "es": "Borrarlo todo"}
STEPS = ["", ITEMS[0], "finish", "result", "result/answers", "result.json", "delete", "language"]


def rows(database):
    """How many rows each table has, where there are any. A campaign is nobody's."""
    count = database.reader().cursor
    found = {table: count.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in metadata.tables}
    return {table: number for table, number in found.items() if number and table != "campaigns"}


def test_the_confirmation_deletes_nothing_and_leads_back(taker, database):
    taker.start().play(persona("clear-hunter"))
    before = rows(database)
    taker.at("delete")
    assert taker.page.main["data-step"] == "delete"
    assert rows(database) == before
    assert taker.get(taker.page.main.one("a")["href"]).request.path == f"{taker.place}/result"


def test_one_press_deletes_everything_from_every_table(taker, database):
    taker.start().play(persona("clear-hunter"))
    assert rows(database) == {"attempts": 1, "answers": len(ITEMS)}
    taker.at("delete")
    taker.press(DELETE[taker.language])
    assert taker.page.main["data-step"] == "deleted"
    assert taker.page.lang == taker.language
    assert rows(database) == {"tombstones": 1}


@pytest.mark.parametrize("step", STEPS)
def test_afterwards_every_address_of_the_attempt_says_that_it_was_deleted(taker, step):
    taker.start().choose(3)
    taker.client.post(f"{taker.place}/delete")
    response = taker.get(f"{taker.place}/{step}".rstrip("/"))
    assert response.status_code == 410
    assert taker.page.lang == taker.language


@pytest.mark.parametrize("step", [ITEMS[0], "finish", "language", "delete"])
def test_nothing_can_be_added_to_a_deleted_attempt(ben, database, step):
    ben.start().choose(3)
    ben.client.post(f"{ben.place}/delete")
    assert ben.client.post(f"{ben.place}/{step}", data={"choice": 3, "language": "es"}).status_code == 410
    assert rows(database) == {"tombstones": 1}


def test_deleting_one_attempt_leaves_the_others(ana, ben, database):
    ana.start().choose(1)
    ben.start().choose(5)
    ana.client.post(f"{ana.place}/delete")
    assert rows(database) == {"attempts": 1, "answers": 1, "tombstones": 1}
    assert ben.at(ITEMS[0]).page.one("button", aria_current="true")["value"] == "5"


def test_the_token_is_on_disk_only_as_its_hash(ben, database):
    ben.start().play(persona("clear-hunter"))
    written = on_disk(database)
    assert token_hash(ben.token) in written
    assert ben.token.encode() not in written


def test_a_deleted_attempt_leaves_no_bytes_on_disk(ben, database):
    ben.start().play(persona("clear-hunter"))
    assert b'"contributions"' in on_disk(database)
    ben.client.post(f"{ben.place}/delete")
    written = on_disk(database)
    for trace in (b'"contributions"', b"clear", *(item.encode() for item in ITEMS)):
        assert trace not in written


def test_the_deleted_page_shows_no_next_visitor_the_link_that_was_deleted(ana, ben):
    ana.start()
    ana.client.post(f"{ana.place}/language", data={"language": "en"})
    ana.client.post(f"{ana.place}/delete")
    ben.start()
    assert ana.token not in ben.client.post(f"{ben.place}/delete").get_data(as_text=True)


def test_there_is_no_undelete_and_no_second_delete(ben):
    ben.start()
    assert ben.client.post(f"{ben.place}/delete").status_code == 200
    assert ben.client.post(f"{ben.place}/delete").status_code == 410
