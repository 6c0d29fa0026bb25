"""Each way in which a pack can be broken is reported, with its file and line.

A row of a table says what is broken, what stands in the file, what is put in its place, the text (after the
change) in whose line the problem is found, and words of its message.
"""

import pytest

PACK = [
    ("not TOML", "minutes = 2", "minutes = = 2", "minutes", "is not good TOML"),
    ("text for a number", "minutes = 2", 'minutes = "2"', "minutes", "minutes: should be a valid integer"),
    ("an unknown key", "minutes = 2", "minutes = 2\nminimun = 4", "minimun", "did you mean 'minimum'?"),
    ("a missing key", "minimum = 4\n", "", "id =", "minimum: is missing"),
    ("a version in words", '"1.0.0"', '"first"', "version", "version: is not of the form"),
    ("an unknown key value", "key = 1\n", "key = 2\n", "key = 2", "items.ask-first.key: should be 1 or -1"),
    ("an unknown item kind", '"statement"', '"stament"', "[[items]]", "items.ask-first: kind 'stament' is none of"),
    ("a loading of 1", "loading = 0.85", "loading = 1.0", "loading", "loading: should be less than 1"),
    ("half a pair", "across = 0.25\n", "", "[parameters]", "`within` and `across`, or `correlations`"),
    (
        "a repeated item",
        '"hold-out"',
        '"ask-first"',
        'id = "ask-first"\nkind = "statement"\ndimension = "nerve"',
        "the id 'ask-first' is taken already, in line 52",
    ),
    ("a reserved id", 'id = "river"', 'id = "result"', 'id = "result"', "uses the word 'result' itself"),
    ("an unknown dimension", 'dimension = "nerve"', 'dimension = "nevre"', 'dimension = "nevre"', "mean 'nerve'?"),
    ("an unknown option", 'b = "order"', 'b = "ordre"', 'b = "ordre"', "did you mean 'order'?"),
    ("an unknown role", 'role = "hunter"', 'role = "huntre"', 'role = "huntre"', "did you mean 'hunter'?"),
    ("an unknown weight", "nerve = 0.4", "nevre = 0.4", "nevre", "unknown dimension 'nevre'"),
    ("an unknown mirror", 'mirror = "autumn"', 'mirror = "autum"', 'mirror = "autum"', "mean 'autumn'?"),
    ("a mirror of one", 'mirror = "spring"\n', "", 'mirror = "autumn"', "'autumn' does not name 'spring'"),
    (
        "a mirror not swapped",
        'a = "opening"\nb = "caring"',
        'a = "opening"\nb = "order"',
        'mirror = "autumn"',
        "the mirror 'autumn' does not ask the same the other way round",
    ),
    (
        "one dimension twice",
        'a = "nerve"\nb = "order"',
        'a = "nerve"\nb = "nerve"',
        'b = "nerve"\n\n[[items]]\nid = "m',
        "both options speak for 'nerve'",
    ),
    ("weights beyond 1", "opening = 0.6", "opening = 0.7", "[roles.weights]", "'hunter' sum to 1.1, not to 1"),
    ("a negative weight", "opening = 0.6", "opening = -0.6", "opening = -0.6", "the weight -0.6 is negative"),
    ("a minimum too high", "minimum = 4", "minimum = 11", "minimum", "the minimum exceeds the 10 items"),
    ("correlations at odds", "within = 0.4", "within = -0.9", "[parameters]", "correlations: contradict each other"),
    ("a small matrix", "within = 0.4\nacross = 0.25", "correlations = [[1.0]]", "correlations", "needs 4 rows of 4"),
    ("a doubt too few", "doubt = 0.1", "doubt = { opening = 0.1 }", "doubt", "'order' has no doubt"),
    ("low reliability", "loading = 0.85", "loading = 0.5", "[[items]]", "reliability of the complete form is 0.5"),
    ("keys that lean", "key = -1", "key = 1", "[[items]]", "only 1 of 4 statements of the pack have the key -1"),
]

SPANISH = [
    ("not TOML", "[options]", "[options", "[options", "is not good TOML"),
    ("a text never closed", '"hola limits"', '"hola', 'limits = "hola', "is not good TOML"),
    ("an empty text", '"hola lead"', '" "', "lead", "pack.lead: is empty"),
    ("a missing text", 'lead = "hola lead"\n', "", "[pack]", "pack.lead: is missing"),
    ("an unknown key", 'lead = "hola lead"', 'laed = "hola"', "laed", "is not a known key; did you mean 'lead'?"),
    ("a text for no item", "[items.river]", "[items.rivre]", "[items.rivre]", "not in the pack; did you mean 'river'?"),
    ("an item without text", "[items.river]", "[items.rivre]", "[items.ask-first]", "items.river: has no text"),
    ("four options", ', "hola 5"]', "]", "statement =", "options.statement.5: is missing"),
    (
        "a statement with a scene",
        'text = "hola ask-first"',
        'scene = "s"\na = "a"\nb = "b"',
        "[items.ask-first]",
        "items.ask-first: the statement needs a text",
    ),
    ("a long statement", '"hola ask-first"', f'"{"a" * 121}"', "text =", "has 121 characters, at most 120"),
    ("a long option", '"hola a"', f'"{"a" * 96}"', "a = ", "items.spring.a: has 96 characters, at most 95"),
    ("HTML", '"hola lead"', '"hola <b>lead</b>"', "lead", "'<b>': texts are plain, without HTML"),
    ("a strange placeholder", "hola clear {role}", "hola {role} {rol}", "{rol}", "'{rol}' cannot be filled here"),
    ("a winner in a close call", '"hola too-close"', '"{role}!"', "{role}!", "'{role}' cannot be filled here"),
    ("a winner not named", "hola clear {role}", "hola", 'headline = "hola"', "headline: does not name the {role}"),
    ("no next step", '["hola both next"]', "[]", "next = []\n[outcomes.too", "outcomes.both.next: is empty"),
    ("an unknown outcome", "[outcomes.neither]", "[outcomes.nether]", "[outcomes.nether]", "did you mean 'neither'?"),
    ("an outcome left out", "[outcomes.neither]", "[outcomes.nether]", "[outcomes.clear]", "neither: has no text"),
    (
        "a strange ladder",
        "hunter.ladders.agency",
        "hunter.ladders.agencia",
        "[[roles.hunter.ladders.agencia]]",
        "roles.hunter.ladders.agencia: is not in the pack; did you mean 'agency'?",
    ),
    ("an ESCO address without label", 'skill/opening"', 'skill/closing"', "[esco]", "esco: has no label for http"),
    ("an idle ESCO label", 'skill/opening"', 'skill/closing"', "skill/closing", "esco: pack.toml does not use http"),
]

