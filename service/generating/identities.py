"""What a short sentence says that something is: "Detainers are warrants".

Such a sentence shares all its words with texts that speak of both things and say no such thing,
so likeness proves nothing: a quote has to say it too.
"""

from __future__ import annotations

import re

from pincite.words import stem

_IS = r"(?:is|are|was|were|be|means?|constitutes?)"
_ARTICLE = r"(?:(?:an?|the|any|all|every)\s+)?"
_SAYS = re.compile(
    rf"{_ARTICLE}(?:[\w’'-]+\s+){{1,6}}?{_IS}\s+{_ARTICLE}"
    r"(?P<what>[^\W\d_]+(?:[ -][^\W\d_]+){0,2})\.?",
    re.I,
)
# A negation and a figure are checked as such.
_CHECKED = re.compile(
    r"\b(?:not|no|never|neither|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    r"|\w+teen|\w+ty|hundred|thousand|million)\b",
    re.I,
)
_NEAR = 7
_QUOTED = re.compile(rf"\b(?:{_IS}|as|deemed|called|considered)\b(?P<what>(?:\W+\w+){{1,8}})", re.I)


def unsupported_identity(statement: str, sentences: str) -> list[str]:
    """What a sentence says that something is, where no sentence quoted says so."""
    said = _SAYS.fullmatch(" ".join(statement.split()))
    if said is None or _CHECKED.search(said["what"]):
        return []
    wanted = stem(re.split(r"[ -]", said["what"])[-1].lower())
    # Each verb opens a stretch of its own, so the stretches may overlap.
    for found in re.finditer(rf"(?=({_QUOTED.pattern}))", sentences, re.I):
        if wanted in {stem(word.lower()) for word in re.findall(r"\w+", found["what"])[:_NEAR]}:
            return []
    return [f"is: {said['what']}"]
