"""Sharing: the link, its QR code, what to put into a site, and references that only the campaign can sign."""

import hashlib
import hmac
import re
from base64 import urlsafe_b64encode
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree

import pytest
from itsdangerous import Signer

from quiz.services import audit, campaigns
from quiz.web.hr import share as door


@pytest.fixture
def signed(make_campaign):
    """A campaign that takes signed references only."""
    return make_campaign(identification="signed")


def path(campaign, rest="share"):
    return f"/hr/campaigns/{campaign.public_id}/{rest}"


def fields(page):
    """What can be copied, by the id of its field."""
    found = page.main.all("input", "textarea")
    return {field["id"]: field.get("value") or field.text for field in found if field.get("id")}


def noted(database, team_id):
    return [(entry.actor, entry.action, entry.campaign, entry.subject) for entry in audit.page(database, team_id)]


def test_alice_and_bob_find_the_link_and_the_snippets(alice, bob, alices_campaign):
    for member in (alice, bob):
        shown = fields(member.get(path(alices_campaign)).page)
        link = f"http://localhost/c/{alices_campaign.public_id}"
        assert shown["link"] == link
        assert '<script src="http://localhost/embed.js" async></script>' in shown["inline"]
        assert f'<role-fit-quiz campaign="{alices_campaign.public_id}" ref="REFERENCE">' in shown["inline"]
        assert 'mode="dialog"' in shown["dialog"]
        assert f'<iframe src="{link}?ref=REFERENCE"' in shown["frame"]
        for name in ("inline", "dialog"):
            assert f'<a href="{link}?ref=REFERENCE">' in shown[name], "who has no scripts loses the reference"
        assert shown["oembed"].startswith("http://localhost/oembed?url=http%3A%2F%2Flocalhost%2Fc%2F")


def test_the_public_address_of_the_house_goes_into_everything(app, alice, alices_campaign, monkeypatch):
    house = app.extensions["rolefit"]
    settings = replace(house.settings, public_url="https://quiz.example")
    monkeypatch.setitem(vars(house), "settings", settings)
    page = alice.get(path(alices_campaign)).page
    shown = fields(page)
    assert shown["link"] == f"https://quiz.example/c/{alices_campaign.public_id}"
    assert all("https://quiz.example/" in shown[name] for name in ("inline", "dialog", "frame", "oembed"))
    assert "script-src https://quiz.example; frame-src https://quiz.example" in page.main.text
    assert "localhost" not in page.main.text


def test_the_oembed_address_answers_and_the_link_opens(alice, client, make_campaign):
    campaign = make_campaign(identification="none")
    shown = fields(alice.get(path(campaign)).page)
    asked = urlsplit(shown["oembed"])
    assert client.get(f"{asked.path}?{asked.query}").status_code == 200
    client.framed[f"/c/{campaign.public_id}"] = campaign.sites
    assert client.get(urlsplit(shown["link"]).path).status_code == 200


@pytest.mark.parametrize(("chosen", "words"), [("es", "Hacer el test"), ("en", "Take the quiz")])
def test_link_and_snippets_can_be_in_one_language(alice, alices_campaign, chosen, words):
    page = alice.get(path(alices_campaign, f"share?for={chosen}")).page
    shown = fields(page)
    assert shown["link"].endswith(f"?lang={chosen}")
    assert f' lang="{chosen}"' in shown["inline"]
    assert words in shown["inline"]
    for name in ("inline", "dialog", "frame"):
        assert f"?lang={chosen}&amp;ref=REFERENCE" in shown[name]
    assert page.one("a", href=path(alices_campaign, f"share?for={chosen}"))["aria-current"] == "true"
    assert page.lang == "en"


def test_only_the_campaigns_languages_are_offered(alice, make_campaign):
    page = alice.get(path(make_campaign(languages=("es",)), "share?for=en")).page
    assert not page.main.all("nav", aria_label="Language of the link")
    assert "lang=" not in fields(page)["link"]


