"""Name and e-mail with consent, and the outcome shared with the page around the quiz: asked, kept, taken back."""

from dataclasses import replace

import pytest
from cast import ALICES, BOBS, ITEMS, START, Taker, persona

from quiz.services import campaigns
from quiz.services.campaigns import Texts

NAMED = replace(ALICES, identification="named")
SHARING = replace(ALICES, shares_outcome=True)
TEXTS = {"es": Texts(consent="Acepto que Tidewell lo guarde."), "en": Texts(consent="I agree that Tidewell keeps it.")}
ANA = {"name": "Ana Belén Ortiz", "email": "ana@example.org", "agreed": "yes", "texts": "0"}
COUNT = "SELECT count(*) FROM attempts"


def kept(database):
    """Name, e-mail and consent of each attempt."""
    rows = database.reader().cursor.execute(
        "SELECT name, email, texts_version, consents.language, given_ms, to_contact, to_sharing"
        " FROM attempts LEFT JOIN consents ON attempt_id = attempts.id ORDER BY attempts.id"
    )
    return rows.fetchall()


def post(taker, campaign, **fields):
    """Send the form of a campaign's page."""
    data = {"language": taker.language} | fields
    taker.seen = taker.client.post(f"/c/{campaign.public_id}/start", data=data)
    if taker.seen.status_code == 303:
        taker.place = taker.seen.location.rsplit("/", 1)[0]
        taker.client.framed[taker.place] = campaign.sites
        taker.get(taker.seen.location)
    return taker


def field(page, name):
    """A field of the page's form and its error, if any."""
    (found,) = page.one("form", action=page.one("form", class_="start")["action"]).all("input", name=name)
    told = [page.one("span", id=id).text for id in (found.get("aria-describedby") or "").split() if "error" in id]
    return found, told


class TestNamed:
    """Campaigns that ask for name and e-mail."""

    def test_the_page_asks_for_them_and_for_consent_and_ticks_nothing(self, taker, ask):
        page = taker.get(f"/c/{ask(NAMED, TEXTS).public_id}").page
        form = page.one("form", class_="start")
        asked = {each["name"]: each for each in form.all("input") if each.get("type") != "hidden"}
        assert list(asked) == ["name", "email", "agreed"]
        assert (asked["name"]["autocomplete"], asked["email"]["autocomplete"]) == ("name", "email")
        assert "checked" not in asked["agreed"].attrs
        assert TEXTS[taker.language].consent in form.text
        assert page.one("div", id="consent").text == TEXTS[taker.language].consent

    def test_without_words_of_its_own_it_has_the_usual_ones(self, taker, ask):
        told = taker.get(f"/c/{ask(NAMED).public_id}").page.one("div", id="consent").text
        assert "90" in told
        assert len(told) > 100

    def test_what_is_given_is_kept_with_what_was_agreed_to(self, taker, ask, database):
        campaign = ask(NAMED, TEXTS)
        post(taker, campaign, **ANA | {"name": "  Ana  Belén\tOrtiz ", "email": " ana@example.org ", "texts": "1"})
        assert taker.page.main["data-step"] == "question"
        assert kept(database) == [("Ana Belén Ortiz", "ana@example.org", 1, taker.language, START, 1, 0)]

    @pytest.mark.parametrize(
        ("wrong", "at"),
        [
            *(({"name": ""}, "name"), ({"name": "   "}, "name"), ({"name": "x" * 201}, "name")),
            *(({"name": "a\x00b"}, "name"), ({"name": "\ue000token\ue001"}, "name")),
            *(({"email": ""}, "email"), ({"email": "ana"}, "email"), ({"email": "ana@example"}, "email")),
            *(({"email": "a b@example.org"}, "email"), ({"email": "<a@b.org>"}, "email")),
            *(({"email": "x" * 250 + "@b.org"}, "email"), ({"email": "a@b.org\r\nBcc: c@d.org"}, "email")),
            *(({"agreed": ""}, "agreed"), ({"texts": "7"}, "agreed"), ({"texts": ""}, "agreed")),
        ],
        ids=repr,
    )
    def test_what_is_wrong_is_told_beside_its_field_and_nothing_typed_is_lost(self, taker, ask, database, wrong, at):
        sent = {name: text for name, text in (ANA | wrong).items() if text or name != "agreed"}
        answer = taker.client.post(f"/c/{ask(NAMED).public_id}/start", data={"language": taker.language} | sent)
        assert answer.status_code == 422
        assert kept(database) == []
        page = answer.page if "\ue000" not in sent["name"] else None
        if page is None:
            return
        assert page.lang == taker.language
        assert page.one("p", class_="alert")["role"] == "alert"
        for name in ("name", "email", "agreed"):
            found, told = field(page, name)
            assert (found.get("aria-invalid") == "true") == bool(told) == (name == at), name
        assert field(page, "name")[0]["value"] == " ".join(sent["name"].split())
        assert field(page, "email")[0]["value"] == sent["email"].strip()
        assert ("checked" in field(page, "agreed")[0].attrs) == (at != "agreed")

    def test_everything_wrong_is_told_at_once(self, ben, ask):
        page = post(ben, ask(NAMED)).page
        assert all(field(page, name)[1] for name in ("name", "email", "agreed"))

    def test_words_that_were_changed_meanwhile_must_be_read_again(self, ben, ask, database):
        campaign = ask(NAMED, TEXTS)
        ben.get(f"/c/{campaign.public_id}")
        anew = {"es": Texts(consent="Otra cosa."), "en": Texts(consent="Something else.")}
        campaigns.change(database, campaign, NAMED, anew, START)
        post(ben, campaign, **ANA | {"texts": "1"})
        assert ben.seen.status_code == 422
        assert "Something else." in ben.page.text
        post(ben, campaign, **ANA | {"texts": "2"})
        assert kept(database)[0][2] == 2

    @pytest.mark.parametrize("name", ["Ng", "X", "Åsa Öberg", "José-María d'Ors", "李小龍", "محمد", "x" * 200])
    def test_names_of_all_people_are_names(self, ben, ask, database, name):
        post(ben, ask(NAMED), **ANA | {"name": name})
        assert kept(database)[0][0] == name

    def test_the_persons_own_data_and_page_say_what_was_agreed_and_when(self, taker, ask, database):
        campaign = ask(NAMED, TEXTS)
        post(taker, campaign, **ANA | {"texts": "1"})
        campaigns.change(database, campaign, NAMED, {it: Texts(consent="Not this.") for it in TEXTS}, START)
        page = taker.at("terms").page
        assert TEXTS[taker.language].consent in page.text  # the words of then
        assert ANA["name"] in page.text
        taker.at(ITEMS[0])
        taker.play(persona("clear-hunter"))
        data = taker.data()
        assert (data["name"], data["email"]) == (ANA["name"], ANA["email"])
        assert data["consent"] == {
            "given_at": "2027-01-15T08:00:00.000+00:00",
            "texts_version": 1,
            "language": taker.language,
            "to_contact": True,
            "to_sharing": False,
        }

    def test_deleting_takes_it_back(self, ben, ask, database):
        post(ben, ask(NAMED), **ANA)
        ben.client.post(f"{ben.place}/delete")
        assert kept(database) == []
        assert database.reader().cursor.execute("SELECT count(*) FROM consents").fetchone() == (0,)

    def test_other_campaigns_keep_no_name_whatever_is_sent(self, ben, bobs, database):
        post(ben, bobs, **ANA, share="yes")
        assert kept(database) == [(None, None, None, None, None, None, None)]


