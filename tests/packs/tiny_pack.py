"""A tiny pack, complete and in order, as text: tests write it to a folder and break it."""

from pathlib import Path

DIMENSIONS = ("opening", "nerve", "caring", "order")
ROLES = ("hunter", "farmer")
STATEMENTS = ("ask-first", "hold-out", "stay-close", "keep-lists")
TRADE_OFFS = ("spring", "river", "market", "autumn", "forest", "fair")
OUTCOMES = ("clear", "leaning", "both", "too-close", "neither", "none")

PACK = """\
id = "tiny"
version = "1.0.0"
released = 2026-11-23
languages = ["es", "en"]
minimum = 4
minutes = 2

[[dimensions]]
id = "opening"
role = "hunter"
kind = "preference"
esco = ["http://data.europa.eu/esco/skill/opening"]

[[dimensions]]
id = "nerve"
role = "hunter"
kind = "skill"

[[dimensions]]
id = "caring"
role = "farmer"
kind = "preference"

[[dimensions]]
id = "order"
role = "farmer"
kind = "skill"

[[roles]]
id = "hunter"
[roles.weights]
opening = 0.6
nerve = 0.4

[[roles]]
id = "farmer"
[roles.weights]
caring = 0.6
order = 0.4

[[items]]
id = "ask-first"
kind = "statement"
dimension = "opening"
key = 1

[[items]]
id = "hold-out"
kind = "statement"
dimension = "nerve"
key = -1

[[items]]
id = "stay-close"
kind = "statement"
dimension = "caring"
key = 1

[[items]]
id = "keep-lists"
kind = "statement"
dimension = "order"
key = -1

[[items]]
id = "spring"
kind = "trade-off"
a = "opening"
b = "caring"
mirror = "autumn"

[[items]]
id = "river"
kind = "trade-off"
a = "nerve"
b = "order"

[[items]]
id = "market"
kind = "trade-off"
a = "caring"
b = "nerve"

[[items]]
id = "autumn"
kind = "trade-off"
a = "caring"
b = "opening"
mirror = "spring"

[[items]]
id = "forest"
kind = "trade-off"
a = "order"
b = "nerve"

[[items]]
id = "fair"
kind = "trade-off"
a = "opening"
b = "order"
"""

PARAMETERS = """\
version = "2.0.0"
released = 2026-11-23
status = "expert"
loading = 0.85
mean = 3.0
sd = 1.01
acquiescence_sd = 0.3
within = 0.4
across = 0.25
doubt = 0.1
"""

GOLDEN = """\
[[personas]]
id = "ana"
es = "Ana abre puertas."
en = "Ana opens doors."
expect = { outcome = "clear", role = "hunter" }
flags = []
answers = { ask-first = 5, hold-out = 1, stay-close = 2, keep-lists = 4, spring = 1, river = 2, market = 5, autumn = 4 }

[[personas]]
id = "bruno"
es = "Bruno cuida de lo que hay."
en = "Bruno looks after what is there."
expect = { outcome = "clear", role = "farmer" }
seconds = 7.5
[personas.answers]
ask-first = 2
hold-out = 4
stay-close = 5
keep-lists = 1
spring = 5
river = 4
market = 1
autumn = 2

[[personas]]
id = "carla"
es = "Carla se va pronto."
en = "Carla leaves early."
expect = { outcome = "none" }
answers = { ask-first = 4 }
""" + "".join(
    f"""
[[personas]]
id = "same-{number}"
es = "Siempre {number % 5 + 1}."
en = "Always {number % 5 + 1}."
expect = {{ outcome = "none" }}
every = {number % 5 + 1}
"""
    for number in range(7)
)


def language(word: str) -> str:
    """Return a language file whose texts all hold `word`."""
    return "\n".join([*_head(word), *_items(word), *_roles(word), *_outcomes(word), *_rest(word)]) + "\n"


def write(folder: Path) -> Path:
    """Write the pack into a folder of its own name."""
    place = folder / "tiny"
    place.mkdir()
    for name, text in FILES.items():
        (place / name).write_text(text, encoding="utf-8")
    return place


def _texts(word: str, *keys: str) -> list[str]:
    return [f'{key} = "{word} {key}"' for key in keys]


def _head(word: str) -> list[str]:
    lines = ["[pack]", *_texts(word, "name", "question", "lead", "limits"), f'gets = ["{word} one", "{word} two"]']
    five = ", ".join(f'"{word} {point}"' for point in range(1, 6))
    lines += ["[options]", f"statement = [{five}]", f"trade-off = [{five}]"]
    for dimension in DIMENSIONS:
        lines.append(f"[dimensions.{dimension}]")
        lines += _texts(word, "name", "description", "high", "middling", "low", "strength", "advice")
    return lines


def _items(word: str) -> list[str]:
    lines: list[str] = []
    for item in STATEMENTS:
        lines += [f"[items.{item}]", f'text = "{word} {item}"']
    for item in TRADE_OFFS:
        lines += [f"[items.{item}]", f'scene = "{word} {item}"', *_texts(word, "a", "b")]
    return lines


def _roles(word: str) -> list[str]:
    lines: list[str] = []
    for role in ROLES:
        lines += [f"[roles.{role}]", f'name = "{word} {role}"']
        lines += _texts(word, "short", "summary", "centre", "goal", "example", "interaction", "influence")
        lines += _texts(word, "pay", "growth", "preferences")
        lines += [f'{key} = ["{word}"]' for key in ("functions", "skills", "enjoys", "wears", "next")]
        lines += [f'day = [\n  {{ time = "9:00", text = "{word} {role}" }},\n]']
        for variant in ("agency", "software"):
            lines += [f"[[roles.{role}.ladders.{variant}]]", *_texts(word, "stage", "years", "change")]
            lines += [f'skills = ["{word}"]']
    for variant in ("agency", "software"):
        lines += [f"[variants.{variant}]", *_texts(word, "name", "text")]
    return lines


def _outcomes(word: str) -> list[str]:
    lines: list[str] = []
    for kind in OUTCOMES:
        named = kind in ("clear", "leaning")
        lines += [f"[outcomes.{kind}]", f'headline = "{word} {kind}{" {role}" if named else ""}"']
        lines += [*_texts(word, "meaning", "career"), "next = []" if named else f'next = ["{word} {kind} next"]']
    return lines


def _rest(word: str) -> list[str]:
    aspects = ("centre", "functions", "goal", "skills", "example", "interaction", "influence", "pay", "growth")
    return [
        *("[comparison]", *_texts(word, "title", "lead"), f'both = ["{word}"]'),
        *("[comparison.aspects]", *_texts(word, *aspects, "preferences")),
        *("[[comparison.disputable]]", *_texts(word, "claim", "view")),
        *("[career]", *_texts(word, "lead"), f'handover = ["{word}"]'),
        f'training = [{{ title = "{word}", text = "{word}" }}]',
        *("[career.pay]", *_texts(word, "base", "commission"), f'moves = ["{word}"]'),
        *("[[career.paths]]", *_texts(word, "title", "text"), 'source = "ours"'),
        *("[[career.neighbours]]", *_texts(word, "name", "text")),
        *("[esco]", f'"http://data.europa.eu/esco/skill/opening" = "{word}"'),
        *("[esco_notice]", *_texts(word, "text")),
    ]


FILES = {
    "pack.toml": PACK,
    "parameters.toml": PARAMETERS,
    "es.toml": language("hola"),
    "en.toml": language("hello"),
    "golden.toml": GOLDEN,
}
