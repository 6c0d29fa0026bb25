"""Campaigns changed and copied in the console, and the preview beside the form."""

from __future__ import annotations

import pytest
from campaign_cast import TYPED, began, made, noted, told
from cast import ALICES
from form_cast import typed

from quiz.services import campaigns


class TestChanging:
    """A campaign changed, and its copy."""

    def test_a_form_that_nobody_touched_changes_nothing(self, alice, database, tidewell, alices_campaign):
        fields = typed(alice, f"/hr/campaigns/{alices_campaign.public_id}/edit")
        answer = alice.send(f"/hr/campaigns/{alices_campaign.public_id}/edit", **fields)
        assert answer.status_code == 303
        assert campaigns.find(database, alices_campaign.public_id) == alices_campaign
        assert noted(database, tidewell)[0][1] != "campaign-changed"

    def test_what_was_changed_is_noted_by_its_names(self, alice, database, tidewell, alices_campaign):
        path = f"/hr/campaigns/{alices_campaign.public_id}/edit"
        alice.send(path, **typed(alice, path) | told(asked_by="Alice") | {"intro_es": "Hola"})
        assert campaigns.find(database, alices_campaign.public_id).asked_by == "Alice"
        assert noted(database, tidewell)[0] == ("alice", "campaign-changed", "asked_by, texts 1")

    def test_how_people_are_known_stays_once_somebody_has_started(self, alice, database, alices_campaign):
        began(database, alices_campaign)
        path = f"/hr/campaigns/{alices_campaign.public_id}/edit"
        page = alice.get(path).page
        assert page.one("input", name="identification").attrs["type"] == "hidden"
        assert "somebody has started" in page.one(id="identification").text
        answer = alice.send(path, **typed(alice, path) | {"identification": "none"})
        assert answer.status_code == 422
        assert campaigns.find(database, alices_campaign.public_id) == alices_campaign

    def test_a_copy_has_everything_but_the_people(self, alice, database, tidewell, alices_campaign):
        began(database, alices_campaign)
        fields = typed(alice, f"/hr/campaigns/{alices_campaign.public_id}/duplicate")
        assert fields["name"] == "Copy of Spring fair"
        alice.send(f"/hr/campaigns/{alices_campaign.public_id}/duplicate", **fields)
        copied, original = made(database, tidewell)
        assert original == alices_campaign
        assert campaigns.wanted_of(copied).sites == ALICES.sites
        assert copied.secret != original.secret
        assert campaigns.counts(database, copied) == (0, 0)


class TestPreview:
    """The page that takers see, beside the form."""

    @pytest.fixture(autouse=True)
    def framed(self, alice, bob):
        alice.framed["/hr/campaigns/preview"] = "'self'"

    @pytest.mark.parametrize(("spoken", "start"), [("es", "Empezar"), ("en", "Start")])
    def test_it_shows_what_is_typed_in_both_languages_and_keeps_nothing(self, alice, database, tidewell, spoken, start):
        said = {"intro_es": "¡Hola!\n\nBuenas.", "intro_en": "Hello!"}
        answer = alice.send("/hr/campaigns/preview", **TYPED, **said, accent="#ffd400", preview_language=spoken)
        assert answer.page.lang == spoken
        assert {"es": "¡Hola!", "en": "Hello!"}[spoken] in answer.page.text
        assert "Tidewell, people team" in answer.page.text
        assert answer.page.one("button", type="submit").text == start
        assert made(database, tidewell) == []
        (sheet,) = [link["href"] for link in answer.page.all("link", rel="stylesheet") if "/hr/" in link["href"]]
        assert "--accent: #8a7200" in alice.get(sheet).text  # what can be read, whatever was typed

    def test_nothing_can_be_done_in_it(self, alice):
        answer = alice.send("/hr/campaigns/preview", **TYPED)
        policy = answer.headers["Content-Security-Policy"]
        assert "sandbox allow-same-origin;" in policy
        assert "form-action 'none'" in policy
        assert "allow-scripts" not in policy
        assert answer.page.all("script") == []

    def test_only_the_form_has_a_frame(self, alice, alices_campaign):
        for step, has in (("/edit", True), ("", False), ("/delete", False)):
            answer = alice.get(f"/hr/campaigns/{alices_campaign.public_id}{step}")
            assert ("frame-src 'self'" in answer.headers["Content-Security-Policy"]) is has

    def test_a_viewer_sees_the_page_as_it_is(self, bob, alices_campaign):
        path = f"/hr/campaigns/{alices_campaign.public_id}/preview"
        bob.framed[path] = "'self'"
        assert "Alice of Tidewell" in bob.get(f"{path}?lang=es").page.text

    def test_half_a_form_has_a_preview_too(self, alice):
        assert alice.send("/hr/campaigns/preview").status_code == 200
        assert alice.send("/hr/campaigns/preview", asked_by_en="\ue000sites\ue001\x00").status_code == 200
        assert alice.get("/hr/campaigns/preview").status_code == 200

    @pytest.mark.parametrize("digits", ["red", "12345", "1a5fb4;x", "%0a"])
    def test_what_is_no_colour_has_no_style_sheet(self, alice, digits):
        assert alice.get(f"/hr/campaigns/accent/{digits}.css").status_code == 404
