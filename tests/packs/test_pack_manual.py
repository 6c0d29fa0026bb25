"""What a pack tells for its manual is read, is the same in all languages, and includes the version at hand."""

from quiz.packs.loader import load

FIRST = '\n[[changes]]\nversion = "1.0.0"\non = 2026-11-23\ntext = "new"\n'
SECOND = '\n[[changes]]\nof = "parameters"\nversion = "2.0.0"\non = 2026-11-24\ntext = "guessed"\n'


def tell(tiny, spanish, english):
    """Put changes at the end of the language files."""
    for name, text in (("es.toml", spanish), ("en.toml", english)):
        file = tiny.path / name
        file.write_text(file.read_text(encoding="utf-8") + text, encoding="utf-8")


def test_a_pack_may_tell_no_changes(tiny):
    assert tiny.problems() == []
    assert load(tiny.path).texts["en"].changes == ()


def test_changes_are_read_of_words_unless_they_say_of_parameters(tiny):
    tell(tiny, FIRST + SECOND, FIRST + SECOND)
    assert tiny.problems() == []
    told = load(tiny.path).texts["es"].changes
    assert [(change.of, change.version, change.text) for change in told] == [
        ("words", "1.0.0", "new"),
        ("parameters", "2.0.0", "guessed"),
    ]


def test_the_version_at_hand_is_among_the_changes(tiny):
    tell(tiny, FIRST, FIRST)
    tiny.change("pack.toml", 'version = "1.0.0"', 'version = "1.1.0"')
    message = "changes: do not tell what is new in version 1.1.0"
    assert tiny.problems() == [f"{name}:{tiny.line(name, '[[changes]]')}: {message}" for name in ("en.toml", "es.toml")]


def test_all_languages_tell_the_same_changes_on_the_same_days(tiny):
    tell(tiny, FIRST + SECOND, FIRST + SECOND.replace("11-24", "11-25"))
    line = tiny.line("en.toml", "[[changes]]")
    assert tiny.problems() == [f"en.toml:{line}: changes: version 2.0.0 of the parameters is not told as in es.toml"]


def test_what_stands_in_one_language_only_is_told(tiny):
    table = '\n[manual]\norigin = "o"\nauthors = "a"\nlicence = "l"\n'
    tell(tiny, table, "")
    assert any("manual: stands in es.toml and not in en.toml" in problem for problem in tiny.problems())
    tell(tiny, "", table)
    assert tiny.problems() == []
    assert load(tiny.path).texts["en"].manual.authors == "a"
