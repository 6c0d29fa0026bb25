"""A new campaign in the console: made of what was typed, or every mistake at once, beside its field."""

from __future__ import annotations

import pytest
from campaign_cast import PACK, TYPED, made, noted, wrong
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quiz.services import campaigns
from quiz.services.campaigns import Texts

TOLD = [f"{name}_{language}" for name in campaigns.TOLD for language in ("es", "en")]
CAREFUL = settings(
    deadline=None, derandomize=True, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


class TestMaking:
    """A new campaign."""

    def test_alice_makes_one_with_what_she_typed(self, alice, database, tidewell):
        answer = alice.send("/hr/campaigns/new", **TYPED, intro_es="Hola", intro_en="Hello\r\n\r\nthere", private="y")
        (campaign,) = made(database, tidewell)
        assert (answer.status_code, answer.location) == (303, f"/hr/campaigns/{campaign.public_id}")
        assert (campaign.name, campaign.languages, campaign.retain_days) == ("Autumn intake", "es en", 90)
        assert (campaign.private, campaign.shows_result, campaign.shares_outcome) == (True, True, False)
        assert (campaign.pack, campaign.pack_version, campaign.team_id) == (PACK.id, PACK.full_version, tidewell)
        said = campaigns.texts_of(database, campaign)
        assert said == {"es": Texts(intro="Hola"), "en": Texts(intro="Hello\n\nthere")}
        assert ("alice", "campaign-made", "") in noted(database, tidewell)

    def test_dates_are_read_as_utc_and_sites_one_a_line(self, alice, database, tidewell):
        sites = " https://Jobs.Tidewell.example/ \r\n\r\nhttps://*.tidewell.example\nhttps://jobs.tidewell.example"
        alice.send(
            "/hr/campaigns/new",
            **TYPED,
            sites=sites,
            opens="2027-01-15T08:00",
            closes="2027-02-01T00:00",
            accent="1A5FB4",
        )
        (campaign,) = made(database, tidewell)
        assert campaign.sites == "https://jobs.tidewell.example https://*.tidewell.example"
        assert (campaign.opens_ms, campaign.closes_ms) == (1_800_000_000_000, 1_801_440_000_000)
        assert campaign.accent == "#1a5fb4"
        page = alice.get(f"/hr/campaigns/{campaign.public_id}/edit").page
        assert page.one("input", name="opens")["value"] == "2027-01-15T08:00"

    def test_names_are_kept_only_with_words_to_agree_to_and_the_form_has_them(self, alice, database, tidewell):
        page = alice.get("/hr/campaigns/new").page
        usual = {code: page.one("textarea", name=f"consent_{code}").text for code in ("es", "en")}
        assert usual["es"].startswith("Acepto")
        named = TYPED | {"identification": "named"}
        marked, told = wrong(alice.send("/hr/campaigns/new", **named, consent_es=usual["es"], consent_en=" "))
        assert marked == told == {"consent_en"}
        alice.send("/hr/campaigns/new", **named, **{f"consent_{code}": text for code, text in usual.items()})
        (campaign,) = made(database, tidewell)
        assert campaigns.texts_of(database, campaign)["es"].consent == usual["es"]

    def test_nobody_agrees_to_anything_where_no_name_is_asked(self, alice, database, tidewell):
        alice.send("/hr/campaigns/new", **TYPED, consent_es="Acepto", consent_en="I agree")
        (campaign,) = made(database, tidewell)
        assert (campaign.texts_version, campaigns.texts_of(database, campaign)) == (0, {})


class TestMistakes:
    """What cannot be: every problem at once, beside its field, and nothing lost."""

    def test_an_empty_form_names_everything_that_is_needed(self, alice, database, tidewell):
        marked, told = wrong(alice.send("/hr/campaigns/new"))
        needed = {"name", "languages", "retain_days", *TOLD}
        assert marked == told == needed
        assert made(database, tidewell) == []

    @pytest.mark.parametrize(
        ("field", "typed"),
        [
            *((name, "x" * 601) for name in ("name", *TOLD)),
            *((name, "a\x00b") for name in ("name", *TOLD, "intro_es")),
            *((name, "\ue000token\ue001") for name in ("asked_by_es", "contact_en", "thanks_en", "privacy_es")),
            *((f"{name}_{code}", "x" * 4001) for name in ("intro", "privacy", "thanks") for code in ("es", "en")),
            *(("accent", typed) for typed in ("red", "#12345", "#ggg", "#1a5fb4;}", "url(x)", "#ffd400")),
            *(("retain_days", typed) for typed in ("", "0", "3651", "-1", "1.5", "x", "９", "1" * 50)),
            *(("redirect_url", typed) for typed in ("http://a.example", "javascript:alert(1)", "https://", "x" * 3000)),
            *(("opens", typed) for typed in ("tomorrow", "1969-01-01T00:00", "9999-12-31T23:59", "2027-02-30T00:00")),
            *(("sites", typed) for typed in ("jobs.example", "https://a.example/jobs", "https://u:p@a.example", "*")),
            *(("sites", typed) for typed in ("https://a.example:99999", "https://a.example:443", "ftp://a.example")),
            ("sites", "\n".join(f"https://{number}.example" for number in range(31))),
            ("languages", ["es", "xx"]),
            ("identification", "retina"),
        ],
        ids=lambda it: it[:14] if isinstance(it, str) else "",
    )
    def test_each_field_is_checked_and_keeps_what_was_typed(self, alice, database, tidewell, field, typed):
        answer = alice.send("/hr/campaigns/new", **(TYPED | {field: typed}))
        marked, told = wrong(answer)
        assert marked == told == {field}
        kept = answer.page.one("input", name="asked_by_en")["value"]
        assert kept.startswith("Tidewell") or field == "asked_by_en"
        assert made(database, tidewell) == []

    def test_a_campaign_closes_after_it_opens(self, alice):
        answer = alice.send("/hr/campaigns/new", **TYPED, opens="2027-02-01T00:00", closes="2027-01-01T00:00")
        assert wrong(answer)[0] == {"closes"}
        assert answer.page.one("input", name="closes")["value"] == "2027-01-01T00:00"

    def test_each_line_of_sites_is_told_with_what_was_meant(self, alice):
        sites = "https://ok.example\n\njobs.tidewell.example\nhttps://a.example/x?y"
        answer = alice.send("/hr/campaigns/new", **TYPED, sites=sites)
        told = answer.page.one(id="sites-error").text
        assert "Line 1" not in told
        assert "Line 3" in told
        assert "https://jobs.tidewell.example" in told
        assert "Line 4" in told
        assert answer.page.one("textarea", name="sites").text.split() == sites.split()

    def test_a_pale_colour_is_refused_with_the_nearest_that_can_be_read(self, alice, database, tidewell):
        answer = alice.send("/hr/campaigns/new", **TYPED, accent="#ffd400")
        assert "1.38" in answer.page.one(id="accent-error").text
        button = answer.page.one("button", name="use_accent")
        assert (button["value"], button.text) == ("#8a7200", "Use #8a7200")
        again = alice.send("/hr/campaigns/new", **TYPED, accent="#ffd400", use_accent=button["value"])
        assert again.status_code == 200
        assert again.page.one("input", name="accent")["value"] == "#8a7200"
        assert made(database, tidewell) == []  # it is put into the field, and not saved behind her back

    def test_no_language_switch_stands_where_its_press_would_lose_what_was_typed(self, alice, alices_campaign):
        path = f"/hr/campaigns/{alices_campaign.public_id}"
        for typed in ("/hr/campaigns/new", f"{path}/edit", f"{path}/duplicate", f"{path}/invitations/new"):
            assert not alice.get(typed).page.all("button", name="language"), typed
        assert not alice.send("/hr/campaigns/new", name="Autumn").page.all("button", name="language")
        assert alice.get(path).page.all("button", name="language")

    def test_bytes_that_nobody_types_are_never_an_error_of_ours(self, alice):
        alice.framed["/hr/campaigns/preview"] = "'self'"
        token = alice.get("/hr/").page.all("input", name="csrf_token")[0]["value"]
        fields = st.sampled_from(
            [*TYPED, "accent", "sites", "opens", "closes", "redirect_url", "intro_es", "consent_en", "use_accent"]
        )
        typed = st.text() | st.binary().map(lambda raw: raw.decode("latin-1")) | st.integers().map(str)

        @CAREFUL
        @given(st.dictionaries(fields, typed, max_size=6), st.sampled_from(["/new", "/preview"]))
        def check(given_, path):
            answer = alice.post(f"/hr/campaigns{path}", data=TYPED | given_ | {"csrf_token": token})
            assert answer.status_code in (200, 303, 422)

        check()

    def test_a_body_that_is_no_form_is_refused(self, alice):
        for path in ("new", "preview"):
            assert (
                alice.post(f"/hr/campaigns/{path}", data=b"\xff\x00{", content_type="application/json").status_code
                == 400
            )
