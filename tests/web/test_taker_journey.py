"""The whole journey without scripts, in both languages, to every outcome."""

import pytest
from cast import ITEMS, MINIMUM, content, persona

from quiz.core.outcome import Kind

PEOPLE = [person for person in content().golden if len(person.answers) >= MINIMUM]


def texts(taker):
    return content().texts[taker.language]


def test_the_golden_examples_reach_every_outcome():
    reached = {(person.outcome, person.role) for person in PEOPLE}
    roles = content().pack.role_ids
    named = {(kind, role) for kind in (Kind.CLEAR, Kind.LEANING) for role in roles}
    assert reached == named | {(kind, None) for kind in (Kind.BOTH, Kind.NEITHER, Kind.TOO_CLOSE, Kind.NONE)}


@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: person.id)
def test_everybody_comes_to_their_outcome_by_what_the_pages_offer(taker, person):
    taker.start().play(person)
    if len(person.answers) < len(ITEMS):
        taker.get(taker.page.main.one("a", href=f"{taker.place}/finish")["href"])
        taker.press({"en": "See my result now", "es": "Ver ya mi resultado"}[taker.language])
    main = taker.page.main
    assert (main["data-step"], main["data-outcome"], main["data-role"]) == ("result", person.outcome, person.role or "")
    assert taker.page.lang == taker.language
    role = texts(taker).roles[person.role].name if person.role else ""
    assert taker.page.heading == texts(taker).outcomes[person.outcome].headline.replace("{role}", role)
    assert taker.data()["flags"] == [flag.value for flag in person.flags]


@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: person.id)
def test_the_wording_names_a_role_only_where_the_outcome_does(ben, person):
    ben.start().play(person)
    ben.client.post(f"{ben.place}/finish")
    ben.at("result")
    outcome = ben.page.main.all("header")[0]
    told = outcome.one("h1").text + " " + outcome.all("p")[1].text
    if person.role is None:
        assert "point clearly" not in told
        assert "lean towards" not in told
    else:
        assert texts(ben).roles[person.role].name in told


def test_every_question_has_a_page_of_its_own_with_its_words_and_the_progress(taker):
    taker.start()
    pack = content().pack
    for place, item in enumerate(pack.items):
        assert taker.seen.request.path == f"{taker.place}/{item.id}"
        words = texts(taker).items[item.id]
        labels = texts(taker).options.statement if item.kind == "statement" else texts(taker).options.trade_off
        assert taker.page.heading == (words.text if item.kind == "statement" else words.scene)
        if item.kind == "trade-off":
            assert f"A {words.a}" in taker.page.main.text
            assert f"B {words.b}" in taker.page.main.text
        assert [button.text for button in taker.page.all("button", name="choice")] == list(labels)
        assert [button["value"] for button in taker.page.all("button", name="choice")] == ["1", "2", "3", "4", "5"]
        progress = taker.page.one("progress")
        assert (progress["value"], progress["max"]) == (str(place), str(len(ITEMS)))
        taker.choose(3)
    assert taker.page.main["data-step"] == "result"


def test_the_whole_quiz_needs_no_script_and_keeps_no_cookie(ana):
    ana.start().play(persona("clear-farmer"))
    assert ana.client._cookies == {}
    assert ana.page.main["data-outcome"] == "clear"


def test_an_early_end_is_told_kindly_and_with_the_way_on(taker):
    """Nine answers make no result: the person goes on where they stopped."""
    taker.start().play(persona("stopped-early"))
    assert taker.asked == ITEMS[9]
    assert taker.at("result").request.path == f"{taker.place}/{ITEMS[9]}"


def test_each_outcome_says_what_to_do_next(taker):
    for person in ("clear-hunter", "both-fit", "neither-stands-out", "too-close-to-call", "always-3"):
        outcome = persona(person).outcome
        role = persona(person).role
        taker.start().play(persona(person))
        steps = texts(taker).roles[role].next if role else texts(taker).outcomes[outcome].next
        assert len(steps) >= 3
        for step in steps:
            assert step in taker.page.text


def test_a_withheld_result_shows_why_and_no_figures(taker):
    taker.start().play(persona("always-5"))
    signs = taker.page.main.all("header")[0].all("li")
    assert len(signs) == len(persona("always-5").flags)
    assert not taker.page.all("table")


def test_every_link_on_the_way_leads_somewhere(taker):
    taker.start().play(persona("finished-early"))
    taker.client.post(f"{taker.place}/finish")
    pages = {"/"}
    waiting = {"/", f"{taker.place}/result", f"{taker.place}/finish", f"{taker.place}/{ITEMS[3]}"}
    while waiting:
        path = waiting.pop()
        pages.add(path)
        response = taker.client.get(path, headers={"Accept-Language": taker.language})
        assert response.status_code in (200, 303), path
        if not hasattr(response, "page"):
            continue
        links = {link.split("#")[0] for link in response.page.links}
        waiting |= {link for link in links if link.startswith("/")} - pages
    assert {"/roles", "/method", "/privacy", f"{taker.place}/delete"} <= {page.split("?")[0] for page in pages}
    assert {f"/roles/{role}" for role in content().pack.role_ids} <= {page.split("?")[0] for page in pages}