GOLDEN = [
    ("an unknown item", "river = 4", "rivre = 4", "rivre", "answers the unknown item 'rivre'; did you mean 'river'?"),
    ("an answer out of range", "river = 4", "river = 6", "river = 6", "should be less than or equal to 5"),
    ("an unknown role", '"hunter"', '"huntre"', "huntre", "unknown role 'huntre'; did you mean 'hunter'?"),
    ("an unknown flag", "flags = []", 'flags = ["lazy"]', "flags", "ana.flags.1: should be 'hurried'"),
    ("an unknown outcome", '"clear", role = "h', '"clera", role = "h', "clera", "expect.outcome: should be 'clear'"),
    ("a repeated persona", 'id = "bruno"', 'id = "ana"', 'id = "ana"\nes = "Bruno', "the id 'ana' is taken already"),
    ("no Spanish", 'es = "Ana abre puertas."\n', "", "[[personas]]", "'ana' has no description in 'es'"),
    ("a winner without role", ', role = "hunter"', "", "expect", "'ana': no role is expected"),
    ("another winner", 'role = "hunter"', 'role = "farmer"', "expect", "'ana' comes out as clear for 'hunter'"),
    ("other flags", "flags = []", 'flags = ["hurried"]', "flags", "'ana' raises no flag, not 'hurried'"),
    ("answers twice", "flags = []", "every = 3", "[[personas]]", "personas.ana: give either `answers` or `every`"),
]


def _cases(file, table):
    return [pytest.param(file, *row[1:], id=f"{file}: {row[0]}") for row in table]


@pytest.mark.parametrize(
    ("file", "old", "new", "at", "message"),
    [*_cases("pack.toml", PACK), *_cases("es.toml", SPANISH), *_cases("golden.toml", GOLDEN)],
)
def test_a_broken_pack_is_told_what_is_wrong_and_where(tiny, file, old, new, at, message):
    tiny.change(file, old, new)
    found = [problem for problem in tiny.problems() if message in problem]
    assert [problem.split(": ")[0] for problem in found] == [f"{file}:{tiny.line(file, at)}"], tiny.problems()


def test_a_list_shorter_in_one_language_is_told(tiny):
    tiny.change("en.toml", '"hello one", ', "")
    assert tiny.problems() == [f"en.toml:{tiny.line('en.toml', 'gets')}: pack.gets: has 1, but 2 in es.toml"]


def test_a_role_on_one_side_of_the_trade_offs_is_told_and_so_is_what_follows(tiny):
    tiny.change("pack.toml", 'a = "caring"\nb = "nerve"', 'a = "nerve"\nb = "caring"')
    tiny.change("pack.toml", 'a = "order"\nb = "nerve"', 'a = "nerve"\nb = "order"')
    found = "\n".join(tiny.problems())
    assert "'hunter' stands on side A 5 times and on side B 1 times" in found
    assert "always taking side A names 'hunter'" in found


def test_a_dimension_with_one_item_is_told(tiny):
    tiny.change("pack.toml", 'role = "farmer"\nkind = "skill"\n', ONE_ITEM_DIMENSION)
    found = "\n".join(tiny.problems())
    assert "'patience' has 1 items, 2 are the least" in found


ONE_ITEM_DIMENSION = """\
role = "farmer"
kind = "skill"

[[dimensions]]
id = "patience"
role = "farmer"
kind = "skill"

[[items]]
id = "wait"
kind = "statement"
dimension = "patience"
key = 1
"""


def test_more_than_thirty_two_items_are_told(tiny):
    more = 'id = "more-{n}"\nkind = "statement"\ndimension = "order"\nkey = 1\n\n[[items]]\n'
    tiny.change("pack.toml", 'id = "fair"', "".join(more.format(n=n) for n in range(23)) + 'id = "fair"')
    assert any("33 items; 32 are the most" in problem for problem in tiny.problems())


def test_two_roles_of_the_same_weights_are_told(tiny):
    tiny.change("pack.toml", "caring = 0.6\norder = 0.4", "opening = 0.6\nnerve = 0.4")
    assert any("'farmer' has the weights of 'hunter'" in problem for problem in tiny.problems())
