"""Doctrines that people ask about in plain words, in the words in which courts put them.

    doctrine_of("Can the feds make our sheriff enforce immigration law?", places)
    # "May the Federal Government compel the States, or command their officers, ..."

Such a question shares no word with the ruling that answers it, and many with texts that do not. It
is read so only where it asks what may be done and names no text, no court and no place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from pincite.citations.find import citations_in
from pincite.kinds import Kind
from pincite.said import Said
from pincite.types import Answer, Question
from service.answering.evidence import asks_court
from service.wording import places_named


@dataclass(frozen=True, slots=True)
class Doctrine:
    """How a doctrine is asked about, and how courts ask it.

    `of_law` is whether it is asked so where the law of the asker's place tells, if there is any.
    """

    asks: re.Pattern[str]
    words: str
    of_law: bool = False


_FEDERAL = (
    r"(?:the\s+)?(?:feds?|federal\s+(?:government|officials|agents|agenc(?:y|ies))|congress"
    r"|washington|united\s+states|u\.?s\.?\s+government|national\s+government|white\s+house"
    r"|president|administration|attorney\s+general|justice\s+department|department\s+of\s+\w+"
    r"|doj|dhs|ice)"
)
_MAY = r"(?:can|may|could|might)"
_FORCE = r"(?:force|make|compel|order|command|coerce|conscript|draft|oblige|commandeer|require)"
_FORCED = r"(?:forced|made|compelled|ordered|commanded|coerced|conscripted|drafted|commandeered)"
_STATES = (
    r"(?:states?|localit(?:y|ies)|local|cit(?:y|ies)|towns?|count(?:y|ies)|municipalit(?:y|ies)"
    r"|police|cops|sheriffs?|mayors?|governors?|legislatures?)\b(?!['’]|\s+(?:laws?|funds?)\b)"
)
_THEIR = r"(?:(?:a|an|any|the|our|my|their|all|state|local|city|county|unwilling)\s+){0,3}"
_POWER = (
    rf"(?:{_MAY}\s+{_FEDERAL}(?:\s+\w+ly)?"
    rf"|is\s+it\s+(?:\w+ly\s+)?(?:legal|lawful|constitutional|allowed|ok(?:ay)?)\s+for\s+{_FEDERAL}\s+to"
    rf"|does\s+the\s+constitution\s+(?:let|allow|permit)\s+{_FEDERAL}(?:\s+to)?"
    rf"|(?:is|are)\s+{_FEDERAL}\s+(?:allowed|permitted|free)\s+to"
    rf"|do(?:es)?\s+{_FEDERAL}\s+have\s+(?:the\s+|any\s+)?(?:power|right|authority)\s+to)"
)
_COMMANDEERING = (
    "May the Federal Government compel the States, or command their officers, to administer"
    " or enforce a federal regulatory program?"
)
_DOCTRINES = (
    # New York v. United States, 505 U.S. 144, 188 (1992); Printz v. United States, 521 U.S. 898,
    # 935 (1997).
    Doctrine(
        re.compile(
            rf"\b{_POWER}\s+{_FORCE}\s+{_THEIR}{_STATES}"
            rf"|\b{_MAY}\s+{_THEIR}{_STATES}(?:\s+\w+){{0,2}}?\s+be\s+{_FORCED}\b"
            r"[^?]*\b(?:federal|immigration|ice|congress)\b"
            r"|\b(?:what\s+is|what['’]s|explain|define)\b[^?]{0,30}\banti-?\s?commandeering\b"
            rf"|\b{_MAY}\b[^?]{{0,60}}\bcommandeer\b|\bis\s+commandeering\b"
            r"|^\W*(?:the\s+)?anti-?\s?commandeering(?:\s+(?:doctrine|principle|rule))?\W*$",
            re.I,
        ),
        _COMMANDEERING,
    ),
    Doctrine(
        re.compile(
            rf"\b(?:must|do|does|are|is)\s+{_THEIR}{_STATES}(?:\s+(?!not\b)\w+){{0,2}}?"
            r"(?:\s+(?:have|required|obliged|obligated|bound|forced)\s+to)?"
            r"\s+(?:enforce|administer|carry\s+out|help\s+(?:to\s+)?enforce)\s+(?:the\s+)?"
            r"(?:federal|immigration)\b",
            re.I,
        ),
        _COMMANDEERING,
        of_law=True,
    ),
    # Arizona v. United States, 567 U.S. 387, 399 (2012).
    Doctrine(
        re.compile(
            rf"\b{_MAY}\s+{_THEIR}{_STATES}(?:\s+\w+){{0,2}}?\s+(?:make|pass|enact|adopt|have|set|write)"
            r"\s+(?:(?:its|their|his|own|a|an|any|new|separate)\s+){0,3}immigration"
            r"\s+(?:laws?|rules?|regulations?|offenses?|crimes?)\b"
            r"|\bis\s+immigration\b[^?]{0,40}\b(?:only|exclusively|solely|just)\b[^?]{0,30}\bfederal\b"
            r"|\bwho\s+(?:controls|regulates|makes\s+the\s+rules\s+(?:on|for))\s+immigration\b",
            re.I,
        ),
        "Are States precluded from regulating conduct in a field that Congress has determined must"
        " be regulated by its exclusive governance?",
    ),
    # Youngstown Sheet & Tube Co. v. Sawyer, 343 U.S. 579, 585 (1952).
    Doctrine(
        re.compile(
            rf"\b{_MAY}\s+(?:the|a)\s+president\s+(?:just\s+)?(?:make|change|rewrite|write|enact)"
            r"\s+(?:(?:his|her|their|own|a|an|any|new|the)\s+){0,3}laws?\b"
            r"|\bwhere\s+does\s+(?:the|a)\s+president['’]?s?\s+power\b[^?]{0,40}\bcome\s+from\b"
            r"|\bdoes\s+an?\s+executive\s+order\s+need\b[^?]{0,30}\b(?:statute|congress|law)\b",
            re.I,
        ),
        "Does the President's power to issue an order have to stem from an act of Congress or from"
        " the Constitution?",
    ),
)
# A condition on a grant compels nobody who may leave the grant.
_MONEY = re.compile(r"\b(?:grants?|fund(?:s|ing)?|money|condition\w*|strings)\b", re.I)


# The courts' own words find their ruling surely, if it is held.
_SURE = 0.9


def doctrine_of(
    question: str, jurisdictions: frozenset[str], place: str | None = None
) -> str | None:
    """A doctrine's question in the words of courts, where a question asks it in others.

    `place` is where the asker stands: whether its police must do a thing its own law may tell.
    """
    if asks_court(question) or citations_in(question) or places_named(question, jurisdictions):
        return None
    if _MONEY.search(question):
        return None
    found = [one for one in _DOCTRINES if one.asks.search(question)]
    return next(
        (one.words for one in found if not (one.of_law and place) and one.words != question), None
    )


def as_doctrine(answer: Answer, question: Question) -> Answer | None:
    """The answer to a doctrine's question as one to what was asked, where a court answers first.

    How the question was read is told. No model words it anew: it would be shown what was found for
    the plain words.
    """
    if (answer.confidence or 0.0) < _SURE:
        return None
    first = answer.citations[:1]
    if not all(one.entry.kind is Kind.COURT_RULING and one.channel == "law" for one in first):
        return None
    if not (first and answer.statements):
        return None
    read = Said("The question was read as: “{words}”", words=answer.question.text)
    statements = tuple(replace(one, support=None) for one in answer.statements)
    told = (read, *answer.notices)
    return replace(answer, question=question, statements=statements, notices=told)
