"""Where words that a model quotes stand in a document: verbatim, white space and quotes apart."""

from __future__ import annotations

import re

from pincite.types import Document, Span
from service.answering.units import units
from service.generating.plain import UNSEEN

# Fewer words than this are found anywhere, and prove nothing.
_LEAST_WORDS = 3
# A sentence longer than this is not shown whole for a part of it.
_MOST_WORDS = 160
# How far a quote may reach over the border of its passage, beside its own length.
_SLACK = 200
_ITEM = re.compile(r"[“\"]?\(?(\w{1,5})[.)]\s")
_LEADS = re.compile(r"(?:[:—–]|\b(?:shall|may|must|not|that|if|unless|to))\s*$", re.I)
_LEAD_WITHIN = 6000
_QUOTES = "\"'`´“”„‟‘’‚‛«»‹›′″"
_DROPPED = frozenset(_QUOTES + UNSEEN)
_ELLIPSES = " .…"


def found(document: Document, passage: Span, words: str) -> Span | None:
    """Where a document says these words, at least partly inside the passage; None where not."""
    wanted = _folded(words)[0].strip()
    if wanted.startswith(("…", "...")):
        wanted = wanted.lstrip(_ELLIPSES)
    if wanted.endswith(("…", "...")):
        wanted = wanted.rstrip(_ELLIPSES)
    if len(wanted.split()) < _LEAST_WORDS:
        return None
    around = 2 * len(words) + _SLACK
    first = max(0, passage.start - around)
    said, places = _folded(document.text[first : passage.end + around])
    at = said.find(wanted)
    while at >= 0:
        span = Span(first + places[at], first + places[at + len(wanted) - 1] + 1)
        if span.meets(passage) and _is_whole(said, at, at + len(wanted)):
            return span
        at = said.find(wanted, at + 1)
    return None


def _folded(text: str) -> tuple[str, list[int]]:
    """The text without quotation marks, its white space single, and where each character stood."""
    kept: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        if character in _DROPPED:
            continue
        if character.isspace():
            if kept and kept[-1] == " ":
                continue
            character = " "
        kept.append(character)
        places.append(place)
    return "".join(kept), places


def _is_whole(said: str, start: int, end: int) -> bool:
    """Whether a stretch neither begins nor ends inside a word."""
    before = said[start - 1 : start].isalnum() and said[start].isalnum()
    after = said[end : end + 1].isalnum() and said[end - 1].isalnum()
    return not (before or after)


def sentence_around(document: Document, passage: Span, quote: Span) -> Span:
    """The whole sentence that a quote is of, with its lead-in: half of one reads as its opposite.

    Where no stretch that can stand alone holds the quote, the lines that it is of.
    """
    text = document.text
    within = Span(min(passage.start, quote.start), max(passage.end, quote.end))
    whole = [unit for unit in units(document, within) if unit.holds(quote)]
    if whole:
        end = min(whole, key=lambda unit: unit.end - unit.start).end
        return min((unit for unit in whole if unit.end == end), key=lambda unit: unit.start)
    start, end = text.rfind("\n", 0, quote.start) + 1, text.find("\n", quote.end)
    return Span(start, len(text) if end < 0 else end)


def lead_in(document: Document, sentence: Span) -> str:
    """What governs an item of a list that is too long to be cited with it; else nothing."""
    text, item = document.text, _ITEM.match(document.text, sentence.start)
    if not item:
        return ""
    above = text[max(0, sentence.start - _LEAD_WITHIN) : sentence.start].splitlines()
    return next(
        (line for line in reversed(above) if _LEADS.search(line) and not _is_beside(line, item[1])),
        "",
    )


def _is_beside(line: str, number: str) -> bool:
    """Whether a line is an item of the same list, which governs nothing but its own."""
    other = _ITEM.match(line)
    return other is not None and _series(other[1]) == _series(number)


def _series(number: str) -> str:
    """How the items of a list are counted: "2" with "10", "b" with "q", "ii" with "x"."""
    if number.isdigit():
        return "1"
    if number.isupper():
        return "A"
    return "i" if set(number) <= set("ivx") else "a"


def shown_around(document: Document, sentence: Span, quote: Span) -> Span:
    """What is cited for a quote: its whole sentence, unless that is too long to be read."""
    return sentence if len(sentence.of(document.text).split()) <= _MOST_WORDS else quote
