"""Questions that lean on the one before, or on a text that was named or quoted with it."""

from __future__ import annotations

import re
from dataclasses import replace

from pincite.words import words
from service.conversing.names import CASE, PARTS, antecedent, named_texts
from service.conversing.places import places_of
from service.conversing.pronouns import Pointer, definite, pointer
from service.conversing.saying import ASKING, AUXILIARY, Said, content, lowered
from service.conversing.turns import Known, Subject, trimmed

_BIDS = re.compile(
    r"(?:please\s+)?(?:compare|contrast|explain|summarize|define|apply|list)\b", re.I
)
_BEGINS = re.compile(rf"(?:(?:for|by|in|on|to|under)\s+)?(?:{AUXILIARY}|{ASKING}|any)\b", re.I)
# What is asked of a text, not of what the talk was about.
_OF_TEXTS = re.compile(
    r"\b(?:say|says|said|appl(?:y|ies|ied)|covers?|means?|in\s+force|in\s+effect|effective|valid"
    r"|repeal\w*|revok\w*|amend\w*|expir\w*|enact\w*|passed|adopted|issued|signed|wr[io]te?\w*"
    r"|decided|published|enforce\w*|defin\w*|mention\w*|exempt\w*|includ\w*|began|begin|start\w*"
    r"|ends?|ended|chang\w*|violat\w*|break\w*|constitutional|binding|law|upheld|struck|overruled"
    r"|challeng\w*|vot\w*|unanim\w*|bound|cites?|cited|requires?|forbids?|prohibit\w*|allows?|permits?|provides?|address\w*"
    r"|deals?|refers?|lasts?|superseded|replaced|current|took\s+effect|take\s+effect|about)\b",
    re.I,
)
_JUDGE = re.compile(r"\b(?:Chief\s+)?Justice\s+[A-Z][\w’'-]+", re.I)
# "How did the justices vote?", "who dissented?": asked of the case that is spoken of.
_BENCH = re.compile(r"\b(?:(?:which\s+)?(?:the\s+)?(?:justices?|judges?|court)|who)\b", re.I)
_VOTING_WORDS = """
    justice justices judge judges court dissent dissents dissented dissenting concur concurred
    concurring concurrence split divide divided unanimous unanimously lineup majority opinion
    opinions decision ruling
"""
_VOTING = frozenset(_VOTING_WORDS.split())
_SAYING_WORDS = """
    add added argue argued think thought hold held conclude concluded join joined vote voted write
    wrote reason reasoned rely relied believe believed find found
"""
_SAYING = frozenset(_SAYING_WORDS.split())
# Words of a subject that make a question one of its own, and words of a short one.
_FEW, _MOST_WORDS = 3, 12


def of_a_text(said: Said, subject: Subject, known: Known) -> Subject | None:
    """A question of a text that was named or quoted before: "is it still in force?"."""
    if said.about or not said.is_clause:
        return None
    found = pointer(said.rest)
    if found is None:
        found = None if _names_a_text(said.rest) else definite(said.rest)
    if found is None or not _means_text(found, said.rest):
        return None
    name = antecedent(found.noun, subject, known.entries)
    if name is None:
        return None
    own = said.rest[found.start : found.end].lower()
    if found.noun in PARTS | {"opinion"}:
        name = f"{said.rest[found.start : found.end]} in {name}"
    elif own == "its":
        name = f"{name}’{'' if name.endswith('s') else 's'}"
    base = said.rest[: found.start] + name + said.rest[found.end :]
    fresh = Subject(base[0].upper() + base[1:] + "?", documents=subject.documents)
    return replace(fresh, place=subject.place, as_of=subject.as_of)


def of_a_judge(said: Said, subject: Subject, known: Known) -> Subject | None:
    """What a judge said in the case spoken of ("what did Justice O'Connor add?"); how all voted."""
    judge = _JUDGE.search(said.rest) or _BENCH.search(said.rest)
    if judge is None or not said.is_clause or _names_a_text(said.rest):
        return None
    asked = set(content(said.rest)) - set(content(judge[0]))
    said_so = set(words(said.rest[judge.end() :])) & (_SAYING | _VOTING)
    if not said_so or asked - _SAYING - _VOTING:
        return None
    case = antecedent("case", subject, known.entries)
    if case is None:
        return None
    base = f"{trimmed(said.rest)} in {case}?"
    base = base[0].upper() + base[1:]
    return replace(subject, base=base, condition="", topic="", aspect="")


def leaning(said: Said, subject: Subject, known: Known) -> Subject | None:
    """A question with a word in it that leans on the one before: "can they be sued for that?"."""
    if said.about or not (said.is_clause or _BIDS.match(said.rest)):
        return None
    found = pointer(said.rest)
    if found is None:
        return None
    if len(content(said.rest)) >= _FEW and places_of(said.rest, known.jurisdictions):
        return None  # "Will it rain in Nashville this weekend?"
    rest, places = said.rest, places_of(subject.base, known.jurisdictions)
    if rest[found.start : found.end].lower() == "there" and len(places) == 1:
        rest = f"{rest[: found.start]}in {places[0]}"
    return replace(subject, aspect=lowered(rest))


def without_subject(said: Said, subject: Subject, known: Known) -> Subject | None:
    """A question that names nothing of its own: "are there any exceptions?", "and who pays?"."""
    if _names_a_text(said.rest) or places_of(said.rest, known.jurisdictions):
        return None
    words = len(content(said.rest))
    asks = said.is_clause or re.match(r"any\b", said.rest, re.I)
    if not asks or words >= (_FEW if said.connected else 1) or len(said.rest.split()) > _MOST_WORDS:
        return None
    if not _BEGINS.match(said.rest):
        return None
    there = "are there " if said.rest.lower().startswith("any ") else ""
    return replace(subject, aspect=there + lowered(said.rest))


def _names_a_text(text: str) -> bool:
    return bool(named_texts(text)) or CASE.search(text) is not None


def _means_text(found: Pointer, text: str) -> bool:
    """Whether a text is meant, and not what it is about."""
    if found.noun is not None:
        return True
    own = text[found.start : found.end].lower()
    return own in ("it", "its") and _OF_TEXTS.search(text) is not None