@pytest.mark.parametrize("site", ["", "https://jobs.tidewell.example"])
def test_without_an_allowed_site_it_says_so_and_leads_to_the_settings(alice, bob, make_campaign, site):
    campaign = make_campaign(sites=(site,) if site else ())
    edit = path(campaign, "edit")
    page = alice.get(path(campaign)).page
    assert ("No site can show this quiz" in page.main.text) == (not site)
    assert (edit in page.links) == (not site)
    assert site in page.main.text
    assert edit not in bob.get(path(campaign)).page.links


def test_a_private_campaign_leads_to_its_invitations_instead(alice, make_campaign):
    campaign = make_campaign(private=True)
    page = alice.get(path(campaign)).page
    assert "Only those you invite can start" in page.main.text
    assert path(campaign, "invitations") in page.links
    assert fields(page) == {}


def test_a_campaign_in_which_nobody_can_start_says_so(alice, alices_campaign, database):
    assert "Nobody can start" not in alice.get(path(alices_campaign)).page.main.text
    database.reader().cursor.execute("UPDATE campaigns SET state = 'paused'")
    assert "Nobody can start" in alice.get(path(alices_campaign)).page.main.text


class TestTheCode:
    def test_the_drawing_is_dark_on_light_with_a_quiet_zone_and_a_name(self, alice, alices_campaign):
        answer = alice.get(path(alices_campaign, "qr.svg"))
        assert answer.content_type.startswith("image/svg+xml")
        root = ElementTree.fromstring(answer.data)
        assert root.findtext("{http://www.w3.org/2000/svg}title") == f"http://localhost/c/{alices_campaign.public_id}"
        left, top, width, height = map(int, root.get("viewBox").split())
        assert (left, top) == (0, 0)
        assert width == height
        ground, _code = root.iter("{http://www.w3.org/2000/svg}path")
        assert ground.get("fill") == "#fff"
        assert b"style=" not in answer.data
        assert b"<script" not in answer.data

    def test_the_picture_is_large_enough_to_print(self, alice, alices_campaign):
        answer = alice.get(path(alices_campaign, "qr.png"))
        assert answer.content_type == "image/png"
        assert answer.data.startswith(b"\x89PNG\r\n\x1a\n")
        width, height = (int.from_bytes(answer.data[at : at + 4], "big") for at in (16, 20))
        assert width == height > 800

    @pytest.mark.parametrize("form", ["svg", "png"])
    def test_it_can_be_kept_under_a_safe_name(self, alice, alices_campaign, form):
        name = f'filename="qr-{alices_campaign.public_id}.{form}"'
        assert alice.get(path(alices_campaign, f"qr.{form}")).headers["Content-Disposition"] == f"inline; {name}"
        kept = alice.get(path(alices_campaign, f"qr.{form}?download=1"))
        assert kept.headers["Content-Disposition"] == f"attachment; {name}"

    def test_each_language_has_its_own(self, alice, alices_campaign):
        codes = {alice.get(path(alices_campaign, f"qr.svg?for={chosen}")).data for chosen in ("", "es", "en", "xx")}
        assert len(codes) == 3


