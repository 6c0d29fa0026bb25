"""The rules of campaigns: what can be made, every problem at once, references, states and counts."""

from dataclasses import replace

import pytest
from cast import ALICES, BOBS, CAROLS, START, content
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from itsdangerous import Signer

from quiz.services import campaigns
from quiz.services.campaigns import BadReference, Unusable

PACK = content().pack
CAREFUL = settings(deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])


def problems(database, wanted):
    """What is wrong with a campaign that is wanted; nothing is kept of it."""
    with pytest.raises(Unusable) as raised:
        campaigns.create(database, PACK, wanted, START)
    assert campaigns.everyone(database) == []
    return raised.value.problems


class TestMaking:
    """Making a campaign."""

    @pytest.mark.parametrize("wanted", [ALICES, BOBS, CAROLS], ids=lambda it: it.name)
    def test_what_was_made_is_what_was_wanted_and_what_is_found(self, database, wanted):
        made = campaigns.create(database, PACK, wanted, START)
        assert campaigns.find(database, made.public_id) == made
        assert (made.name, made.asked_by, made.purpose) == (wanted.name, wanted.asked_by, wanted.purpose)
        assert (made.readers, made.contact, made.redirect_url) == (wanted.readers, wanted.contact, wanted.redirect_url)
        assert (made.sites.split(), made.identification) == (list(wanted.sites), wanted.identification)
        assert (made.shows_result, made.retain_days) == (wanted.shows_result, wanted.retain_days)
        assert (made.state, made.created_ms) == ("open", START)

    def test_it_keeps_the_version_of_the_pack(self, database):
        made = campaigns.create(database, PACK, ALICES, START)
        assert (made.pack, made.pack_version) == (PACK.id, PACK.full_version)

    def test_no_two_have_the_same_address_or_secret(self, database):
        made = [campaigns.create(database, PACK, ALICES, START) for _ in range(20)]
        assert len({it.public_id for it in made}) == len({it.secret for it in made}) == 20
        assert all(len(it.secret) >= 43 for it in made)

    def test_every_problem_is_told_at_once(self, database):
        wrong = replace(
            ALICES,
            **{"name": " ", "asked_by": "", "purpose": "x" * 601, "readers": "a\nb", "contact": "\ue000token\ue001"},
            **{"sites": ("jobs.example", "https://ok.example", "*"), "identification": "secret", "retain_days": 0},
            redirect_url="javascript:alert(1)",
        )
        told = [(problem.field, problem.kind, problem.line) for problem in problems(database, wrong)]
        assert told == [
            *(("name", "missing", 0), ("asked_by", "missing", 0), ("purpose", "too-long", 0)),
            *(("readers", "one-line", 0), ("contact", "unreadable", 0)),
            *(("sites", "scheme", 1), ("sites", "scheme", 3), ("identification", "unknown", 0)),
            *(("redirect_url", "address", 0), ("retain_days", "number", 0)),
        ]

    @pytest.mark.parametrize("field", ["name", "asked_by", "purpose", "readers", "contact"])
    @pytest.mark.parametrize("text", ["", "  ", "x" * 601, "a\r\nb", "\x00", "\udcff", "\ue000", "\uf8ff", "\x85"])
    def test_a_text_that_nobody_could_read_is_refused(self, database, field, text):
        assert [it for it in problems(database, replace(ALICES, **{field: text})) if it.field == field]

    @pytest.mark.parametrize("text", ["x" * 600, "Åsa & Ωmega <3", "👩‍💻 team", "a\xa0b", "{{ x }} %(y)s"])
    def test_any_other_text_is_fine(self, database, text):
        made = campaigns.create(database, PACK, replace(ALICES, asked_by=text), START)
        assert campaigns.find(database, made.public_id).asked_by == text

    @pytest.mark.parametrize(
        "site",
        [
            *("https://a.example", "http://a.example", "https://*.a.example", "https://a.example:8443", "http://a:81"),
            *(
                "http://127.0.0.1:8001",
                "http://localhost:3000",
                "https://xn--bcher-kva.example",
                "http://a.example:443",
            ),
        ],
    )
    def test_an_origin_is_a_site(self, database, site):
        assert campaigns.create(database, PACK, replace(ALICES, sites=(site,)), START).sites == site

    @pytest.mark.parametrize(
        "site",
        [
            *("", "*", "a.example", "//a.example", "https://", "https://*", "https://*.", "https://a.example/"),
            *("https://a.example/jobs", "https://a.example?x", "https://a.example#x", "https://u:p@a.example"),
            *("https://a..example", "https://.a.example", "https://a.*.example", "https://**.a.example"),
            *("https://*a.example", "ftp://a.example", "data:", "blob:", "'self'", "'none'", "https:", "https:a"),
            *("https://a.example:443", "http://a.example:80", "https://a.example:", "https://a.example:x"),
            *("https://a.example https://b.example", "https://a.example; script-src *", "https://a.example,"),
            *("https://a.example\n", "\nhttps://a.example", "https://a.example\r\nX: y", "https://a.example\x00"),
            *("https://A.example", "HTTPS://a.example", "https://bücher.example", "https://a.example\u2028", "null"),
        ],
    )
    def test_nothing_else_is_one(self, database, site):
        assert problems(database, replace(ALICES, sites=(site,)))

    @pytest.mark.parametrize(
        "site",
        [
            *("https://*.com", "https://*.example", "https://*.co.uk", "https://*.com.es", "https://*.github.io"),
            *("http://*.localhost:3000", "https://*.xn--p1ai"),
        ],
    )
    def test_no_wildcard_stands_for_everybodys_sites(self, database, site):
        assert [it.kind for it in problems(database, replace(ALICES, sites=(site,)))] == ["everybody"]
        ours = site.replace("*.", "*.tidewell.")
        assert campaigns.create(database, PACK, replace(ALICES, sites=(ours,)), START).sites == ours

    @pytest.mark.parametrize("address", ["", "https://a.example", "https://a.example:81/b?c=d&e#f", "https://a/é"])
    def test_the_person_may_go_on_to_an_address_with_tls(self, database, address):
        assert campaigns.create(database, PACK, replace(ALICES, redirect_url=address), START).redirect_url == address

    @pytest.mark.parametrize(
        "address",
        [
            *("http://a.example", "javascript:alert(1)", "//a.example", "/a", "https:", "https://", "https:///a", "x"),
            *("https://[", "https://[::1/", "https://a b", "https://a.example\n", "\thttps://a.example", "https://?x"),
            *(
                "https://a.example/\x00",
                "https://a.example/\ue000",
                "https://a.example/" + "x" * 2000,
                "data:text/html,x",
            ),
        ],
    )
    def test_and_to_no_other(self, database, address):
        told = problems(database, replace(ALICES, redirect_url=address))
        assert [problem.field for problem in told] == ["redirect_url"]

    @pytest.mark.parametrize(("days", "good"), [(0, False), (1, True), (3650, True), (3651, False), (-5, False)])
    def test_answers_are_kept_from_a_day_to_ten_years(self, database, days, good):
        wanted = replace(ALICES, retain_days=days)
        if good:
            assert campaigns.create(database, PACK, wanted, START).retain_days == days
        else:
            assert len(problems(database, wanted)) == 1


