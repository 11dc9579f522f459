"""The words of a passage that were searched for, and the part of it that shows most of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pincite.citations.find import named_in
from pincite.sentences import sentences
from pincite.types import Span
from pincite.words import STOP_WORDS, stem, terms, words_at
from service.searching.notices import without_citations

# About as much of a passage is shown, in characters; one sentence may be so much longer.
_SHOWN = 420
_LONGEST = 560


def searched(text: str) -> frozenset[str]:
    """The stems that are looked for: of a citation its numbers, of the rest every word."""
    cited = " ".join(forms[-1] for _, forms in named_in(text) if forms)
    numbers = [number for number in terms(cited) if number[0].isdigit()]
    # One letter, or one figure, stands everywhere.
    return frozenset(one for one in (*terms(without_citations(text)), *numbers) if one[1:])


def matching(text: str, stems: frozenset[str]) -> list[Span]:
    """Where a text has these words, in whatever form they stand there."""
    return [
        Span(start, end)
        for start, end, word in words_at(text)
        if word not in STOP_WORDS and stem(word) in stems
    ]


def excerpt(
    text: str, stems: frozenset[str], rarity: Callable[[str], float], headings: Sequence[str] = ()
) -> Span:
    """The sentences of a passage that show most of what was searched for, in one stretch.

    It begins behind the `headings`, which a page shows above it.
    """
    start = _behind(text, headings)
    if len(text) - start <= _LONGEST:
        return Span(start, len(text))
    parts = [part for part in sentences(text, start, len(text)) if part.of(text).strip()]
    weights = [sum(map(rarity, said(part.of(text), stems))) for part in parts]
    first = last = max(range(len(parts)), key=lambda at: weights[at])
    while True:
        # The side that says more of it, or else what follows, as far as there is room.
        sides = [at for at in (last + 1, first - 1) if 0 <= at < len(parts)]
        sides = [at for at in sides if _wide(parts, min(first, at), max(last, at)) <= _SHOWN]
        if not sides:
            break
        more = max(sides, key=lambda at: weights[at])
        first, last = min(first, more), max(last, more)
    return _cut(text, Span(parts[first].start, parts[last].end), stems)


def _wide(parts: Sequence[Span], first: int, last: int) -> int:
    return parts[last].end - parts[first].start


def _behind(text: str, headings: Sequence[str]) -> int:
    """Where the text goes on behind the lines that are headings and nothing else."""
    start = 0
    while (end := text.find("\n", start)) > 0 and text[start:end].strip() in headings:
        start = end + 1
    return start


def said(text: str, stems: frozenset[str]) -> set[str]:
    """The stems that a text has of those looked for."""
    return {stem(word) for _, _, word in words_at(text) if word not in STOP_WORDS} & stems


def _cut(text: str, span: Span, stems: frozenset[str]) -> Span:
    """A very long sentence around the most of its words that stand near to each other."""
    if span.end - span.start <= _LONGEST:
        return span
    found = [Span(m.start + span.start, m.end + span.start) for m in matching(span.of(text), stems)]
    start = _densest(found, span)
    end = min(start + _LONGEST, span.end)
    if start > span.start:
        start = text.find(" ", start, end) + 1 or start
    if end < span.end:
        end = max(text.rfind(" ", start, end), start + 1)
    return Span(start, end)


def _densest(found: Sequence[Span], span: Span) -> int:
    """Where a window begins that holds most of these, with some words before the first."""
    if not found:
        return span.start
    held = [sum(1 for m in found if one.start <= m.start < one.start + _SHOWN) for one in found]
    first = found[held.index(max(held))]
    return max(span.start, min(first.start - 80, span.end - _LONGEST))
