"""Several packs side by side: each under its address, in its languages, in its words, and none in another's way."""

import os
from dataclasses import replace
from pathlib import Path

import pytest
from cast import Taker
from tiny_pack import FILES

from quiz.packs.loader import load

MAIN, FIVE = "ae-am", "client-facing"
PAGES = ("", "/roles", "/roles/account-manager", "/method")


@pytest.fixture
def packs(tmp_path) -> Path:
    folder = tmp_path / "packs"
    folder.mkdir()
    return folder


@pytest.fixture
def with_packs(make_app, settings, packs):
    """An application that runs the packs of that folder too."""
    return lambda **more: make_app(replace(settings, rolefit_packs=str(packs), **more))


def tiny(packs: Path, name: str = "tiny", **changes: str) -> Path:
    """A tiny pack in that folder, with other files where they are given."""
    folder = packs / name
    folder.mkdir()
    for file, text in {**FILES, **changes}.items():
        if text:
            (folder / file).write_text(text, encoding="utf-8")
    return folder


def spanish_only(packs: Path) -> Path:
    golden = "".join(line for line in FILES["golden.toml"].splitlines(True) if not line.startswith("en ="))
    pack = FILES["pack.toml"].replace('languages = ["es", "en"]', 'languages = ["es"]')
    return tiny(packs, **{"pack.toml": pack, "en.toml": "", "golden.toml": golden})


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", ["es", "en"])
def test_each_page_of_a_pack_stays_within_the_pack_and_in_its_language(client, page, language):
    shown = client.get(f"/packs/{FIVE}{page}?lang={language}").page
    assert shown.lang == language
    others = {f"/packs/{FIVE}?lang={language}", f"/?lang={language}"}
    within = [link for link in shown.links if link.startswith(("/packs/", "/roles", "/method")) and link not in others]
    assert within
    assert all(link.startswith(f"/packs/{FIVE}/") or link.startswith(f"/packs/{FIVE}?") for link in within)
    forms = [form["action"] for form in shown.main.all("form")]
    assert all(action.startswith(f"/packs/{FIVE}/start") for action in forms)


@pytest.mark.parametrize("page", PAGES)
def test_the_main_pack_keeps_the_short_addresses_and_the_long_ones_lead_there(client, page):
    response = client.get(f"/packs/{MAIN}{page}?lang=es")
    assert (response.status_code, response.location) == (307, f"{page or '/'}?lang=es")
    links = client.get(page or "/").page.links
    assert not [link for link in links if link.startswith(f"/packs/{MAIN}") and "manual" not in link]


@pytest.mark.parametrize("page", PAGES)
def test_the_way_to_a_short_address_stays_below_where_the_quiz_is_mounted(client, page):
    response = client.get(f"/packs/{MAIN}{page}?lang=es", environ_overrides={"SCRIPT_NAME": "/quiz"})
    assert (response.status_code, response.location) == (307, f"/quiz{page or '/'}?lang=es")


def test_a_press_on_the_long_address_of_the_main_pack_stays_a_press(client):
    started = client.post(f"/packs/{MAIN}/start", data={"language": "es"}, follow_redirects=True)
    assert started.page.main["data-step"] == "question"
    assert started.page.lang == "es"


@pytest.mark.parametrize("path", ["/packs/nowhere", "/packs/nowhere/roles", "/packs/nowhere/start", "/packs/AE-AM"])
def test_a_pack_that_is_not_there_is_told_kindly_with_a_way_on(client, path):
    response = client.get(f"{path}?lang=en")
    assert response.status_code == 404
    assert response.page.heading == "There is no such quiz here"
    assert response.page.main.one("a", class_="primary")["href"] == "/?lang=en"


def test_a_role_that_only_another_pack_has_is_not_found(client):
    assert client.get("/roles/sales-engineer").status_code == 404
    assert client.get(f"/packs/{FIVE}/roles/sales-engineer").status_code == 200


@pytest.mark.parametrize("language", ["es", "en"])
def test_the_landing_starts_the_main_pack_at_once_and_offers_the_others(client, language):
    page = client.get(f"/?lang={language}").page
    words, pack = load(FIVE).texts[language].pack, load(FIVE).pack
    assert [form["action"].partition("?")[0] for form in page.main.all("form")] == ["/start", "/start"]
    offered = page.one("section", aria_labelledby="others")
    assert offered.one("a")["href"] == f"/packs/{FIVE}?lang={language}"
    for told in (words.name, words.question, str(len(pack.items)), str(len(pack.roles)), str(load(FIVE).minutes)):
        assert told in offered.text


def test_where_one_pack_is_run_the_landing_offers_no_other(make_app, settings):
    client = make_app(replace(settings, packs=MAIN)).test_client()
    assert not client.get("/").page.all("section", aria_labelledby="others")
    assert client.get(f"/packs/{FIVE}").status_code == 404


