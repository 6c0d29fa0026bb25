"""A database of every released revision, with people in it: brought to today and back, and read by today's code."""

import json

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from cast import persona
from released import TOKENS, fill
from rows import run
from sqlalchemy import inspect

from quiz.services import campaigns, storage
from quiz.services.tokens import token_hash
from quiz.settings import PROJECT, Settings

_CONFIG = Config()
_CONFIG.set_main_option("script_location", str(PROJECT / "quiz" / "store" / "migrations"))
_CONFIG.set_main_option("path_separator", "os")
REVISIONS = sorted(script.revision for script in ScriptDirectory.from_config(_CONFIG).walk_revisions())


@pytest.fixture(params=REVISIONS)
def revision(request):
    return request.param


@pytest.fixture
def result(ben, database):
    """A stored result."""
    ben.start().play(persona("clear-hunter"))
    return json.loads(run(database, "SELECT result FROM attempts").fetchone()[0])


@pytest.fixture
def kept(bare_database, revision, result):
    """A database of that revision."""
    storage.migrate(bare_database, revision)
    hashes = {who: token_hash(token) for who, token in TOKENS.items()}
    fill(bare_database, revision, hashes, {"finished": result, "asked": result})
    return bare_database


@pytest.fixture
def today(kept, make_app, settings):
    """Today's application on what was kept."""
    storage.migrate(kept)
    url = kept.url.render_as_string(hide_password=False)
    return make_app(Settings(database_url=url, static_folder=settings.static_folder))


def everything(database):
    """All rows of all tables, each with its columns' names."""
    found = {}
    for table in sorted(set(inspect(database.engine).get_table_names()) - {"alembic_version"}):
        columns = sorted(each["name"] for each in inspect(database.engine).get_columns(table))
        found[table] = columns, sorted(map(repr, run(database, f"SELECT {', '.join(columns)} FROM {table}").fetchall()))
    return found


def test_every_table_of_that_revision_has_something_to_lose(kept):
    empty = {table for table, (_, rows) in everything(kept).items() if not rows}
    assert empty <= {"secrets", "passkeys", "team_invitations", "campaign_told"}


def test_to_today_and_back_is_as_it_was(kept, revision):
    before = everything(kept)
    for _ in range(2):
        storage.migrate(kept)
        storage.downgrade(kept, revision)
        assert everything(kept) == before


def test_whoever_was_in_the_middle_goes_on_and_whoever_had_finished_has_their_result(today, result):
    client = today.test_client()
    place = client.get(f"/a/{TOKENS['alone']}", follow_redirects=False).location
    assert client.post(place, data={"choice": 3}).status_code == 303
    assert client.get(f"/a/{TOKENS['finished']}/result").status_code == 200
    shown = client.get(f"/a/{TOKENS['finished']}/result.json").get_json()
    assert shown["outcome"]["kind"] == result["outcome"]["kind"]
    assert client.get(f"/a/{TOKENS['deleted']}").status_code == 410


def test_whoever_was_asked_by_a_campaign_is_in_its_table(today, revision, kept, result):
    campaign = campaigns.find(kept, "abc") if revision >= "0002" else None
    found = run(kept, "SELECT campaign_id, reference, sought, outcome, role FROM attempts WHERE id = 3").fetchone()
    if campaign is None:
        assert found == (None, None, "", None, None)
        return
    outcome = result["outcome"]
    assert (campaign.asked_by, campaign.pack_version) == ("Ana", "1.0.0+1.0.0")
    assert found == (campaign.id, "Muñoz 7", "munoz 7", outcome["kind"], outcome["role"])
    assert run(kept, "SELECT count(*) FROM fits").fetchone() == (len(result["fits"]),)


def test_whoever_comes_next_gets_numbers_of_their_own(today, kept):
    """An id that the rows before had is never given again, neither to an attempt nor to an answer."""
    answer = today.test_client().post("/start", data={"language": "en"}, follow_redirects=False)
    assert answer.status_code == 303
    assert run(kept, "SELECT max(id) FROM attempts").fetchone() == (4,)
