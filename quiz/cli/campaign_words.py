"""What is wrong with a campaign, in the words of the command line."""

from __future__ import annotations

from quiz.services.campaigns import IDENTIFICATIONS, LANGUAGES, Problem

_WORDS = {
    "missing": "say something, takers need to know it",
    "too-long": "at most {limit} characters, not {value}",
    "one-line": "on one line, and only characters that everybody can read",
    "unreadable": "on one line, and only characters that everybody can read",
    "fixed": "somebody has started already; how people are known stays {value}",
    "promised": "somebody has started already; at most {limit}, as they were told",
    "too-many": "at most {limit}",
    "number": "from 1 to {limit}, not {value}",
    "address": "an address that begins with https://, of at most {limit} characters",
    "colour": "a colour such as #1a5fb4 is needed",
    "unspoken": "the quiz is not there in {value!r}",
    "date": "a date from 2000 to 2100 is needed",
    "order": "it has to close after it opens",
}
_CHOICES = {"identification": IDENTIFICATIONS, "languages": LANGUAGES}


def in_words(problem: Problem) -> str:
    """A problem as a line: the field, then what to do."""
    if problem.field == "sites" and problem.line:
        if problem.kind == "everybody":
            return (
                f"site {problem.value!r}: anybody can have a site there; name your own, such as https://*.example.com"
            )
        meant = f"; did you mean {problem.better}?" if problem.better else ", such as https://jobs.example.com"
        return f"site {problem.value!r}: an origin is needed{meant}"
    if problem.kind == "unknown":
        return f"{problem.field}: {', '.join(_CHOICES[problem.field])}, not {problem.value!r}"
    said = _WORDS[problem.kind].format(limit=problem.limit, value=problem.value)
    return f"{problem.field}: {said}"
