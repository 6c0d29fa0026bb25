"""Results that were made with an earlier version of the pack: still shown, still adding up."""

import json
from decimal import Decimal

import pytest
from cast import persona
from sqlalchemy import text
from test_result_page import number


def _made_before(database, rename: str) -> None:
    """Make the stored result one of an earlier version, in which an item had another name."""
    with database.engine.begin() as connection:
        (stored,) = connection.execute(text("SELECT result FROM attempts")).one()
        old = json.loads(stored.replace(f'"{rename}"', '"an-item-of-old"'))
        old["pack"]["version"] = "0.9.0"
        connection.execute(text("UPDATE attempts SET result = :old"), {"old": json.dumps(old)})


@pytest.fixture
def old_ben(ben, database):
    ben.start().play(persona("clear-hunter"))
    strongest = json.loads(ben.client.get(f"{ben.place}/result.json").data)["strongest"][0]
    _made_before(database, strongest)
    return ben


def test_an_old_result_keeps_its_outcome_and_its_page(old_ben):
    main = old_ben.at("result").page.one("main")
    assert main["data-outcome"] == "clear"
    assert main["data-role"] == "account-executive"


def test_old_contributions_still_add_up(old_ben):
    page = old_ben.at("result/answers").page
    rows = [[number(cell.text) for cell in row.all("td")[1:]] for row in page.one("tbody").all("tr")]
    (first, second), (difference,) = (
        [number(cell.text) for cell in row.all("td")] for row in page.one("tfoot").all("tr")
    )
    assert (sum(row[0] for row in rows), sum(row[1] for row in rows)) == (first, second)
    assert first - second == difference > Decimal(1)
    assert "Questions of an earlier version" in page.one("tbody").text


def test_ones_own_data_is_given_as_it_was_kept(old_ben):
    document = json.loads(old_ben.client.get(f"{old_ben.place}/result.json").data)
    assert document["pack"]["version"] == "0.9.0"
    assert "an-item-of-old" in document["contributions"]


def test_a_result_from_before_pairs_were_kept_says_them_and_who_leads(ben, database):
    ben.start().play(persona("leaning-hunter"))
    new = json.loads(ben.client.get(f"{ben.place}/result.json").data)
    with database.engine.begin() as connection:
        old = json.loads(connection.execute(text("SELECT result FROM attempts")).scalar_one())
        del old["pairs"], old["outcome"]["leader"]
        connection.execute(text("UPDATE attempts SET result = :old"), {"old": json.dumps(old)})
    now = json.loads(ben.client.get(f"{ben.place}/result.json").data)
    assert now["outcome"] == new["outcome"]
    assert now["pairs"] == new["pairs"]
    assert ben.at("result").page.main["data-outcome"] == "leaning"
