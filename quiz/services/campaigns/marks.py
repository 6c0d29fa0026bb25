"""What a form was made from: a mark for each field, by which a change that came in between is found."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from hashlib import sha256

from quiz.services.campaigns.wanted import LANGUAGES, Texts, Wanted
from quiz.store.campaigns import Campaign

Marks = Mapping[str, str]
"""A mark by field: equal fields have equal marks."""
_LENGTH = 12


class Stale(RuntimeError):
    """The campaign was changed since the form was made; `campaign` and `texts` are as they are now."""

    def __init__(self, campaign: Campaign, texts: Mapping[str, Texts]) -> None:
        self.campaign = campaign
        self.texts = texts
        super().__init__(campaign.public_id)


def marks(wanted: Wanted, texts: Mapping[str, Texts]) -> Marks:
    """The marks of settings, and of texts as `intro_es`."""
    fields = asdict(wanted)
    for language in LANGUAGES:
        fields |= {f"{name}_{language}": text for name, text in asdict(texts.get(language, Texts())).items()}
    # The database has 1 for what a form calls true.
    plain = {name: int(value) if isinstance(value, bool) else value for name, value in fields.items()}
    return {name: sha256(json.dumps(value).encode()).hexdigest()[:_LENGTH] for name, value in plain.items()}


def differing(one: Marks, other: Marks) -> tuple[str, ...]:
    """The fields that are not the same in both."""
    return tuple(name for name, mark in other.items() if one.get(name) != mark)
