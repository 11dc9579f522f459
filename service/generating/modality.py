"""What a sentence of law commands, permits, forbids or excepts, by its words alone."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pincite.sentences import sentences
from pincite.words import STOP_WORDS, stem, words

_NOT = r"(?:\s+(?:also|only|ever|under\s+no\s+circumstances?))?\s*(?:not|never|neither)\b"
_MODAL = r"(?:may|might|shall|must|can|will|should|could|would)"
_NEGATED_MODAL = re.compile(rf"\b{_MODAL}(?:{_NOT}|n['’]t\b)|\bcannot\b|\bwon['’]t\b", re.I)
# "No officer shall": the subject carries the negation of the verb that follows.
_NO_SUBJECT = re.compile(
    r"\b(?:no|neither|nor|none|nothing|nobody|no\s+one)\b[^.;:]{0,240}?"
    r"\b(?:may|shall|must|can|will)\b(?!\s+not)",
    re.I,
)
_NOT_REQUIRED = re.compile(
    r"\b(?:(?:does|do|did|is|are|shall|may|be)\s+not|n['’]t|nothing|need\s+not)\b(?:\s+[\w-]+){0,4}?"
    r"\s+(?:requir\w*|oblig\w+|compel\w*|mandat\w+|need(?:ed)?)\b|\bneed\s+not\b"
    r"|\bno\s+\w+\s+(?:is|are|shall\s+be)\s+(?:requir\w*|oblig\w+|compel\w*|needed)\b",
    re.I,
)
_OBLIGED = re.compile(
    r"\b(?:shall|must|required|requires?|obligat\w+|oblige[ds]?|has\s+to|have\s+to|mandat\w+)\b",
    re.I,
)
_PERMITTED = re.compile(
    r"\b(?:may|can|permit\w*|authori[sz]\w*|allow\w*|free\s+to|discretion)\b", re.I
)
_MONTH = re.compile(r"\bMay(?=\s+\d)|(?<=\d )May\b|(?<=\bin )May\b")
_PARTICLE = re.compile(
    r"\b(?:no|not|never|neither|nor|none|nothing|nobody|cannot)\b|n['’]t\b", re.I
)
# A noun's "unlawful" refuses nothing; "is unlawful" does.
_IS_WRONG = (
    r"\b(?:is|are|be|was|were)\s+(?:\w+\s+)?(?:unlawful|illegal|invalid|void|unconstitutional"
    r"|impermissible|ineligible|exempt)\b"
)
_FORBIDS = re.compile(
    r"\b(?:prohibit\w*|forbid\w*|forbade|bar|bars|barred|bans?|banned|preclud\w+|disallow\w*)\b"
    rf"|{_IS_WRONG}",
    re.I,
)
_REFUSES = re.compile(
    rf"{_FORBIDS.pattern}|\b(?:restrict\w*|prevent\w*|den(?:y|ies|ied)|refus\w+|limits?)\b", re.I
)
# What denies nothing though "no" or "not" is of it; and asides, which deny something else.
_IDIOMS = re.compile(
    r"\bwhether\s+or\s+not\b|\b(?:no|not)\s+(?:later|earlier|more|less|fewer)\s+than\b"
    r"|\bnot\s+(?:only|limited\s+to)\b|,\s+(?:and|but)\s+(?:no|not)\b[^,;.]*,"
    r"|,\s+(?:who|which|whose)\b[^,;.]*,|\bnos?\.\s*[\dA-Z]",
    re.I,
)
# A class of limits is stated where any word of its row stands.
_LIMITS: Mapping[str, re.Pattern[str]] = {
    "except": re.compile(
        r"\b(?:except\w*|unless|other\s+than|exclud\w+|provided\s+that|notwithstanding|but\s+not"
        r"|exempt\w*|however)\b",
        re.I,
    ),
    "only": re.compile(r"\b(?:only|solely|exclusive\w*|unless|except|limited\s+to|until)\b", re.I),
    "without": re.compile(r"\b(?:without|absent|absence|unless|lack\w*)\b", re.I),
}
_CLAUSE_END = re.compile(
    r"[;\n]|,\s+(?:but|except|provided|unless|and\s+(?:shall|may|must))\b|[.?!]\s"
)


def modals(text: str) -> set[str]:
    """What a text does: "obliges", "permits", "forbids", "requires not"."""
    text = _MONTH.sub(" ", text)
    found = set()
    for name, pattern in _NEGATED:
        text, count = pattern.subn(" ", text)
        if count:
            found.add(name)
    if _OBLIGED.search(text):
        found.add("obliges")
    if _PERMITTED.search(text):
        found.add("permits")
    return found


_NEGATED = (
    ("requires not", _NOT_REQUIRED),
    ("forbids", _NEGATED_MODAL),
    ("forbids", _NO_SUBJECT),
    ("forbids", re.compile(r"\bnot\s+(?:be\s+)?(?:permit\w*|authori[sz]\w*|allow\w*)\b", re.I)),
)


def denies(text: str) -> bool:
    """Whether a text says no: one denial does, and a denial of a prohibition does not."""
    text = _IDIOMS.sub(" ", text)
    return bool(_PARTICLE.search(text)) != bool(_REFUSES.search(text))


def unsupported_words(statement: str, quotes: str, whole: str) -> list[str]:
    """What a statement commands, denies or excepts otherwise than its quotes.

    `whole` are the sentences that the quotes are of: what is denied there, a part of them may not
    say.
    """
    statement, quotes, whole = map(_undotted, (statement, quotes, whole))
    faults = [f"modal: {name}" for name in sorted(_unsaid_modals(statement, quotes))]
    nearest = _nearest_clause(statement, whole)
    if denies(statement) != denies(nearest):
        faults.append("negation")
    if not modals(statement) and modals(nearest) == {"permits"}:
        faults.append("modal: permits")  # what may be is told as what is
    faults += [
        f"limit: {name}"
        for name, pattern in _LIMITS.items()
        if pattern.search(statement) and not pattern.search(quotes)
    ]
    return faults


def _unsaid_modals(statement: str, quotes: str) -> set[str]:
    said = modals(quotes)
    if _FORBIDS.search(quotes):
        said = said | {"forbids"}
    return modals(statement) - said


def _undotted(text: str) -> str:
    """The text with no full stop but those that end a sentence: "No. 9" and "U.S." end none."""
    text, kept, at = _IDIOMS.sub(" ", text), [], 0
    for span in sentences(text):
        said = span.of(text)
        kept += [text[at : span.start], said[:-1].replace(".", ""), said[-1]]
        at = span.end
    return "".join(kept)


def _nearest_clause(statement: str, text: str) -> str:
    """The clause of a text that shares most words with a statement, behind what governs it."""
    wanted = _content(statement)
    cuts = [match.span() for match in _CLAUSE_END.finditer(text)]
    starts, ends = [0, *(end for _, end in cuts)], [*(start for start, _ in cuts), len(text)]
    clauses = [text[a:b] for a, b in zip(starts, ends, strict=True) if text[a:b].strip()]
    if not clauses:
        return text
    nearest = max(clauses, key=lambda clause: len(wanted & _content(clause)))
    if nearest is clauses[0]:
        return nearest
    # A lead-in governs every item below it, and every numbered item behind it in its line.
    inline = _FIRST_ITEM.match(clauses[0]) if _ITEM.match(nearest) else None
    lead = clauses[0] if _LEAD.search(clauses[0]) else inline[1] if inline else ""
    return f"{lead} {nearest}"


_LEAD = re.compile(r"[:—–-]\s*$")
_ITEM = re.compile(r"\s*(?:and|or)?\s*\(\w{1,5}\)")
_FIRST_ITEM = re.compile(r"(.*?)\(\w{1,5}\)", re.S)


def _content(text: str) -> set[str]:
    return {stem(word) for word in words(text) if word not in STOP_WORDS}
