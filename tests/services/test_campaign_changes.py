"""Campaigns changed: what stays, what becomes a new version, and whether people can start."""

from dataclasses import replace

import pytest
from cast import ALICES, BOBS, START, content
from rows import run

from quiz.services import campaigns, take
from quiz.services.campaigns import Problem, Texts, Unusable

PACK = content().pack
HELLO = {"es": Texts(intro="Hola"), "en": Texts(intro="Hello")}


@pytest.fixture
def alices(database):
    return campaigns.create(database, PACK, ALICES, START, texts=HELLO)


def begin(database, campaign, answers=3):
    """Start an attempt of a campaign and answer some of it; its token."""
    token = take.start(database, PACK, "en", START, campaign_id=campaign.id)
    attempt = take.find(database, token)
    for item in PACK.item_ids[:answers]:
        run(database, "INSERT INTO answers VALUES (:id, :item, 3, 4000, :now)", id=attempt.id, item=item, now=START)
    return token


class TestTexts:
    """What a campaign says in its own words."""

    def test_what_was_said_is_what_is_found(self, database, alices):
        assert campaigns.texts_of(database, alices) == HELLO
        assert alices.texts_version == 1

    def test_one_without_words_of_its_own_has_none(self, database):
        made = campaigns.create(database, PACK, BOBS, START, texts={"es": Texts(), "en": Texts()})
        assert (made.texts_version, campaigns.texts_of(database, made)) == (0, {})

    def test_a_changed_text_makes_a_version_and_the_old_one_stays(self, database, alices):
        said = {**HELLO, "en": Texts(intro="Good morning")}
        changed = campaigns.change(database, alices, ALICES, said, START + 1)
        assert changed.texts_version == 2
        assert campaigns.texts_of(database, changed) == said
        assert campaigns.texts_of(database, alices) == HELLO  # version 1, as people read it

    def test_the_same_texts_again_are_no_new_version(self, database, alices):
        assert campaigns.change(database, alices, ALICES, HELLO, START + 1).texts_version == 1
        assert campaigns.change(database, alices, ALICES, None, START + 1).texts_version == 1

    def test_no_version_is_used_twice_also_after_all_texts_went(self, database, alices):
        empty = campaigns.change(database, alices, ALICES, {}, START + 1)
        assert (empty.texts_version, campaigns.texts_of(database, empty)) == (2, {})
        again = campaigns.change(database, empty, ALICES, HELLO, START + 2)
        assert (again.texts_version, campaigns.texts_of(database, again)) == (3, HELLO)

    def test_who_keeps_names_says_in_each_language_what_people_agree_to(self, database):
        wanted = replace(ALICES, identification="named", languages=("es",))
        with pytest.raises(Unusable) as raised:
            campaigns.create(database, PACK, wanted, START, texts={"en": Texts(consent="Yes")})
        assert raised.value.problems == (Problem("consent_es", "missing"),)
        assert campaigns.create(database, PACK, wanted, START, texts={"es": Texts(consent="Sí")}).texts_version == 1

    @pytest.mark.parametrize(
        ("said", "kind"),
        [("x" * 4001, "too-long"), ("a\x00", "unreadable"), ("\ue000", "unreadable"), ("\udcff", "unreadable")],
    )
    def test_a_text_that_nobody_could_read_is_refused_in_its_field(self, database, said, kind):
        for name in Texts.__slots__:
            with pytest.raises(Unusable) as raised:
                campaigns.create(database, PACK, ALICES, START, texts={"es": Texts(**{name: said})})
            assert [(it.field, it.kind) for it in raised.value.problems] == [(f"{name}_es", kind)]

    def test_paragraphs_and_4000_characters_are_fine(self, database):
        said = {"en": Texts(thanks="One\n\nTwo", privacy="x" * 4000)}
        made = campaigns.create(database, PACK, ALICES, START, texts=said)
        assert campaigns.texts_of(database, made) == said


