"""Reads the console's export in JSON Lines: each person is an object, with the answers under `answers`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from quiz.core.pack import ANSWERS, Pack
from quiz.packs.problem import suggestion
from quiz.services.answer_table.kinds import CARRIED, AnswerRow, BadColumns, BadRow, Unreadable, duration


def exported(pack: Pack, first: bytes, rows: Iterator[bytes], groups: Sequence[str]) -> Iterator[AnswerRow | BadRow]:
    """The people from the line `first` on; raises BadColumns at once."""
    _check(first, groups)
    return _people(pack, chain([first], rows), groups)


def _check(line: bytes, groups: Sequence[str]) -> None:
    """Raise BadColumns where the first object has no answers, or lacks what a group is taken from."""
    try:
        found = _object(line)
    except Unreadable as reason:
        raise BadColumns([f"the first line cannot be read: {reason}"]) from reason
    problems = [f"there is no key '{group}'" + suggestion(group, found) for group in groups if group not in found]
    if not isinstance(found.get("answers"), dict):
        problems.append("there is no key 'answers': export the results with answers")
    if problems:
        raise BadColumns(problems)


def _people(pack: Pack, lines: Iterator[bytes], groups: Sequence[str]) -> Iterator[AnswerRow | BadRow]:
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            found = _object(line)
            answers, seconds = _given(pack, found)
        except Unreadable as reason:
            yield BadRow(number, str(reason))
            continue
        carried = {key: _word(found[key]) for key in CARRIED if key in found}
        yield AnswerRow(number, carried, {group: _word(found.get(group)) for group in groups}, answers, seconds)


def _object(line: bytes) -> dict[str, Any]:
    try:
        found = json.loads(line.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError) as reason:
        raise Unreadable("is not JSON in UTF-8") from reason
    if not isinstance(found, dict):
        raise Unreadable("is not a JSON object")
    return found


def _given(pack: Pack, found: Mapping[str, Any]) -> tuple[Mapping[str, int], Mapping[str, float]]:
    """The answers and seconds of an exported person; Unreadable for another quiz, or questions of another version."""
    quiz, version = found.get("pack", pack.id), str(found.get("pack_version", pack.version)).partition("+")[0]
    if quiz != pack.id:
        raise Unreadable(f"is of the quiz '{quiz}', not of '{pack.id}'")
    if version != pack.version:
        raise Unreadable(f"is of version {version} of the questions, not of {pack.version}")
    answers: dict[str, int] = {}
    seconds: dict[str, float] = {}
    wrong: list[str] = []
    given = found.get("answers")
    for item, entry in given.items() if isinstance(given, dict) else ():
        choice, time = (entry.get("choice"), entry.get("seconds")) if isinstance(entry, dict) else (entry, None)
        if item not in pack.position:
            wrong.append(f"unknown item '{item}'" + suggestion(item, pack.item_ids))
        elif type(choice) is not int or choice not in ANSWERS:
            wrong.append(f"{item}: '{choice}' is not an answer from 1 to 5")
        else:
            answers[item] = choice
            if time is not None and (read := duration(str(time))) is not None:
                seconds[item] = read
    if wrong:
        raise Unreadable("; ".join(wrong))
    return answers, seconds


def _word(value: object) -> str:
    return "" if value is None else str(value)
