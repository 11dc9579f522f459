"""Whether a question has a word in it that points at what was said before.

"Does it apply to minors?" does. "Which cities does ICE raid before it leaves?" does not: what
"it" means stands in the same question. A pronoun has no antecedent in its own clause, a
possessive may have.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pincite.words import STOP_WORDS
from service.conversing.names import NOUNS
from service.conversing.saying import ASKING, AUXILIARY, content

_NOUN = "|".join(sorted(NOUNS, key=len, reverse=True))
# "that law", "the same section"; a bare "that" only where it is no conjunction.
_POINTING = re.compile(
    rf"\b(?:(?:this|that|these|those|the\s+same|said)\s+(?P<noun>{_NOUN})s?\b"
    r"|(?P<they>they|them|he|him|she)\b|(?P<its>its|their|his|her)\b|(?P<it>it)\b"
    r"|(?:is|was|are|does|did|can|would|will)\s+(?P<that>that|this|those|these)\b"
    rf"(?!\s+(?:{_NOUN})s?\b)"
    r"|^(?:compare|contrast|explain|summarize|define|apply)\s+(?P<told>that|this|these|those)\b"
    r"|(?:make|makes|made|get|take|on|in|for|of|to|with|about|under|from|by|against)\s+"
    r"(?P<of>(?:that|this|those|these)\s+\w+)$"
    r"|(?P<last>that|this|those|these)$|(?<!is\s)(?<!are\s)(?<!was\s)(?P<there>there)$)",
    re.I,
)
_DEFINITE = re.compile(
    rf"\bthe\s+(?P<noun>{_NOUN})(?:['’]s)?\b(?!\s+(?:of|on|in|that|which|about|for|to|from|by|against"
    r"|signed|issued|between|with|\d|v)\b)(?!\s*\d)(?!\s+(?:of|on|in|that)\b)",
    re.I,
)
# "Is it a crime to ...", "is it true that ...": this "it" points at what follows.
_EXPLETIVE = re.compile(r"\bit\b.*?\b(?:to|that|if|whether|for|when)\b(?P<more>.+)", re.I)
_IS_IT = re.compile(
    r"\b(?:is|was|would|be|isn['’]t|does|will|did)\s+it\b(?!\s+(?:apply|say|mean|refer|extend))",
    re.I,
)
_SENTENCE = re.compile(r"[.?!;]\s+\S|\s[-–—]\s")
_PARTING = re.compile(
    r",|\b(?:if|when|while|that|who|which|whom|whose|because|before|befor|after|until|unless|and|or"
    r"|but|where|than|as|how|what|why)\b",
    re.I,
)
_HEAD = re.compile(
    rf"^(?:(?:for|by|in|under|on|at|to|since|until)\s+)?(?:{ASKING}|how\s+(?:many|much|long))"
    rf"\s+(?:\w+\s+){{1,3}}?(?={AUXILIARY}\b)|^{ASKING}\b",
    re.I,
)
_SOMEONE = re.compile(r"\b(?:some?|any|every|no)(?:one|body)\b|\bpersons?\b|\bpeople\b", re.I)


@dataclass(frozen=True, slots=True)
class Pointer:
    """A word that points back: where it stands, and the noun that it comes with."""

    start: int
    end: int
    noun: str | None = None


def pointer(question: str) -> Pointer | None:
    """The first word of a question that points at what was said before it, if any does."""
    if _SENTENCE.search(question):
        return None
    for match in _POINTING.finditer(question):
        before, after = question[: match.start()], question[match.end() :]
        if match["it"] and _is_expletive(question):
            continue
        if not _is_bound(before, after, possessive=bool(match["its"])):
            return Pointer(*match.span(), noun=_small(match["noun"]))
        return None
    return None


def definite(question: str) -> Pointer | None:
    """A text that a question means without naming it: "when was the order revoked?"."""
    match = _DEFINITE.search(question)
    if match is None or _SENTENCE.search(question):
        return None
    return Pointer(*match.span(), noun=_small(match["noun"]))


def _small(noun: str | None) -> str | None:
    return " ".join(noun.lower().split()) if noun else None


def _is_bound(before: str, after: str, *, possessive: bool) -> bool:
    """Whether something that stands before a pronoun in its own question can be meant by it."""
    asked = _HEAD.match(before)
    own = before[asked.end() :] if asked else before
    several = possessive or _PARTING.search(own) is not None
    names = bool(content(own)) or _SOMEONE.search(own) is not None
    return names and (several or _begins_a_relative(before, after))


def _begins_a_relative(before: str, after: str) -> bool:
    """Whether a pronoun begins a clause that has no word before it: "somone they arested"."""
    last, first = re.search(r"[\w’'-]+\s*$", before), re.match(r"\s+([\w’'-]+)", after)
    if last is None or first is None:
        return False
    noun = last[0].strip().lower()
    verb = first[1].lower()
    plain = bool(content(noun)) or _SOMEONE.fullmatch(noun) is not None
    return plain and verb not in STOP_WORDS


def _is_expletive(question: str) -> bool:
    if not _IS_IT.search(question):
        return False
    match = _EXPLETIVE.search(question)
    return match is not None and len(content(match["more"])) >= 2
