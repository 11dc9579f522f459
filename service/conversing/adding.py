"""The same question with something added: a condition, a topic, something else that is asked."""

from __future__ import annotations

import re
from dataclasses import replace

from service.conversing.names import named_texts
from service.conversing.places import places_of
from service.conversing.saying import ASKING, AUXILIARY, Said, content, lowered
from service.conversing.turns import Known, Subject, trimmed

_AGAIN = re.compile(
    r"(?:please\s+|can\s+you\s+|could\s+you\s+)?(?:(?:tell|show)\s+me\s+(?:more|the\s+(?:text|source"
    r"|rule|words))(?:\s+about\s+(?:it|that|this))?|more(?:\s+details?|\s+info(?:rmation)?)?"
    r"|go\s+on|explain(?:\s+(?:it|that|this|more|further))?|elaborate|source"
    r"|(?:where|which\s+section|which\s+law|who)\s+(?:does\s+it\s+)?says?\s+(?:that|so|this)"
    r"|says\s+who|are\s+you\s+sure|really|quote\s+(?:it|that)|cite\s+(?:it|that)|what\s+else"
    r"|anything\s+else|(?:in\s+)?(?:plain|simple|simpler)(?:\s+(?:words|english|terms))?"
    r"|in\s+english|shorter)(?:,?\s+please)?",
    re.I,
)
_CONDITION = re.compile(
    r"(?:wh?at\s+(?P<if>if)|(?:(?:even|only|not|just|also)\s+){0,2}(?P<word>if|unless|when|while|without"
    r"|with|on|near|after|before|during|within|outside|inside|at|by|for|to|from|in|under|over"
    r"|between|except|against|through|via|where))\b",
    re.I,
)
_MAIN_CLAUSE = re.compile(
    rf"^\s+{AUXILIARY}\b|,\s*(?:\w+\s+){{0,2}}?{AUXILIARY}\b|\b{ASKING}\b", re.I
)
_MAY_HAVE_VERBS = {"if", "unless", "when", "while", "where", "after", "before"}
_ASPECT = re.compile(
    rf"(?:(?:for|by|in|since|until|from|to|at|on|under|with|of)\s+)?{ASKING}"
    r"(?:\s+(?:not|else|much|many|long|often|soon|exactly|come|so|is\s+that|law|date|then|day|days"
    r"|hours|weeks|months|years?|section|statute|court|judge|page|authority|conditions?))*",
    re.I,
)
# "Who disagreed?", "by what date, and in how many languages?".
_WHICH = re.compile(
    rf"{ASKING}\s+[\w’'-]+"
    rf"|how\s+\w+\s+(?:after|before|until|from|in|per)\b(?!.*\b{AUXILIARY}\b).{{1,40}}"
    rf"|(?:for|by|in|since|until|from|to|at|on|under|with|of)\s+{ASKING}\b(?!.*\b{AUXILIARY}\b).{{1,60}}",
    re.I,
)
_WHY_NOT = re.compile(r"why(?:\s+is(?:n['’]t)?\s+(?:that|it))?(?:\s+not)?", re.I)
_ARTICLE = re.compile(r"^(?:for|of|about|on)\s+", re.I)
_ENDS = {"on", "without", "against", "near"}
# Words of a fragment at most, and words of a subject that make it a question of its own.
_MOST_WORDS, _MANY = 12, 4


def again(said: Said, subject: Subject, known: Known) -> Subject | None:
    """The same once more: "tell me more", "where does it say that?"."""
    return subject if _AGAIN.fullmatch(said.rest) else None


def condition(said: Said, subject: Subject, known: Known) -> Subject | None:
    """The same where something is so: "and if it has expired?", "without a warrant?"."""
    match = _CONDITION.match(said.rest)
    if match is None:
        return None
    rest = said.rest[match.start("if") :] if match["if"] else said.rest
    word, after = (match["word"] or "if").lower(), said.rest[match.end() :]
    whole = said.is_clause
    if word in _MAY_HAVE_VERBS:
        whole = _MAIN_CLAUSE.search(after) is not None
    named = bool(named_texts(rest)) or bool(places_of(rest, known.jurisdictions))
    if whole or (named and len(content(rest)) >= _MANY):
        return None
    if not said.opened and not match["if"] and len(rest.split()) > _MOST_WORDS:
        return None
    if (base := _other_end(subject.base, rest, word)) is not None:
        return replace(subject, base=base, aspect="")
    return replace(subject, condition=lowered(rest), aspect="")


def aspect(said: Said, subject: Subject, known: Known) -> Subject | None:
    """Something else of the same, in a word: "why?", "since when?"."""
    if not _ASPECT.fullmatch(said.rest) and not _WHICH.fullmatch(said.rest):
        return None
    if _WHY_NOT.fullmatch(said.rest) and "not" in said.rest.lower():
        return replace(subject, aspect="if not, why not")
    return replace(subject, aspect=lowered(said.rest))


def another_topic(said: Said, subject: Subject, known: Known) -> Subject | None:
    """The same of something else: "what about minors?", "and a suspect?"."""
    if not said.rest or not said.opened or (said.is_clause and not said.about):
        return None
    if not said.about and len(said.rest.split()) > _MOST_WORDS:
        return None
    return replace(subject, topic=lowered(_ARTICLE.sub("", said.rest)), aspect="")


def _other_end(base: str, end: str, word: str) -> str | None:
    """The question with its last words changed for their like: "on boats" for "on drones"."""
    match = re.search(rf"\b{word}\s+[^,]{{1,30}}$", trimmed(base)) if word in _ENDS else None
    return f"{base[: match.start()]}{lowered(end)}?" if match else None
