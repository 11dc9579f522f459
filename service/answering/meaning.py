"""What a term means, where a question asks for nothing else: its definition, or silence.

    term_of("How does Iowa law define 'local entity'?")    # "local entity"

A clause that merely uses a term is the likeliest wrong answer to who asks what it means.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from pincite.sentences import sentences
from pincite.types import Citation, Span
from pincite.words import STOP_WORDS, stem, words
from service.answering.considering import Considered
from service.answering.evidence import Evidence, asks_court, bears_on
from service.answering.laws import law_of
from service.answering.sources import texts_named

# A term is quoted, or ends where a question says whose it is.
_TERM = (
    r"(?:[“\"‘'](?P<{0}q>[^”\"’']{{2,60}})[”\"’']|(?:a\s+person\s+who\s+is\s+|an?\s+|the\s+)?"
    r"(?P<{0}t>[\w’'-]+(?:\s+(?!(?:in|under|within|for|as|according|by|from|means?|defined|there)\b)"
    r"[\w’'-]+){{0,5}}))"
)
_END = (
    r"(?:(?<=[”\"’'])|(?=\s*(?:[?.,;]|$|\b(?:in|under|within|for|as|according|by|from|there)\b)))"
)
_FORMS = [
    re.compile(form, re.I)
    for form in (
        rf"\b(?:definition|meaning)s?\s+of\s+{_TERM.format('a')}{_END}",
        rf"\bwhat\s+(?:does|do)\b[^?]{{1,60}}?\bmean\s+by\s+{_TERM.format('m')}{_END}",
        rf"\bwhat\s+(?:does|do)\s+(?:the\s+(?:term|word|phrase)\s+)?{_TERM.format('b')}\s+mean\b"
        r"(?!\s+(?:by|to)\b)",
        rf"\bwhat\s+is\s+meant\s+by\s+{_TERM.format('c')}{_END}",
        rf"\bhow\s+(?:is|are)\s+(?:the\s+term\s+)?{_TERM.format('d')}\s+defined\b",
        rf"\bdefines?\s+(?:the\s+(?:term|word|phrase)\s+)?{_TERM.format('e')}{_END}",
        r"^\W*[“\"‘'](?P<fq>[^”\"’']{2,60})[”\"’'],?\s+(?:definition|meaning|defined)\b",
    )
]
_WHAT_IS = re.compile(
    r"^\W*(?:what|who)(?:\s+(?:is|are)|['’]s)\s+(?P<thing>(?:an?\s+)?[\w’'\s“”\"-]{3,60}?)"
    r"(?:\s+(?:in|under|for)\b[^?]*)?[?.\s]*$",
    re.I,
)
# "What does it mean", "what does the law mean": no term of a text.
_NO_TERMS = """
    law laws section subsection paragraph clause act ordinance statute order text rule code bill
    ruling decision one
"""
_NO_TERM = STOP_WORDS | frozenset(_NO_TERMS.split())
_QUOTED = re.compile(r"[“\"‘'][^”\"’']{2,60}[”\"’']")
# "... means", "... includes", "... is any person who": a term is what stands before.
_DEFINES = re.compile(
    r"\b(?:means?|meaning|includes?|excludes?|(?:is|are)\s+(?:an?|any|every|those|such|one|whatever|whoever)\b"
    r"|refers?\s+to|consists?\s+of|defined|deemed|denotes?|constitutes?|comprises?)\b",
    re.I,
)
# A definition begins its sentence, or nearly.
_LONGEST = 1_000
# So many words more may a term that is defined have, and stand between it and its verb.
_MOST_MORE, _MOST_BETWEEN = 2, 6
# Passages whose texts are looked through for a definition.
_LOOKED_AT = 5


def term_of(question: str, places: Collection[str] = ()) -> str | None:
    """The term whose meaning is asked for, or None; what a court meant is another question.

    Names of `places` behind it are no part of it: "definition of sanctuary policy Tennessee".
    """
    if asks_court(_QUOTED.sub(" ", question)):
        return None
    for form in _FORMS:
        if found := form.search(question):
            term = next(value for value in found.groupdict().values() if value)
            for place in sorted(places, key=len, reverse=True):
                term = re.sub(rf"(?<=\w) {re.escape(place)}$", "", term, flags=re.I)
            return term if set(words(term)) - _NO_TERM else None
    return None


def thing_of(question: str, places: Collection[str] = ()) -> str | None:
    """The thing that a question asks the nature of ("What is a detainer?"), or None.

    A definition answers that best, but is not all that does.
    """
    found = _WHAT_IS.search(question)
    if found is None or asks_court(question):
        return None
    return term_of(f"definition of {found['thing']}", places)


def defines(citation: Citation, term: str) -> bool:
    """Whether a sentence of a quote names a term and goes on as definitions do."""
    wanted, quote = _stems(term), citation.quote
    if not wanted:
        return False
    for span in sentences(quote, 0, len(quote)):
        said = span.of(quote)[:_LONGEST]
        for verb in _DEFINES.finditer(said):
            before = _stems(said[: verb.start()])[-len(wanted) - _MOST_BETWEEN :]
            if any(before[at : at + len(wanted)] == wanted for at in range(len(before))):
                return True
    return False


def definition_in(on: Considered, term: str) -> tuple[Evidence, Span] | None:
    """Where the laws that bear on the question define a term, or one with a word or two more.

    They are of the places and texts that it names, where it names any.
    """
    wanted = _stems(term)
    found: list[tuple[int, int, Evidence, Span]] = []
    for at, one in enumerate(_laws(on)[:_LOOKED_AT]):
        rules = law_of(one.document).around(one.hit.passage.span.start)
        held = [d for d in rules.definitions if _is_of(d.stems, wanted)]
        found += [(len(d.stems), at, one, d.span) for d in held if d.span is not None]
    best = min(found, key=lambda row: row[:2], default=None)
    return (best[2], best[3]) if best else None


def _laws(on: Considered) -> list[Evidence]:
    named = texts_named(on.asking.text, on.asking.holdings, on.view)
    ids = frozenset().union(*named)
    return [
        one
        for one in on.evidence
        if one.is_law
        and (not ids or one.document.entry.id in ids)
        and (not on.near or bears_on(one.authority, on.near))
    ]


def _is_of(stems: Sequence[str], wanted: Sequence[str]) -> bool:
    more = len(stems) - len(wanted)
    return 0 <= more <= _MOST_MORE and set(wanted) <= set(stems)


def _stems(text: str) -> list[str]:
    return [stem(word) for word in words(text)]