class TestSharing:
    """The outcome told to the page around: only where it is shown, and only with the person's own tick."""

    def test_it_is_asked_for_where_there_is_a_page_and_a_result(self, ben, ask):
        for wanted, asked in (
            *((SHARING, True), (replace(NAMED, shares_outcome=True), True), (ALICES, False)),
            *((replace(SHARING, shows_result=False), False), (replace(SHARING, sites=()), False)),
        ):
            ticks = ben.get(f"/c/{ask(wanted).public_id}").page.all("input", name="share")
            assert bool(ticks) == asked
            assert not any("checked" in tick.attrs for tick in ticks)

    @pytest.mark.parametrize("agreed", [True, False])
    def test_the_result_says_whether_it_may_be_told(self, taker, ask, database, agreed):
        post(taker, ask(SHARING), **{"share": "yes"} if agreed else {})
        assert kept(database) == [
            (None, None, 0, taker.language, START, 0, 1) if agreed else (None, None, None, None, None, None, None)
        ]
        taker.play(persona("clear-hunter"))
        assert taker.page.main["data-share"] == ("yes" if agreed else "no")
        assert taker.page.main["data-outcome"] == "clear"
        assert bool(taker.data()["consent"]) == agreed

    def test_a_campaign_that_asks_for_it_no_more_is_told_no_more(self, ben, ask, database):
        campaign = ask(SHARING)
        post(ben, campaign, share="yes").play(persona("clear-hunter"))
        campaigns.change(database, campaign, ALICES, None, START)
        assert ben.at("result").page.main["data-share"] == "no"

    @pytest.mark.parametrize("wanted", [ALICES, replace(SHARING, shows_result=False), BOBS])
    def test_a_tick_that_nobody_was_offered_counts_for_nothing(self, ben, ask, database, wanted):
        post(ben, ask(wanted), share="yes").play(persona("clear-hunter"))
        assert kept(database)[0][6] is None
        assert ben.page.main.get("data-share") in (None, "no")

    def test_one_persons_agreement_is_never_anothers(self, app, clock, ask):
        campaign = ask(SHARING)
        people = [Taker(app.test_client(), clock, "en") for _ in range(4)]
        for number, taker in enumerate(people):
            post(taker, campaign, **{"share": "yes"} if number % 2 else {}).play(persona("clear-hunter"))
        assert [taker.at("result").page.main["data-share"] for taker in people] == ["no", "yes", "no", "yes"]
