"""Words of a law that say where its terms are defined: all of them, one of them, or a quote's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pincite.types import Span
from pincite.words import stem, words
from service.answering.definitions import Definition, scope_of
from service.answering.layout import Layout

_TERMS = r"(?:the|that|such|those|such a) terms?"
_IN = rf"(?: (?:to (?:it|them|{_TERMS}) )?(?:in|by|under|at))"
_GIVEN = (
    r"(?: as)?(?: (?:set forth|given|provided(?: for)?|stated|defined|found|ascribed|specified"
    rf"|contained))?(?: {_TERMS})?"
)
_MEANING = rf"ha(?:s|ve) (?:the )?(?:same |respective )?meanings?{_GIVEN}{_IN}"
# "all terms shall have the same meanings as set forth in section 9-131"; "the definitions provided
# for in section 11-140 are incorporated herein".
_ALL_TERMS = re.compile(
    rf"\b(?:terms?|words?|phrases?)\b(?! [“\"‘])[^.;“\"\n]{{0,60}}?\b(?:shall )?{_MEANING}\b"
    rf"|\bdefinitions{_GIVEN}{_IN}\b(?=[^.;\n]{{0,120}}\b(?:incorporated|shall apply$|apply$))",
    re.IGNORECASE | re.MULTILINE,
)
# "“city property” has the same meaning as set forth in section 4-210".
_ONE_TERM = re.compile(rf"\b(?:shall )?{_MEANING}\b|\b(?:is|are) defined{_IN}\b", re.IGNORECASE)
# "a qualified alien (as defined in section 1641 of this title)".
_INLINE = re.compile(
    r"(?:, ?| ?\(| )(?:as (?:(?:that|such|those) terms? (?:is|are) |further |otherwise )?"
    rf"defined{_IN}|within the meaning of)\b",
    re.IGNORECASE,
)
_EXCEPT = re.compile(r"\bexcept that\b[^.\n]*", re.IGNORECASE)
_QUOTED = re.compile(r"[“\"‘]([^”\"’\n]+)[”\"’]")
# Words that may lead to a term: "For the purposes of this section, the term".
_LEADING = 10
_REACH = 400  # characters in which a clause says what and where, and what it sets apart


@dataclass(frozen=True, slots=True)
class Referral:
    """A clause that has all terms of some stretches, but those set `apart`, defined elsewhere.

    `named` are the words that say where.
    """

    scope: tuple[Span, ...]
    named: Span
    apart: frozenset[tuple[str, ...]]


def referrals_in(layout: Layout, within: Span) -> tuple[Referral, ...]:
    """The clauses in a part of a law that take its terms from elsewhere."""
    found = []
    for match in _ALL_TERMS.finditer(layout.text, within.start, within.end):
        line = layout.text.rfind("\n", 0, match.start()) + 1
        end = layout.text.find("\n", match.end())
        named = Span(match.end(), min(end if end >= 0 else len(layout.text), match.end() + _REACH))
        kept = _EXCEPT.search(layout.text, named.start, named.end)
        apart = frozenset(stems_of(term) for term in _QUOTED.findall(kept[0])) if kept else ()
        scope = scope_of(layout, Span(line, named.end), [])
        found.append(Referral(scope, named, frozenset(apart)))
    return tuple(found)


def referred(layout: Layout, one: Definition) -> Span | None:
    """The words of a definition that say where its term is defined, if it says no more."""
    if one.span is None:
        return None
    match = _ONE_TERM.search(layout.text, one.span.start, one.span.end)
    if match is None:
        return None
    before = stems_of(layout.text[one.span.start : match.start()])
    only = len(before) <= _LEADING + len(one.stems) and says(before, one.stems)
    return Span(match.end(), one.span.end) if only else None


def pointed(layout: Layout, quote: Span) -> Iterator[tuple[tuple[str, ...], Span]]:
    """The words of a quote before each "as defined in", and those that say where."""
    for match in _INLINE.finditer(layout.text, quote.start, quote.end):
        said = Span(max(quote.start, match.start() - _REACH), match.start()).of(layout.text)
        yield stems_of(said), Span(match.end(), quote.end)


def says(said: tuple[str, ...], stems: tuple[str, ...]) -> bool:
    """Whether words use a term, both by their stems."""
    return any(said[at : at + len(stems)] == stems for at in range(len(said)))


def stems_of(text: str) -> tuple[str, ...]:
    """The words of a text by their stems, as definitions have those of their terms."""
    return tuple(stem(word) for word in words(text))
