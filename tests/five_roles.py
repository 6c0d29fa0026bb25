"""A small quiz of five roles, as files: for tests of what must work with more roles than two."""

from pathlib import Path

ROLES = ("finder", "closer", "keeper", "helper", "builder")
DIMENSIONS = {
    "opening": "finder",
    "pace": "finder",
    "nerve": "closer",
    "caring": "keeper",
    "teaching": "helper",
    "order": "builder",
    "depth": "builder",
}
SHORT = {"finder": "Fi", "closer": "Cl", "keeper": "Ke", "helper": "He", "builder": "Bu"}
OUTCOMES = ("clear", "leaning", "both", "too-close", "neither", "none")
_NAMES = tuple(DIMENSIONS)
STATEMENTS = tuple(f"{dimension}-{number}" for dimension in _NAMES for number in (1, 2))
TRADE_OFFS = tuple(
    f"{a}-{b}" for place, a in enumerate(_NAMES) for b in _NAMES[place + 1 :] if DIMENSIONS[a] != DIMENSIONS[b]
)
ITEMS = STATEMENTS + TRADE_OFFS


def towards(role: str) -> dict[str, int]:
    """The answers of somebody whom everything draws to one role."""
    wanted = {name for name, of in DIMENSIONS.items() if of == role}
    answers = {}
    for item in STATEMENTS:
        dimension, number = item.rsplit("-", 1)
        high = (dimension in wanted) == (number == "1")
        answers[item] = (5 if dimension in wanted else 4) if high else 2
    for item in TRADE_OFFS:
        a, b = item.split("-")
        answers[item] = 1 if a in wanted else 5 if b in wanted else 3
    return answers


def write(folder: Path, languages: tuple[str, ...] = ("es", "en"), version: str = "1.0.0", name: str = "five") -> Path:
    """Write the pack into a folder of its own."""
    place = folder / f"{name}-{version}"
    place.mkdir(parents=True)
    (place / "pack.toml").write_text(_pack(languages, version, name))
    (place / "parameters.toml").write_text(PARAMETERS)
    for language in languages:
        (place / f"{language}.toml").write_text(_language({"es": "Cinco", "en": "Five"}[language]))
    return place


PARAMETERS = """\
version = "1.0.0"
released = 2026-11-23
status = "expert"
loading = 0.8
mean = 3.0
sd = 1.01
acquiescence_sd = 0.3
within = 0.4
across = 0.1
doubt = 0.1
"""


def _pack(languages: tuple[str, ...], version: str, name: str) -> str:
    quoted = ", ".join(f'"{language}"' for language in languages)
    lines = [f'id = "{name}"', f'version = "{version}"', "released = 2026-11-23", f"languages = [{quoted}]"]
    lines += ["minimum = 12", "minutes = 4"]
    for dimension, role in DIMENSIONS.items():
        lines += ["[[dimensions]]", f'id = "{dimension}"', f'role = "{role}"', 'kind = "skill"']
    for role in ROLES:
        own = [dimension for dimension, of in DIMENSIONS.items() if of == role]
        lines += ["[[roles]]", f'id = "{role}"', "[roles.weights]", *(f"{each} = {1 / len(own)}" for each in own)]
    for item in STATEMENTS:
        dimension, number = item.rsplit("-", 1)
        lines += ["[[items]]", f'id = "{item}"', 'kind = "statement"', f'dimension = "{dimension}"']
        lines += [f"key = {1 if number == '1' else -1}"]
    for item in TRADE_OFFS:
        a, b = item.split("-")
        lines += ["[[items]]", f'id = "{item}"', 'kind = "trade-off"', f'a = "{a}"', f'b = "{b}"']
    return "\n".join(lines) + "\n"


def _texts(word: str, *keys: str) -> list[str]:
    return [f'{key} = "{word} {key}"' for key in keys]


def _language(word: str) -> str:
    five = ", ".join(f'"{word} {point}"' for point in range(1, 6))
    lines = ["[pack]", *_texts(word, "name", "question", "lead", "limits"), f'gets = ["{word}"]']
    lines += ["[options]", f"statement = [{five}]", f"trade-off = [{five}]"]
    for dimension in DIMENSIONS:
        lines += [f"[dimensions.{dimension}]", f'name = "{word} {dimension}"']
        lines += _texts(word, "description", "high", "middling", "low", "strength", "advice")
    for item in STATEMENTS:
        lines += [f"[items.{item}]", f'text = "{word} {item}"']
    for item in TRADE_OFFS:
        lines += [f"[items.{item}]", f'scene = "{word} {item}"', *_texts(word, "a", "b")]
    return "\n".join([*lines, *_roles(word), *_outcomes(word), *_rest(word)]) + "\n"


def _roles(word: str) -> list[str]:
    lines: list[str] = []
    for role in ROLES:
        lines += [f"[roles.{role}]", f'name = "{word.lower()} {role}"', f'short = "{SHORT[role]}"']
        lines += _texts(word, "summary", "centre", "goal", "example", "interaction", "influence")
        lines += _texts(word, "pay", "growth", "preferences")
        lines += [f'{key} = ["{word}"]' for key in ("functions", "skills", "enjoys", "wears", "next")]
        lines += [f'day = [{{ time = "9:00", text = "{word}" }}]']
        lines += [f"[[roles.{role}.ladders.software]]", *_texts(word, "stage", "years", "change")]
        lines += [f'skills = ["{word}"]']
    return [*lines, "[variants.software]", *_texts(word, "name", "text")]


def _outcomes(word: str) -> list[str]:
    lines: list[str] = []
    for kind in OUTCOMES:
        named = kind in ("clear", "leaning")
        lines += [f"[outcomes.{kind}]", f'headline = "{word} {kind}{" {role}" if named else ""}"']
        lines += [*_texts(word, "meaning", "career"), "next = []" if named else f'next = ["{word}"]']
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
        "[esco]",
        *("[esco_notice]", *_texts(word, "text")),
    ]