class TestReferences:
    """References and their signatures."""

    @pytest.fixture
    def signed(self, database):
        return campaigns.create(database, PACK, replace(ALICES, identification="signed"), START)

    @pytest.fixture
    def others(self, database):
        return campaigns.create(database, PACK, replace(BOBS, identification="signed"), START)

    def test_what_is_signed_can_be_read_by_its_campaign_alone(self, signed, others):
        @CAREFUL
        @given(st.text(st.characters(exclude_categories=["Cc", "Co", "Cs"]), min_size=1, max_size=200))
        def check(reference):
            given_out = campaigns.reference_for(signed, reference)
            assert campaigns.read_reference(signed, given_out) == reference
            with pytest.raises(BadReference):
                campaigns.read_reference(others, given_out)

        check()

    def test_what_nobody_signed_is_never_read(self, signed):
        @CAREFUL
        @given(
            st.text() | st.text(st.characters(categories=["Cs"])) | st.binary().map(lambda raw: raw.decode("latin-1"))
        )
        def check(forged):
            with pytest.raises(BadReference):
                campaigns.read_reference(signed, forged)

        check()

    @pytest.mark.parametrize("reference", ["", "x" * 201, "a\nb", "\x00", "\udcff", "\ue000x\ue001"])
    @pytest.mark.parametrize("kind", ["plain", "signed"])
    def test_none_is_given_out_that_would_not_be_read(self, database, kind, reference):
        campaign = campaigns.create(database, PACK, replace(ALICES, identification=kind), START)
        with pytest.raises(BadReference):
            campaigns.reference_for(campaign, reference)

    def test_none_is_given_out_where_none_is_taken(self, database):
        with pytest.raises(BadReference):
            campaigns.reference_for(campaigns.create(database, PACK, BOBS, START), "person-7")

    def test_the_placeholder_of_a_copied_snippet_is_nobodys(self, database, signed):
        plain = campaigns.create(database, PACK, ALICES, START)
        assert campaigns.read_reference(plain, "REFERENCE") is None
        assert campaigns.read_reference(plain, "REFERENCE-7") == "REFERENCE-7"
        for campaign in (plain, signed):
            with pytest.raises(BadReference):
                campaigns.reference_for(campaign, "REFERENCE")
        with pytest.raises(BadReference):
            campaigns.read_reference(signed, Signer(signed.secret).sign("REFERENCE").decode())

    @pytest.mark.parametrize("reference", ["x" * 201, "a\nb", "\udcff"])
    def test_a_plain_one_has_the_same_limits(self, database, reference):
        plain = campaigns.create(database, PACK, ALICES, START)
        assert campaigns.read_reference(plain, "x" * 200) == "x" * 200
        with pytest.raises(BadReference):
            campaigns.read_reference(plain, reference)


class TestStates:
    """States and counts."""

    def test_a_campaign_is_paused_closed_and_opened_again(self, database):
        made = campaigns.create(database, PACK, ALICES, START)
        for state in ("paused", "closed", "open"):
            assert campaigns.set_state(database, made.public_id, state)
            assert campaigns.find(database, made.public_id) == replace(made, state=state)

    def test_one_that_does_not_exist_has_no_state(self, database):
        assert campaigns.set_state(database, "nobody", "paused") is False
        assert campaigns.find(database, "nobody") is None

    def test_another_state_there_is_not(self, database):
        with pytest.raises(ValueError, match="not 'deleted'"):
            campaigns.set_state(database, "nobody", "deleted")

    def test_the_started_and_finished_of_each_are_counted_apart(self, database, ask, ben, ana, alices, bobs):
        ben.accept(alices).answer_all(choice=2)
        ana.accept(alices)
        ana.start()
        assert [(it.name, *counts) for it, *counts in campaigns.everyone(database)] == [
            ("Spring fair", 2, 1),
            ("Inside", 0, 0),
        ]