def test_another_pack_can_be_the_main_one(make_app, settings):
    client = make_app(replace(settings, pack=FIVE)).test_client()
    assert client.get("/?lang=en").page.heading == load(FIVE).texts["en"].pack.name
    assert client.get(f"/packs/{FIVE}?lang=en").location == "/?lang=en"
    assert client.get(f"/packs/{MAIN}?lang=en").page.heading == load(MAIN).texts["en"].pack.name


@pytest.mark.parametrize("language", ["es", "en"])
def test_a_press_on_a_packs_landing_starts_that_pack(app, clock, language):
    taker = Taker(app.test_client(), clock, language)
    taker.get(f"/packs/{FIVE}")
    taker.press({"en": "Start", "es": "Empezar"}[language])
    first = load(FIVE).pack.item_ids[0]
    assert taker.seen.request.path.endswith(first)
    assert taker.page.lang == language
    assert str(len(load(FIVE).pack.items)) in taker.page.text


def test_opening_the_address_of_a_press_leads_back_to_the_packs_landing(client):
    response = client.get(f"/packs/{FIVE}/start?lang=es")
    assert (response.status_code, response.location) == (303, f"/packs/{FIVE}?lang=es")


def test_a_pack_in_one_language_is_shown_in_it_whatever_the_browser_reads(with_packs, packs):
    spanish_only(packs)
    client = with_packs().test_client()
    for path in ("/packs/tiny", "/packs/tiny?lang=en", "/packs/tiny/roles?lang=en"):
        page = client.get(path, headers={"Accept-Language": "en"}).page
        assert page.lang == "es"
        assert not page.all("a", hreflang="en")
    place = client.post("/packs/tiny/start", data={"language": "en"}).location
    assert client.get(place).page.lang == "es"
    refused = client.post(f"/a/{place.split('/')[2]}/language", data={"language": "en"})
    assert refused.status_code == 422


def test_a_pack_in_another_language_is_offered_in_its_own_words_and_says_so(with_packs, packs):
    spanish_only(packs)
    page = with_packs().test_client().get("/?lang=en").page
    offered = page.one("section", aria_labelledby="others").all("a")[-1]
    assert (offered.text, offered["lang"], offered["hreflang"]) == ("hola name", "es", "es")


def test_a_main_pack_in_one_language_leaves_the_other_pages_in_all(with_packs, packs):
    folder = spanish_only(packs)
    newest = (folder / "pack.toml").read_text().replace('id = "tiny"', f'id = "{MAIN}"')
    (folder / "pack.toml").write_text(newest.replace('version = "1.0.0"', 'version = "9.0.0"'))
    client = with_packs().test_client()
    read = {"Accept-Language": "en"}
    assert client.get("/", headers=read).page.heading == "hola name"
    assert client.get("/", headers=read).page.lang == "es"
    assert client.get("/privacy", headers=read).page.lang == "en"
    assert client.get("/nothing", headers=read).page.lang == "en"
    assert client.get(f"/packs/{FIVE}", headers=read).page.lang == "en"


def test_two_versions_of_a_pack_have_pages_of_their_own(make_app, settings, packs):
    """Who began with a version goes on with its words; new people get the newest."""
    tiny(packs)
    old = make_app(replace(settings, rolefit_packs=str(packs / "tiny"))).test_client()
    place = old.post("/packs/tiny/start", data={"language": "en"}).location
    newer = FILES["pack.toml"].replace('version = "1.0.0"', 'version = "1.1.0"')
    words = FILES["en.toml"].replace('text = "hello ask-first"', 'text = "hello again ask-first"')
    added = tiny(packs, "newer", **{"pack.toml": newer, "en.toml": words})
    client = make_app(replace(settings, rolefit_packs=f"{packs / 'tiny'}{os.pathsep}{added}")).test_client()
    for _ in range(2):
        assert client.get(place).page.heading == "hello ask-first"
        fresh = client.post("/packs/tiny/start", data={"language": "en"}).location
        assert client.get(fresh).page.heading == "hello again ask-first"


def test_an_attempt_goes_on_in_the_packs_language_where_a_newer_version_gave_up_its_own(make_app, settings, packs):
    old = make_app(replace(settings, rolefit_packs=str(tiny(packs)))).test_client()
    place = old.post("/packs/tiny/start", data={"language": "en"}).location
    (packs / "now").mkdir()
    client = make_app(replace(settings, rolefit_packs=str(spanish_only(packs / "now")))).test_client()
    assert client.get(place).page.lang == "es"
    for item in load(packs / "now" / "tiny").pack.item_ids:
        client.post(f"{place.rpartition('/')[0]}/{item}", data={"choice": 5})
    assert client.get(f"{place.rpartition('/')[0]}/result").page.lang == "es"
