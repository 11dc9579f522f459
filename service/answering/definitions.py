"""Which words a law defines, for which of its parts, and in which clause."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from pincite.kinds import Kind
from pincite.sentences import sentences
from pincite.types import Span
from pincite.words import stem, words
from service.answering.layout import ENUMERATOR, LEVELS, Layout, count

_VERB = (
    r"(?:(?:shall|does|do) )?(?:also )?(?:be deemed to )?"
    r"(?:means?|includes?|refers? to|excludes?|ha(?:s|ve) the (?:same )?meanings?"
    r"|(?:is|are) defined)\b"
)
_MARKED = r"[“\"‘](?:the |an? )?(?P<term>[^”\"’“\n]{2,60}?),?[”\"’]"
_WHERE = rf"(?:,? (?:as |when )?(?:used|for (?:the )?purposes? of) (?:in )?this (?:{LEVELS}),?)?"
_MORE = r"(?P<more>(?:,? ?(?:and|or) [“\"‘][^”\"’“\n]{2,60}[”\"’]|, [“\"][^”\"“\n]{2,60}[”\"])*)"
_QUOTED = re.compile(rf"{_MARKED}{_MORE}{_WHERE} {_VERB}|{_MARKED.replace('term', 'led')}:$", re.M)
_CALLED = re.compile(
    r"\((?:hereinafter |hereafter )?(?:in this \w+ )?(?:hereinafter |hereafter )?"
    rf"(?:referred to (?:in this \w+ )?as|called) (?:the |an? )?{_MARKED}\)"
)
_PLAIN = re.compile(rf"(?P<term>[A-Z][^.:;“”\"\n]{{1,60}}?),?{_WHERE} (?:{_VERB}|(?:is|are)\b)")
_RUN_IN = re.compile(r"(?P<term>[A-Z][\w’'/()&, -]{1,50}?)(?::| ?[—–]|\.(?= )) ?(?=[A-Z“\"])")
_NO_TERM = re.compile(
    r"(?:The (?!term)|Th(?:is|ese)|Such|Any|When|No|Nothing|An?|Each|If|For|In|Where|Unless|Except"
    r"|It|All|Definitions?|State law|Cross ref|Editor|Charter ref|Sec|As|They|Provided|However"
    r"|Reserved)\b"
)
_HEADED = re.compile(r"(?:chapter |general )?definitions?\b|.*\bdefined$", re.IGNORECASE)
_INTRODUCED = re.compile(
    r"\bthe following (?:words|terms|definitions)\b|\bthese definitions\b"
    r"|\b(?:as|when|whenever|wherever) used in this\b|\bshall be (?:defined|construed) as\b",
    re.IGNORECASE,
)
_SCOPED = re.compile(
    rf"\b(?:used in|of|to|in|throughout) this (?P<word>{LEVELS})\b|\bas used (?P<herein>herein)",
    re.IGNORECASE,
)
_LEAD = 400  # characters within which a definitions section says where it applies
_MOST_TERM_WORDS = 7
# Words that a code defines for good order; nobody needs to be told.
_PLAIN_WORDS = frozenset(
    {"city", "state", "person", "code", "charter", "year", "month", "day", "shall", "may", "oath"}
)


@dataclass(frozen=True, slots=True)
class Definition:
    """A term, the clause that defines it, and the stretches in which it has that meaning.

    `span` is None where the clause is too long to be shown, or holds deleted words; `at` is where
    it begins all the same.
    """

    term: str
    span: Span | None
    scope: tuple[Span, ...]
    stems: tuple[str, ...]
    at: int


def definitions_in(layout: Layout, within: Span) -> tuple[Definition, ...]:
    """The definitions in a part of a law, in reading order, each term of a clause once."""
    found: dict[tuple[int, str], Definition] = {}
    stretches = list(_stretches(layout, within))
    for term, start in _defined(layout, within, stretches):
        stems = tuple(stem(word) for word in words(term))
        key = (layout.text.rfind("\n", 0, start), " ".join(stems))
        if not stems or len(stems) > _MOST_TERM_WORDS or key in found:
            continue
        span = layout.block(start)
        scope = scope_of(layout, Span(start, span.end if span else start + 1), stretches)
        shown = span if span is not None and layout.stands(span) else None
        found[key] = Definition(term, shown, scope, stems, start)
    return tuple(found.values())


def defined_in(
    definitions: Iterable[Definition], quote: Span, text: str, rarity: Callable[[str], float]
) -> list[Definition]:
    """The definitions of terms that a quote uses where they apply, the most telling first."""
    said = [stem(word) for word in words(quote.of(text))]
    applying = [d for d in definitions if any(scope.holds(quote) for scope in d.scope)]
    if any(one.span is not None and one.span.meets(quote) for one in applying):
        return []
    # The definition that applies most nearly wins over one for the whole chapter.
    nearest = sorted(applying, key=lambda d: min(s.end - s.start for s in d.scope))
    return used_in(said, nearest, rarity)


def used_in(
    said: list[str], definitions: Iterable[Definition], rarity: Callable[[str], float]
) -> list[Definition]:
    """The definitions of the terms that some words use, the most telling first.

    Of several for one term the first; a term within a longer one is not used by itself.
    """
    taken: set[int] = set()
    chosen: dict[tuple[str, ...], Definition] = {}
    for one in sorted(definitions, key=lambda d: -len(d.stems)):
        places = [at for at in _places(said, one.stems) if at not in taken]
        if places and one.stems not in chosen and not _is_plain(one):
            chosen[one.stems] = one
        for at in places:
            taken.update(range(at, at + len(one.stems)))
    weight = {d.stems: sum(rarity(word) for word in d.stems) for d in chosen.values()}
    shown = [one for one in chosen.values() if one.span is not None]
    return sorted(shown, key=lambda d: -weight[d.stems])


def _places(said: list[str], stems: tuple[str, ...]) -> list[int]:
    size = len(stems)
    return [at for at in range(len(said) - size + 1) if tuple(said[at : at + size]) == stems]


def _is_plain(one: Definition) -> bool:
    return one.term.lower() in _PLAIN_WORDS


def _stretches(layout: Layout, within: Span) -> Iterator[Span]:
    """The sections and clauses that are there to define, outermost first."""
    for index, section in enumerate(layout.outline.sections):
        if section.part is not None or not section.label or not within.holds(section.span):
            continue
        below = layout.below(index)
        first = layout.section(below[0]).span.start if below else section.span.end
        start = section.span.start
        lead = layout.text[start : min(first, start + _LEAD)]
        head = "\n".join(lead.split("\n")[: 3 if section.heading else 2])
        bare = ENUMERATOR.sub("", head, count=1)
        if _HEADED.match(section.heading) or _HEADED.match(bare) or _INTRODUCED.search(head):
            yield section.span


def _defined(layout: Layout, within: Span, stretches: Iterable[Span]) -> Iterator[tuple[str, int]]:
    """Terms with the place where their defining words begin."""
    text, marked = layout.text, set()
    lines = [at for stretch in stretches for at in _line_starts(text, stretch)]
    for at in lines:
        yield from _unmarked(text, at, _PLAIN)
    for match in _QUOTED.finditer(text, within.start, within.end):
        start = _sentence_start(text, match.start())
        marked.add(text.rfind("\n", 0, start))
        yield match["term"] or match["led"], start
        for more in re.findall(r"[“\"‘]([^”\"’]+)[”\"’]", match["more"] or ""):
            yield more, start
    for match in _CALLED.finditer(text, within.start, within.end):
        yield match["term"], _sentence_start(text, match.start())
    for at in lines:
        if text.rfind("\n", 0, at) not in marked:
            yield from _unmarked(text, at, _RUN_IN)


def _line_starts(text: str, stretch: Span) -> Iterator[int]:
    at = text.find("\n", stretch.start, stretch.end)
    while 0 <= at < stretch.end:
        enumerator = ENUMERATOR.match(text, at + 1)
        yield enumerator.end() if enumerator else at + 1
        at = text.find("\n", at + 1, stretch.end)


def _unmarked(text: str, at: int, form: re.Pattern[str]) -> Iterator[tuple[str, int]]:
    """The term of a line such as "ICE means ..." or "Operator. A natural person who ..."."""
    match = form.match(text, at)
    if match is None or count(match["term"]) > _MOST_TERM_WORDS or _NO_TERM.match(text, at):
        return
    for name in re.split(r",? (?:and|or) ", match["term"].strip(" ,")):
        bare, _, short = name.partition(" (")
        yield bare, at
        if short.endswith(")"):
            yield short.rstrip(")"), at


def _sentence_start(text: str, at: int) -> int:
    """Where the sentence at an offset begins, its enumerator left aside."""
    line = text.rfind("\n", 0, at) + 1
    end = text.find("\n", at)
    held = [s.start for s in sentences(text, line, end if end >= 0 else len(text)) if s.start <= at]
    start = held[-1] if held else line
    enumerator = ENUMERATOR.match(text, start)
    return enumerator.end() if enumerator and enumerator.end() <= at else start


def scope_of(layout: Layout, span: Span, stretches: list[Span]) -> tuple[Span, ...]:
    """Where a definition applies: as it says, as the words before the list say, else around it."""
    own = layout.text[span.start : min(span.end, span.start + _LEAD // 2)]
    leads = [
        layout.text[s.start : min(s.start + _LEAD, span.start)] for s in stretches if s.holds(span)
    ]
    for said in (own, *reversed(leads)):
        found = _SCOPED.search(said)
        if found and found["herein"]:
            break
        if found and (scope := layout.named(span.start, found["word"])):
            return scope
    order = layout.document.entry.kind is Kind.EXECUTIVE_ORDER
    return (layout.all,) if order else (layout.around(span.start),)