class TestReferences:
    def test_alice_signs_one_and_its_link_is_believed(self, alice, database, tidewell, signed):
        action = path(signed, "share/reference")
        page = alice.press(path(signed), action, reference=" A-17 ").page
        link = fields(page)["personal-link"]
        given = parse_qs(urlsplit(link).query)["ref"][0]
        assert campaigns.read_reference(signed, given) == "A-17"
        assert noted(database, tidewell)[0] == ("alice@1.example", "reference-signed", signed.public_id, "")

    def test_a_plain_one_goes_into_the_link_as_it_is(self, alice, alices_campaign):
        action = path(alices_campaign, "share/reference")
        page = alice.press(path(alices_campaign), action, reference="A 17&b").page
        assert fields(page)["personal-link"] == f"http://localhost/c/{alices_campaign.public_id}?ref=A+17%26b"

    @pytest.mark.parametrize("reference", ["", "   ", "x" * 201, "a\x00b", "a\ue000b"])
    def test_one_that_cannot_be_is_refused_beside_its_field_and_kept_in_it(self, alice, signed, reference):
        answer = alice.press(path(signed), path(signed, "share/reference"), reference=reference)
        assert answer.status_code == 422
        field = answer.page.one("input", id="reference")
        assert field["aria-invalid"] == "true"
        assert "A reference is one line of 1 to 200 characters." in answer.page.main.text
        assert "personal-link" not in fields(answer.page)

    def test_the_placeholder_of_the_snippets_is_nobodys_reference(self, alice, alices_campaign):
        action = path(alices_campaign, "share/reference")
        answer = alice.press(path(alices_campaign), action, reference="REFERENCE")
        assert answer.status_code == 422
        assert "only holds the place" in answer.page.main.text

    def test_the_key_is_shown_only_when_asked_for_and_that_is_noted(self, alice, database, tidewell, signed):
        assert "key" not in fields(alice.get(path(signed)).page)
        shown = fields(alice.press(path(signed), path(signed, "share/key")).page)
        assert re.fullmatch("[0-9a-f]{40}", shown["key"])
        assert shown["key"] not in signed.secret
        assert noted(database, tidewell)[0][1:3] == ("reference-key-shown", signed.public_id)

    def test_with_the_key_anybodys_system_signs_as_explained(self, alice, signed):
        key = bytes.fromhex(fields(alice.press(path(signed), path(signed, "share/key")).page)["key"])
        in_python = Signer(key, key_derivation="none").sign("A-17").decode()
        by_hand = urlsafe_b64encode(hmac.new(key, b"A-17", hashlib.sha1).digest()).decode().rstrip("=")
        for given in (in_python, f"A-17.{by_hand}"):
            assert campaigns.read_reference(signed, given) == "A-17"

    def test_with_the_key_nobody_signs_invitations(self, signed):
        from quiz.services.signing import reference_key

        forged = Signer(bytes.fromhex(reference_key(signed)), key_derivation="none").sign("1.1")
        assert not Signer(signed.secret, salt="invitation").validate(forged)

    def test_bob_may_not_sign_nor_see_the_key(self, bob, signed):
        page = bob.get(path(signed)).page
        assert page.main.all("form") == []
        assert bob.send(path(signed, "share/reference"), reference="A-17").status_code == 403
        assert bob.send(path(signed, "share/key")).status_code == 403

    def test_a_bare_link_is_not_offered_where_it_lets_nobody_start(self, alice, signed):
        page = alice.get(path(signed)).page
        assert "link" not in fields(page)
        assert not page.main.all("img")

    def test_a_campaign_without_references_signs_none(self, alice, make_campaign):
        campaign = make_campaign(identification="none")
        assert "reference" not in fields(alice.get(path(campaign)).page)
        assert alice.send(path(campaign, "share/reference"), reference="A-17").status_code == 404
        assert alice.send(path(campaign, "share/key")).status_code == 404


def test_charlie_finds_nothing_of_it(charlie, alices_campaign, signed):
    for rest in ("share", "share?for=es", "qr.svg", "qr.png"):
        assert charlie.get(path(alices_campaign, rest)).status_code == 404
    for rest in ("share/reference", "share/key"):
        assert charlie.send(path(signed, rest), reference="A-17").status_code == 404


def test_a_stranger_is_sent_to_sign_in(stranger, alices_campaign):
    for rest in ("share", "qr.svg", "qr.png"):
        assert stranger.get(path(alices_campaign, rest)).status_code == 302


def test_without_the_sessions_token_nothing_is_signed(alice, signed):
    for rest in ("share/reference", "share/key"):
        assert alice.post(path(signed, rest), data={"reference": "A-17"}).status_code == 400


def test_every_snippet_is_escaped(alice, make_campaign, monkeypatch):
    monkeypatch.setattr(door, "address", lambda *_: 'http://localhost/"><script>alert(1)</script>')
    shown = fields(alice.get(path(make_campaign(identification="none"))).page)
    assert "<script>alert" not in shown["inline"] + shown["dialog"] + shown["frame"]