class TestChanging:
    """Changing a campaign."""

    def test_every_setting_changes_and_nothing_else(self, database, alices):
        wanted = replace(
            BOBS,
            accent="#1a5fb4",
            opens_ms=START,
            closes_ms=START + 1,
            private=True,
            shares_outcome=True,
            languages=("en",),
        )
        changed = campaigns.change(database, alices, wanted, HELLO, START + 1)
        assert campaigns.wanted_of(changed) == wanted
        assert campaigns.find(database, alices.public_id) == changed
        kept = ("id", "public_id", "pack", "pack_version", "secret", "state", "created_ms", "hold", "opened")
        assert [getattr(changed, name) for name in kept] == [getattr(alices, name) for name in kept]

    def test_how_people_are_known_is_fixed_once_somebody_has_started(self, database, alices):
        begin(database, alices)
        with pytest.raises(Unusable) as raised:
            campaigns.change(database, alices, replace(ALICES, identification="signed", name=" "), HELLO, START)
        assert [(it.field, it.kind) for it in raised.value.problems] == [
            ("name", "missing"),
            ("identification", "fixed"),
        ]
        assert campaigns.find(database, alices.public_id) == alices
        assert campaigns.change(database, alices, replace(ALICES, name="New"), HELLO, START).name == "New"

    def test_what_is_wrong_changes_nothing(self, database, alices):
        with pytest.raises(Unusable):
            campaigns.change(database, alices, replace(ALICES, name="New", retain_days=0), {}, START)
        assert campaigns.find(database, alices.public_id) == alices
        assert campaigns.texts_of(database, alices) == HELLO

    @pytest.mark.parametrize(
        ("wrong", "field", "kind"),
        [
            ({"languages": ()}, "languages", "missing"),
            ({"languages": ("es", "xx")}, "languages", "unknown"),
            ({"accent": "red"}, "accent", "colour"),
            ({"accent": "#FFF"}, "accent", "colour"),
            ({"opens_ms": START, "closes_ms": START}, "closes", "order"),
            ({"opens_ms": 0}, "opens", "date"),
            ({"closes_ms": 10**15}, "closes", "date"),
            ({"sites": tuple(f"https://{n}.example" for n in range(31))}, "sites", "too-many"),
        ],
    )
    def test_each_wrong_setting_is_told_with_its_field(self, wrong, field, kind):
        assert [(it.field, it.kind) for it in campaigns.problems(replace(ALICES, **wrong))] == [(field, kind)]


class TestStarting:
    """Whether people can start."""

    @pytest.mark.parametrize(
        ("dates", "can"),
        [
            ((None, None), True),
            ((START, None), True),
            ((START + 1, None), False),
            ((None, START + 1), True),
            ((None, START), False),
            ((START - 5, START + 5), True),
        ],
    )
    def test_from_the_opening_until_the_closing(self, database, dates, can):
        wanted = replace(ALICES, opens_ms=dates[0], closes_ms=dates[1])
        assert campaigns.can_start(campaigns.create(database, PACK, wanted, START), START) is can

    def test_never_while_it_is_paused_or_closed(self, alices):
        assert [campaigns.can_start(replace(alices, state=state), START) for state in campaigns.STATES] == [
            *(True, False, False)
        ]


class TestSpeed:
    """The taker's path."""

    def test_a_campaign_is_found_by_one_statement(self, database, alices, monkeypatch):
        token = begin(database, alices)
        attempt = take.find(database, token)
        kind = type(database.reader())
        asked, run = [], kind.run
        monkeypatch.setattr(kind, "run", lambda *a, **k: asked.append(a) or run(*a, **k))
        campaigns.find(database, alices.public_id)
        assert campaigns.told_to(database, attempt.id).campaign == alices
        assert len(asked) == 3, "one more has its texts"

    def test_of_a_team_there_are_its_own_with_their_counts_the_newest_first(self, database, alices):
        from quiz.services import team

        tidewell, northgate = (team.new(database, name, START) for name in ("Tidewell", "Northgate"))
        one, two, _ = (
            campaigns.create(database, PACK, ALICES, START, team_id=number)
            for number in (tidewell, tidewell, northgate)
        )
        begin(database, one)
        assert campaigns.of_team(database, tidewell) == [(two, 0, 0), (one, 1, 0)]
